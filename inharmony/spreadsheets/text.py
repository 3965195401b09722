"""Text files of rows: which encoding, which separator, where the quotes close."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from . import limits
from .refusal import Unreadable

_CSV_UTF8 = "Save it as CSV UTF-8 or as an Excel workbook (.xlsx) and send that."
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the shorter one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x7f]")
_SEP_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\n|\r|$)', re.IGNORECASE)
_SEPARATORS = ",;\t|"
_SNIFFED_ROWS = 60
_END = "\ue000end"  # begins with a private character, which no export writes


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else strict UTF-8, else Windows-1252.

    Raises Unreadable for UTF-16 without a mark and for anything that is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding), encoding
    if b"\0" in data:
        raise Unreadable(
            "encoding",
            f"The text encoding is not known (it looks like UTF-16 without a mark). {_CSV_UTF8}",
        )
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # five bytes have no letter in Windows-1252; each becomes U+FFFD and is warned of at its cell
        text, encoding = data.decode("windows-1252", errors="replace"), "windows-1252"
    return _only_text(text), encoding


def _decode_marked(data: bytes, encoding: str) -> str:
    try:
        return _only_text(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise Unreadable(
            "encoding",
            f"The file says that it is {encoding.removesuffix('-sig').upper()}, but byte {error.start + 1} is not."
            f" {_CSV_UTF8}",
        ) from error


def _only_text(text: str) -> str:
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Unreadable(
            "kind", f"This is not a text file: line {line} holds a control character. Export the list again."
        )
    return text


def take_sep_line(text: str) -> tuple[str, str | None]:
    """The text without a first line `sep=;`, and the separator it names. Spreadsheet programs do not count it."""
    found = _SEP_LINE.match(text)
    if found:
        return text[found.end() :], found.group(1)
    return text, None


def separator_of(text: str) -> str:
    """The separator that cuts the first rows most evenly into most columns; a comma if none cuts at all."""
    sample = list(_lines(text, _SNIFFED_ROWS))
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _lines(text: str, count: int) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline="")):
        if number >= count:
            return
        yield line


def _evenness(sample: list[str], separator: str) -> float:
    """Columns beyond the first, weighed by the share of rows that agree on their number.

    A cut that leaves half of a pair of quotes in a cell is no cut.
    """
    try:
        rows = [row for row in csv.reader(sample, delimiter=separator) if any(row)]
    except csv.Error:
        return 0.0
    widths = Counter(1 if any(cell.count('"') % 2 for cell in row) else len(row) for row in rows)
    if not widths:
        return 0.0
    return max((width - 1) * (agreeing / widths.total()) ** 3 for width, agreeing in widths.items())


def rows_of(text: str, separator: str) -> Iterator[list[str]]:
    """Every row, blank ones too, so that the n-th is row n of the sheet. Raises Unreadable for open quotes."""
    csv.field_size_limit(limits.CELL_CHARACTERS)
    count = 0
    last: list[str] = []
    quoted = '"' in text  # only a quoted cell can hold a line break
    reader = csv.reader(_with_end(text, separator), delimiter=separator)
    try:
        for row in reader:
            if row == [_END, _END]:
                return
            count += 1
            if quoted and any("\n" in cell or "\r" in cell for cell in row):
                _check_swallowed(row, separator, count)
            last = row
            if last and last[-1].endswith(_END):
                break
            yield row
    except csv.Error as error:
        raise Unreadable(
            "quotes",
            f"Row {count + 1} cannot be read: a cell of it is longer than {limits.CELL_CHARACTERS:,} characters,"
            " probably because a quotation mark is never closed. Close or remove it and send the file again.",
        ) from error
    raise Unreadable(
        "quotes",
        f'Row {max(count, 1)} opens a quotation mark (") that is never closed, so the rows after it run together.'
        " Close or remove it, or save the list as an Excel workbook (.xlsx).",
    )


def _with_end(text: str, separator: str) -> Iterator[str]:
    """The lines, then a last row of two cells; an open quotation mark swallows it and makes one cell of it."""
    yield from io.StringIO(text, newline="")
    yield f"{_END}{separator}{_END}"


def _check_swallowed(row: list[str], separator: str, number: int) -> None:
    """Two stray quotation marks swallow the rows between them; those look like rows inside a cell."""
    for cell in row:
        inner = cell.splitlines()[1:-1]
        if len(row) > 1 and inner and all(line.count(separator) >= len(row) - 1 for line in inner):
            raise Unreadable(
                "quotes",
                f'Row {number} opens a quotation mark (") that is closed only {len(inner) + 1} lines later, so whole'
                " rows stand in one cell. Close or remove it and send the file again.",
            )
