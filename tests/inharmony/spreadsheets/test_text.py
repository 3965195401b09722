import pytest

from inharmony.spreadsheets import Unreadable, text


@pytest.mark.parametrize(
    ("data", "decoded", "encoding"),
    [
        ("Zoë".encode(), "Zoë", "utf-8"),
        ("Zoë".encode("utf-8-sig"), "Zoë", "utf-8-sig"),
        ("Zoë".encode("windows-1252"), "Zoë", "windows-1252"),
        ("Zoë".encode("utf-16"), "Zoë", "utf-16"),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë", "utf-16"),
        (b"\xff\xfe\0\0" + "Zoë".encode("utf-32-le"), "Zoë", "utf-32"),
        (b"O\x92Brien \x96 \x80", "O’Brien – €", "windows-1252"),
        (b"Jos\x8f", "Jos\ufffd", "windows-1252"),
        (b"list\x1a", "list\x1a", "utf-8"),
    ],
)
def test_decode_goes_by_mark_then_utf8_then_windows(data, decoded, encoding):
    assert text.decode(data) == (decoded, encoding)


def test_decode_refuses_utf16_without_a_mark():
    with pytest.raises(Unreadable, match=r"encoding is not known .* Save it as CSV UTF-8"):
        text.decode("Ada,Lark".encode("utf-16-le"))


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_take_sep_line_takes_it_off(line, end):
    assert text.take_sep_line(f"{line}{end}A;B") == ("A;B", ";")


def test_take_sep_line_leaves_a_heading_alone():
    assert text.take_sep_line("september,October") == ("september,October", None)


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("Name,DOB\nLark,1/2/2018\n", ","),
        ("Name;DOB\nLark, Ada;1/2/2018\nWren, Bo;3/2/2018\n", ";"),
        ("Name\tDOB\nLark, Ada\t1/2/2018\n", "\t"),
        ("Price;Of\n1,50;a\n2,75;b\n", ";"),
        ("Class list, autumn term\n\nName;DOB;Year\nLark;1/2/2018;4\nWren;3/2/2018;4\n", ";"),
        ('Name,Note\nLark,"a;b;c;d"\nWren,"e;f;g;h"\n', ","),
        ("Forename\nAda\n", ","),
        ("", ","),
    ],
)
def test_separator_of_finds_the_most_even_cut(content, separator):
    assert text.separator_of(content) == separator


def rows(content: str, separator: str = ",") -> list[list[str]]:
    return list(text.rows_of(content, separator))


def test_rows_of_counts_rows_and_not_lines():
    assert rows('a,b\r\n"one\r\ntwo",c\r\n\r\nd,e') == [["a", "b"], ["one\r\ntwo", "c"], [], ["d", "e"]]


def test_rows_of_keeps_quotes_that_stand_inside_a_cell():
    assert rows('Robert "Bob" Lark,4\n"Bo" Wren,4\n"say ""hello""",4\n') == [
        ['Robert "Bob" Lark', "4"],
        ["Bo Wren", "4"],
        ['say "hello"', "4"],
    ]


@pytest.mark.parametrize("content", ['a,b\n"open', 'a,b\n"open\n', 'a,b\nc,"open,d\ne,f\n', '"'])
def test_rows_of_refuses_a_quote_that_never_closes(content):
    with pytest.raises(Unreadable, match=r"Row \d+ opens a quotation mark"):
        rows(content)


def test_rows_of_refuses_rows_swallowed_between_two_stray_quotes():
    with pytest.raises(Unreadable, match=r"Row 2 opens a quotation mark .* closed only 3 lines later"):
        rows('a,b,c\n"Ada,1,2\nBo,1,2\nCy,1,2\nDi"x,1,2\n')
