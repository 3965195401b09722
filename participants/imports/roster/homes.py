"""Postcodes of homes, replaced by how deprived their area is before anything is stored.

A postcode names a handful of houses, a decile three thousand areas: the one is looked up, the other is kept. What is
no postcode that is known leaves a mark, so that the row goes on saying so when it is read again.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from inharmony.spreadsheets import Cell, Row
from participants.imports.roster.problem import Fault
from participants.imports.roster.text import plain

DECILES = range(1, 11)
# stands in the place of what was sent and is not kept
UNKNOWN = "Not found"
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|GIR0AA")
_NOT_IN_POSTCODE = re.compile(r"[^A-Z0-9]+")
_LONGEST = 20

_NO_DECILE = (
    "Neither a postcode that is known in England nor a decile (1 to 10) stands here, so how deprived the area of the"
    " home is stays as it was. Type the postcode, which is looked up and forgotten, or the decile."
)

# postcodes, squeezed, to the deciles of those that are known; None where there is nothing to look them up in
LookUp = Callable[[Collection[str]], Mapping[str, int] | None]


def nothing_loaded(_postcodes: Collection[str]) -> None:
    """Returns None, as where the tables are not loaded."""


@dataclass(frozen=True)
class Homes:
    """What stands in the place of a column's texts."""

    of_text: Mapping[str, Cell]
    # the headings, which may stand again further down
    headings: frozenset[str] = made(default_factory=frozenset)

    def __call__(self, cell: Cell) -> Cell:
        """Returns a decile, the mark of what is not known, or nothing for a blank cell."""
        if isinstance(cell, str):
            return cell if plain(cell) in self.headings else self.of_text.get(cell, cell)
        return cell if cell is None or _is_decile(cell) else UNKNOWN


def homes_in(cells: Sequence[Cell], headings: Collection[str], look_up: LookUp) -> Homes | None:
    """Returns what to put in the place of a column's cells; None where there is nothing to look postcodes up in."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    found: dict[str, Cell] = {}
    postcodes: dict[str, str] = {}
    for text in texts:
        said = plain(text) if len(text) <= _LONGEST else UNKNOWN
        if not said or said == "-":
            found[text] = None
        elif said.isascii() and said.isdigit() and int(said) in DECILES:
            found[text] = int(said)
        elif _POSTCODE.fullmatch(squeezed := _NOT_IN_POSTCODE.sub("", said.upper())):
            postcodes[text] = squeezed
        else:
            found[text] = UNKNOWN
    if postcodes or not any(map(_is_told, cells)):
        known = look_up(set(postcodes.values()))
        if known is None:
            return None
        found |= {text: known.get(squeezed, UNKNOWN) for text, squeezed in postcodes.items()}
    return Homes(found, frozenset(headings))


def _is_decile(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell in DECILES


def _is_told(cell: Cell) -> bool:
    """Whether a cell holds what was looked up when the sheet came in."""
    return cell == UNKNOWN or _is_decile(cell)


def with_homes(row: Row, homes: Mapping[int, Homes]) -> Row:
    """Returns a row with what may be kept in the place of what was sent."""
    cells = list(row.cells)
    for index, known in homes.items():
        if index < len(cells):
            cells[index] = known(cells[index])
    return Row(row.number, tuple(cells))


def home_decile(text: str, look_up: LookUp) -> str:
    """Returns what is kept of what somebody types: a decile, nothing for nothing, and else the mark of the unknown."""
    homes = homes_in([text], (), look_up) or Homes({text: UNKNOWN})
    cell = homes(text)
    return "" if cell is None else str(cell)


def read_decile(cell: Cell) -> tuple[int | None, Fault | None]:
    """Returns the decile of a cell, 1 to 10, and what is wrong with it; what was sent is not in the words."""
    text = plain(cell)
    if not text or text == "-":
        return None, None
    if text.isascii() and text.isdigit() and len(text) <= 2 and int(text) in DECILES:
        return int(text), None
    return None, Fault(_NO_DECILE)
