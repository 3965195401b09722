"""Published tables (CSV) of any size, read row by row: encoding, separator, headings, row numbers."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeVar

from inharmony.spreadsheets.sheet import Unreadable
from inharmony.spreadsheets.text import separator_of, take_sep_line
from schools.imports.cells import BadCell
from schools.imports.outcome import Outcome, Problem

Value = TypeVar("Value")

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_CELL = 100_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class RowRefused(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """The row is left out: the field that is wrong, what stands in it, and (as text) what is wrong and wanted."""

    def __init__(self, field: str, value: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.value = value


@dataclass(frozen=True)
class TableRow:
    """One row: its number as the spreadsheet program shows it (headings are row 1) and its cells by field name."""

    number: int
    cells: Mapping[str, str]

    def told(self, field: str) -> str:
        """Returns the cell as written, empty when the file has no such column."""
        return self.cells.get(field, "")

    def take(self, field: str, taker: Callable[[str], Value]) -> Value:
        """Returns what `taker` makes of the cell (of an empty one, too); raises RowRefused for a cell it refuses."""
        try:
            return taker(self.told(field))
        except BadCell as bad:
            raise self.refused(field, str(bad)) from None

    def refused(self, field: str, message: str) -> RowRefused:
        """Returns the refusal of this row for what stands in one of its cells."""
        return RowRefused(field, self.told(field), message)


class Table:
    """A table whose headings were recognised. `heading_of` maps field names to the file's own headings."""

    def __init__(self, headings: list[str], names: Sequence[str | None], rows: Iterator[tuple[int, list[str]]]) -> None:
        self._rows = rows
        self._at: dict[int, str] = {}
        self.heading_of: dict[str, str] = {}
        ignored = []
        for place, (heading, name) in enumerate(zip(headings, names, strict=True)):
            if name and name not in self.heading_of:
                self._at[place] = name
                self.heading_of[name] = heading.strip()
            elif heading.strip():
                ignored.append(heading.strip())
        self.ignored: Sequence[str] = tuple(ignored)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that the file has a column for."""
        return frozenset(self.heading_of)

    def require(self, *fields: str, known: Mapping[str, str]) -> None:
        """Raises Unreadable naming the headings looked for when the file has no column for one of the fields."""
        missing = [name for name in fields if name not in self.heading_of]
        if missing:
            wanted = "; ".join(" or ".join(f"“{k}”" for k, v in known.items() if v == name) for name in missing)
            raise Unreadable(
                "headings",
                f"No column of the first row is headed {wanted} (case, spaces and punctuation do not matter). "
                "Send the file as it was published, with its headings in row 1.",
            )

    def __iter__(self) -> Iterator[TableRow]:
        for number, cells in self._rows:
            yield TableRow(number, {name: cells[i].strip() for i, name in self._at.items() if i < len(cells)})

    def read(self, reader: Callable[[TableRow], Value], outcome: Outcome) -> Iterator[Value]:
        """Yields what `reader` makes of each row; counts every row and notes those it refuses."""
        for row in self:
            outcome.rows += 1
            try:
                value = reader(row)
            except RowRefused as refused:
                self.note(outcome, row.number, refused)
            else:
                yield value

    def note(self, outcome: Outcome, number: int, refused: RowRefused) -> None:
        """Notes a refused row under the file's own heading."""
        heading = self.heading_of.get(refused.field, refused.field)
        outcome.note(Problem(number, heading, refused.value[:100], str(refused), refused=True))


def folded(heading: str) -> str:
    """Returns a heading without case, blanks and punctuation: `LA (code)` is `lacode`."""
    return re.sub(r"[\W_]+", "", heading).casefold()


@contextmanager
def open_table(
    path: Path, *known: Mapping[str, str], undated: Callable[[str], str] = lambda heading: heading
) -> Iterator[Table]:
    """
    Opens a published table; each mapping of `known` takes headings to field names, and the best match is used.

    `undated` takes from a heading what changes with each edition.

    Raises Unreadable, whose text is for the person, when the file is empty or is not a text file of rows.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace" if encoding == "windows-1252" else "strict", newline="") as text:
        separator = _separator(text, path)
        rows = _rows(csv.reader(text, delimiter=separator, strict=True))
        first = next(rows, None)
        if first is None:
            raise Unreadable("empty", f"“{path.name}” is empty. Export it again.")
        aliases = [{folded(heading): name for heading, name in mapping.items()} for mapping in known]
        matches = [[alias.get(folded(undated(heading))) for heading in first[1]] for alias in aliases]
        yield Table(first[1], max(matches, key=lambda names: len(set(names))), rows)


def encoding_of(path: Path) -> str:
    """Returns the encoding by the file's mark, else UTF-8 where every byte of it is, else Windows-1252.

    GIAS itself is published in Windows-1252. Raises Unreadable for bytes that are no text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    found = "utf-8"
    with path.open("rb") as opened:
        start = opened.read(4)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        opened.seek(0)
        while chunk := opened.read(_CHUNK):
            if b"\0" in chunk:
                raise Unreadable("kind", f"“{path.name}” is not a text file of rows. Send the CSV file as published.")
            if found == "utf-8":
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    found = "windows-1252"
    return found


def _separator(text: TextIO, path: Path) -> str:
    csv.field_size_limit(_CELL)
    try:
        sample = text.read(_SAMPLE)
    except UnicodeError as error:
        raise Unreadable("encoding", f"“{path.name}” is damaged: {error}. Export it again.") from error
    body, named = take_sep_line(sample)
    text.seek(0)
    if named:
        text.readline()
    return named or separator_of(body)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yields number and cells of every row that holds anything."""
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell and not cell.isspace() for cell in cells):
                yield number, cells
    except (csv.Error, UnicodeError) as error:
        raise Unreadable(
            "rows",
            f"Row {number + 1} cannot be read: {error}. Probably a quotation mark is not closed, or the file was cut "
            "off. Export it again.",
        ) from error
