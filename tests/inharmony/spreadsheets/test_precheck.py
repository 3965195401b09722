import pytest

from inharmony.spreadsheets import Unreadable, precheck
from tests.inharmony.spreadsheets.workbooks import opendocument, packed, parts, workbook


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (workbook(), precheck.XLSX),
        (opendocument(""), precheck.ODS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, precheck.XLS),
        (b"Forename,Surname", precheck.TEXT),
        (b"\xef\xbb\xbfForename", precheck.TEXT),
        (b"P,K\n", precheck.TEXT),
    ],
)
def test_kind_of_judges_by_content(data, kind):
    assert precheck.kind_of(data, "list") == kind


def test_kind_of_tells_a_password_from_damage():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable) as caught:
        precheck.kind_of(locked, "list.xlsx")
    assert caught.value.reason == "password"
    assert "remove the password" in str(caught.value)


def test_kind_of_allows_what_honest_workbooks_have():
    made = {
        **parts(),
        "docProps/app.xml": "<a/>",
        "xl/externalLinks/externalLink1.xml": "<a/>",
        "xl/media/image1.png": b"\x89PNG" + bytes(range(256)) * 20,
        "xl/styles.xml": "<styleSheet>" + "<xf/>" * 20_000 + "</styleSheet>",
    }
    assert precheck.kind_of(packed(made), "list.xlsx") == precheck.XLSX


def test_kind_of_names_what_an_export_of_numbers_is():
    with pytest.raises(Unreadable, match=r"from Apple Numbers\. Choose File, Export to, Excel"):
        precheck.kind_of(packed({"Index/Document.iwa": b"\0"}), "list.numbers")
