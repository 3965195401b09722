import pytest

from outcomes.measures.wording_file import MOST_BYTES, WordingRefusedError, opened, shown


@pytest.mark.parametrize(
    ("content", "place", "value"),
    [
        (b"[" * 50_000, "the file", "lists within lists"),
        (b"{" + b" " * MOST_BYTES + b"}", "the file", "100,002 bytes"),
        ('{"source": "é"}'.encode("latin-1"), "the file", "byte 12 is no UTF-8"),
        (b'{"measure": "stirling",\n "version" "1"}', "line 2, character 12", "Expecting ':' delimiter"),
        (b"", "line 1, character 1", "Expecting value"),
        (b'{"measure": ' + b"9" * 5000 + b"}", "the file", "thousands of digits"),
        (b'["stirling"]', "the file", '["stirling"]'),
        (b'{"measure": "stirling", "licence": {"read_by": "A", "read_by": "B"}}', "“read_by”", "twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_object_of_json_is_refused_with_its_place(content, place, value):
    with pytest.raises(WordingRefusedError) as refused:
        opened(content)
    (problem,) = refused.value.problems
    assert problem.place == place
    assert value in problem.value
    assert problem.remedy.endswith(".")


def test_a_file_saved_by_a_windows_editor_is_read():
    assert opened(b'\xef\xbb\xbf{"measure": "stirling"}\r\n') == {"measure": "stirling"}


def test_a_value_is_shown_short_and_without_signs_that_do_something():
    assert shown(None) == "nothing"
    assert shown("a\x1b[31m\ud800b") == "“a�[31m�b”"
    assert shown(["é"]) == '“["é"]”'
    assert shown("x" * 61) == "“" + "x" * 60 + "…”"
