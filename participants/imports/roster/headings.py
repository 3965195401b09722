"""Finding the heading row, and what each column is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from inharmony.spreadsheets import Book, Row, Sheet
from participants.imports.roster.aliases import ALIASES, is_never_kept, meaning
from participants.imports.roster.text import plain

SEARCHED_ROWS = 30
_ASK = "Give the columns names such as Forename, Surname, Date of birth."


class NotARosterError(Exception):
    """The sheet is refused as a whole; the text says what was looked for, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: where it stands, what it is read as (and how that was known), and an example."""

    index: int
    letters: str
    heading: str
    field: str
    how: str
    forbidden: bool
    example: str
    filled: int


def lists_of(book: Book) -> list[Sheet]:
    """Returns the visible sheets that hold a list of children."""
    found = []
    for sheet in book.visible:
        try:
            find_headings(sheet.rows)
        except NotARosterError:
            continue
        found.append(sheet)
    return found


@dataclass(frozen=True)
class Headings:
    """The heading row, and its columns: those read (field to column index and heading), dropped, and not read."""

    row: int
    columns: dict[str, int]
    mapped: dict[str, str]
    dropped: list[str]
    ignored: list[str]
    texts: tuple[str, ...]

    def repeats(self, row: Row) -> bool:
        """Whether a row is the heading row over again, as at the top of a printed page."""
        return all(plain(cell) == text for cell, text in zip_longest(row.cells, self.texts, fillvalue=""))


def find_headings(rows: Sequence[Row]) -> Headings:
    """Returns the headings: the row, among the first thirty that hold anything, that names most fields.

    Raises NotARosterError when no row names two fields, or when names or dates of birth have no column.
    """
    looked_at = rows[:SEARCHED_ROWS]
    scored = [(_score(row), row) for row in looked_at]
    best = max((score for score, _ in scored), default=0)
    if best < 2:
        where = f"rows {looked_at[0].number} to {looked_at[-1].number}" if len(looked_at) > 1 else "the first row"
        raise NotARosterError(f"No row of headings was found in {where}. {_ASK}")
    row = next(row for score, row in scored if score == best)
    headings = _read(row)
    _require_columns(headings)
    return headings


def _score(row: Row) -> int:
    """How many different fields the row's texts name."""
    found = (meaning(cell) for cell in row.cells if isinstance(cell, str) and len(cell) <= 60)
    return len({field[0] for field in found if field})


def _read(row: Row) -> Headings:
    texts = tuple(plain(cell) for cell in row.cells)
    best: dict[str, tuple[int, int]] = {}
    dropped, ignored = [], []
    meant: dict[int, str] = {}
    for index, text in enumerate(texts):
        found = meaning(text) if text else None
        if found:
            field, rank = found
            meant[index] = field
            if field not in best or rank < best[field][0]:
                best[field] = (rank, index)
        elif text and is_never_kept(text):
            dropped.append(text)
        elif text:
            ignored.append(text)
    columns = _settled({field: index for field, (_, index) in best.items()})
    taken = set(columns.values())
    ignored += [texts[index] for index in meant if index not in taken]
    in_order = dict(sorted(columns.items(), key=lambda item: item[1]))
    return Headings(
        row=row.number,
        columns=in_order,
        mapped={field: texts[index] for field, index in in_order.items()},
        dropped=dropped,
        ignored=ignored,
        texts=texts,
    )


def _settled(columns: dict[str, int]) -> dict[str, int]:
    """One way to a name: two columns go before one, and a preferred forename stands in for a missing forename."""
    if "forename" not in columns and "surname" in columns and "preferred_forename" in columns:
        columns["forename"] = columns.pop("preferred_forename")
    if "forename" in columns and "surname" in columns:
        columns.pop("full_name", None)
    elif "full_name" in columns:
        columns.pop("forename", None)
        columns.pop("surname", None)
    return columns


def _require_columns(headings: Headings) -> None:
    missing = []
    if "full_name" not in headings.columns:
        missing += [name for name in ("forename", "surname") if name not in headings.columns]
    if "date_of_birth" not in headings.columns:
        missing.append("date of birth")
    if missing:
        listed = ", ".join(f"“{text}”" for text in headings.texts if text)[:300]
        raise NotARosterError(
            f"Row {headings.row} is read as the headings, but no column of it holds the {' or the '.join(missing)}."
            f" It has {listed}. {_ASK}"
        )


def column_letters(index: int) -> str:
    """Returns the column as the spreadsheet program names it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


FIELDS = tuple(ALIASES)
