"""One row or two read as headings: which texts each column has, and which fields they name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, zip_longest

from inharmony.spreadsheets import Cell, Row
from inharmony.spreadsheets.sheet import Span
from participants.imports.roster.aliases import is_never_kept, key, meaning
from participants.imports.roster.layout import Layout
from participants.imports.roster.shapes import is_data
from participants.imports.roster.text import plain

LONGEST_HEADING = 60
_SPANS = 200  # merged cells of one row
# fields that somebody other than the child may have
_OF_ANYBODY = frozenset({"forename", "surname", "preferred_forename", "full_name", "first_language", "date_of_birth"})


@dataclass(frozen=True)
class Lines:
    """One or two rows read as headings: the texts of each column, best first, and how many fields they name."""

    rows: tuple[Row, ...]
    texts: tuple[tuple[str, ...], ...]
    # columns whose upper text stands in another column, and no merged cell says that it covers them
    far: frozenset[int]

    def score(self, layout: Layout) -> tuple[int, int, int, int]:
        """How many fields the texts name; how many columns that must not be held; how well; fewer lines first."""
        found: dict[str, int] = {}
        forbidden = 0
        for index, texts in enumerate(self.texts):
            if is_forbidden(texts, index in self.far):
                forbidden += 1
            elif told := next((means for text in texts if (means := told_by(text, layout))), None):
                name, rank = told
                found[name] = min(rank, found.get(name, rank))
        if {"forename", "surname"} <= found.keys():
            found.pop("full_name", None)  # one more name is nobody's, or somebody else's
        return len(found), forbidden, -sum(found.values()), -len(self.rows)


def above_data(rows: Sequence[Row], today: date) -> Lines | None:
    """The row of words above the first row with a child in it, whatever the words are."""
    first = next((at for at, row in enumerate(rows) if is_data(row.cells, today)), 0)
    if first == 0:
        return None
    above = rows[first - 1]
    texts = [cell for cell in above.cells if cell is not None]
    words = [text for text in texts if isinstance(text, str) and len(text) <= LONGEST_HEADING]
    return one_line(above) if len(words) == len(texts) > 1 else None


def one_line(row: Row) -> Lines:
    """Returns a row as headings by itself."""
    texts = tuple((text,) if (text := _heading(cell)) else () for cell in row.cells)
    return Lines((row,), texts, frozenset())


def two_lines(upper: Row, lower: Row, merged: Iterable[Span]) -> Lines:
    """A line over a line: a text above stands for the columns it is merged over, or up to the next text above."""
    spans = list(islice((span for span in merged if span.top <= upper.number <= span.bottom), _SPANS))
    texts, far = [], set()
    spread, own = "", -1
    for index, (over, under) in enumerate(zip_longest(upper.cells, lower.cells)):
        above, below = _heading(over), _heading(under)
        if above:
            spread, own = above, index
        span = next((span for span in spans if span.left <= own <= span.right), None)
        covered = bool(spread) and (span is None or index <= span.right)
        if not above and covered and below:
            above = spread
            if span is None:
                far.add(index)
        both = f"{above} {below}" if above and below else ""
        texts.append(tuple(text for text in (both, below, above if not below else "") if text))
    return Lines((upper, lower), tuple(texts), frozenset(far))


def _heading(cell: Cell) -> str:
    text = plain(cell) if isinstance(cell, str) and len(cell) <= 10 * LONGEST_HEADING else ""
    return text if len(text) <= 2 * LONGEST_HEADING else ""


def told_by(text: str, layout: Layout) -> tuple[str, int] | None:
    """The field that a heading names and how well, by what is remembered or by the aliases."""
    if not text or len(text) > LONGEST_HEADING:
        return None
    if key(text) in layout.remembered:
        name = layout.remembered[key(text)]
        return (name, 0) if name else None
    return meaning(text)


def is_forbidden(texts: tuple[str, ...], is_far: bool) -> bool:
    """Whether the heading is of something that must not be held, as Parent over Surname is."""
    if not texts:
        return False
    if meaning(texts[0]) is None and is_never_kept(texts[0]):
        if len(texts) == 1 or is_never_kept(texts[1]):
            return True
        below = meaning(texts[1])
        return below is None or not is_far or below[0] in _OF_ANYBODY
    return False
