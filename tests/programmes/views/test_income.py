"""The pages of a hub's income."""

from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from inharmony.audit.words import FIELDS
from inharmony.spreadsheets import read
from programmes.models import Income
from schools.models import AcademicYear
from tests.trail import entries

PAGE = reverse("programmes:income", args=["liverpool"])
EXPORT = reverse("programmes:income-export", args=["liverpool"])
THIS = 2026


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-17 10:42+00:00", tick=False):
        yield


def write(cast, source="arts_council", amount="95000", year=THIS, hub=None, note=""):
    AcademicYear.objects.get_or_create(year=year)
    return Income.objects.create(
        programme=hub or cast.liverpool, academic_year_id=year, source=source, amount=Decimal(amount), note=note
    )


def seen_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


@pytest.fixture
def joanne(client, cast):
    client.force_login(cast.joanne)
    return client


def test_a_manager_writes_the_income_of_a_year_down_and_sees_it(joanne, cast):
    sent = {"seen": seen_on(joanne.get(PAGE).content.decode())}
    sent |= {"amount_arts_council": "£95,000", "amount_schools": "12500.50", "note_schools": "12 schools"}
    page = joanne.post(PAGE, sent, follow=True).content.decode()
    assert f"The income of {AcademicYear(year=THIS)} is kept." in page
    assert 'value="95,000"' in page
    assert 'value="12,500.50"' in page
    assert "<output data-total>£107,500.50</output>" in page
    assert "Joanne Carter: Arts Council, In Harmony £95,000; Schools £12,500.50" in page
    assert Income.objects.count() == 2


def test_the_year_before_stands_beside(joanne, cast):
    write(cast, amount="80000", year=THIS - 1)
    page = joanne.get(PAGE).content.decode()
    assert f'data-label="{AcademicYear(year=THIS - 1)}">£80,000</td>' in page
    earlier = joanne.get(f"{PAGE}?year={AcademicYear(year=THIS - 1)}").content.decode()
    assert 'value="80,000"' in earlier


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"amount_families": "12,50"}, "Write pounds in figures, like 12,500 or 12500.00."),
        ({"amount_families": " " * 36 + "12500"}, "Write the sum in at most 40 characters"),
        ({"note_families": "Fees of two schools"}, "Write the sum that the note is about, or clear the note."),
        ({"note_families": "x" * 201, "amount_families": "1"}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(joanne, cast, sent, words):
    answer = joanne.post(PAGE, {"seen": seen_on(joanne.get(PAGE).content.decode()), "amount_schools": "5", **sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "field-wrong" in page
    for typed in sent.values():
        assert typed in page
    assert not Income.objects.exists()


def test_who_opened_the_page_before_somebody_else_wrote_is_told(joanne, cast):
    seen = seen_on(joanne.get(PAGE).content.decode())
    write(cast)
    answer = joanne.post(PAGE, {"seen": seen, "amount_arts_council": "1"})
    assert answer.status_code == 422
    assert "Somebody else wrote down income of this year" in answer.content.decode()
    assert Income.objects.get().amount == 95_000


@pytest.mark.parametrize(
    ("who", "see", "keep"),
    [
        ("joanne", 200, 302),
        ("ruth", 200, 403),
        ("nia", 403, 403),
        ("olu", 403, 403),
        ("omar", 404, 404),
        ("priya", 403, 403),
        ("sam", 403, 403),
        ("stranger", 403, 403),
    ],
)
def test_each_sees_and_keeps_what_is_theirs(client, cast, who, see, keep):
    write(cast, note="First half")
    client.force_login(getattr(cast, who))
    answer = client.get(PAGE)
    assert answer.status_code == see
    if see == 200:
        assert "First half" in answer.content.decode()
        assert ('name="amount_schools"' in answer.content.decode()) == (keep == 302)
        keeping = seen_on(answer.content.decode()) if keep == 302 else ""
    else:
        keeping = ""
    sent = {"seen": keeping, "amount_arts_council": "7"}
    assert client.post(PAGE, sent).status_code == keep
    assert Income.objects.get().amount == (7 if keep == 302 else 95_000)


@pytest.mark.parametrize("year", ["2007-08", "2099-00", "2025", "x"])
def test_a_year_before_the_first_or_to_come_is_not_there(joanne, year):
    assert joanne.get(PAGE, {"year": year}).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_all_years_are_handed_out_as_a_spreadsheet(joanne, cast, kind):
    write(cast, year=THIS - 1, amount="80000.5", note="Two halves")
    write(cast)
    write(cast, hub=cast.leeds, amount="1")
    answer = joanne.post(EXPORT, {"kind": kind})
    rows = [row.cells for row in read(answer.content, f"income.{kind}").sheets[0].rows]
    assert rows[0] == ("Academic year", "Source", "Pounds", "Note")
    assert [str(row[0]).lstrip("'") for row in rows[1:]] == [
        str(AcademicYear(year=THIS)),
        str(AcademicYear(year=THIS - 1)),
    ]
    assert [float(row[2]) for row in rows[1:]] == [95_000, 80_000.5]
    assert entries(act="income.exported")


def test_each_source_has_its_words_in_the_trail():
    assert {f"income_{source}" for source in Income.Source.values} <= FIELDS.keys()
