"""What a reader makes of one cell of each column: its value, how it is shown, and what is wrong with it."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from inharmony.spreadsheets import Cell, CellError
from participants.imports.roster import codes
from participants.imports.roster.dates import read_birth_date, read_date
from participants.imports.roster.homes import read_decile
from participants.imports.roster.names import NONE_MARKS, clean_name, split_name
from participants.imports.roster.problem import Fault
from participants.imports.roster.text import SHOWN, from_shown, plain, shown
from participants.imports.roster.upn import is_sound, read_upn

_REQUIRED = {
    "forename": "The forename is missing. Write the child’s forename.",
    "surname": "The surname is missing. Write it; for a child with one name only, write a hyphen (-).",
    "full_name": "The name is missing. Write “Surname, Forename”.",
    "date_of_birth": "The date of birth is missing. Write day/month/year, for example 14/03/2018.",
}


class Taken(NamedTuple):
    """A cell once it is read: its value (None for nothing), how it is shown (None for no cell), and what is wrong.

    `order` is that of a date's figures.
    """

    value: Any
    text: str | None
    fault: Fault | None = None
    order: str = ""
    is_blank: bool = False

    def having(self, **changes: Any) -> "Taken":
        """Returns the same with some of it changed."""
        return self._replace(**changes)


def _normal(cell: Cell) -> Cell:
    """The cell as it is shown, so that what is shown reads as what was sent."""
    if isinstance(cell, str):
        if len(cell) > SHOWN:
            cell = cell.strip()
        return from_shown(shown(cell)) if cell else cell
    return CellError(shown(cell)) if isinstance(cell, CellError) else cell


def _taken(read: Callable[[Cell], tuple[Any, Fault | None]], cell: Cell, missing: str = "") -> Taken:
    """What a reader makes of a cell; without `missing`, a blank cell is nothing to complain of."""
    if cell is None:
        return Taken(None, None, Fault(missing, refused=True) if missing else None, "", True)
    cell = _normal(cell)
    text = cell if isinstance(cell, str) else shown(cell)
    if isinstance(cell, CellError):
        return Taken(None, text, Fault(_of_error(cell), refused=bool(missing)))
    value, fault = read(cell)
    if value is not None and value != "":
        return Taken(value, text, fault)
    if missing and fault is None:
        fault = Fault(missing, refused=True)
    return Taken(None, text, fault, "", plain(cell) in _BLANK)


_BLANK = ("", "-")


def _of_error(cell: CellError) -> str:
    return f"The cell holds no value ({cell.code}). Put the formula right, or type the value."


def _read_forename(cell: Cell) -> Taken:
    taken = _taken(clean_name, cell, _REQUIRED["forename"])
    if taken.value in NONE_MARKS:
        return taken.having(value=None, fault=Fault(_REQUIRED["forename"], refused=True))
    return taken


def _read_surname(cell: Cell) -> Taken:
    taken = _taken(clean_name, cell, _REQUIRED["surname"])
    return taken.having(value="") if taken.value in NONE_MARKS else taken


def _read_preferred(cell: Cell) -> Taken:
    taken = _taken(clean_name, cell)
    fault = Fault(taken.fault.message) if taken.fault else None
    return taken.having(value=None if taken.value in NONE_MARKS else taken.value, fault=fault)


def _read_full_name(cell: Cell) -> Taken:
    return _taken(_both_names, cell, _REQUIRED["full_name"])


def _both_names(cell: Cell) -> tuple[tuple[str, str] | None, Fault | None]:
    forename, surname, fault = split_name(cell)
    return ((forename, surname) if forename else None), fault


def _read_upn(cell: Cell) -> Taken:
    if isinstance(cell, str) and is_sound(cell):
        return Taken(cell, cell)
    return _taken(read_upn, cell)


def _read_birth(cell: Cell, today: date) -> Taken:
    order = ""

    def read(cell: Cell) -> tuple[date | None, Fault | None]:
        nonlocal order
        found = read_birth_date(cell, today=today)
        order = found.order
        return found.day, found.fault

    return _taken(read, cell, _REQUIRED["date_of_birth"]).having(order=order)


def _read_day(cell: Cell, today: date) -> Taken:
    """A date without which the child still goes in."""

    def read(cell: Cell) -> tuple[date | None, Fault | None]:
        found = read_date(cell, today=today)
        fault = found.fault
        if fault and fault.refused:
            fault = Fault(fault.message)
        return found.day, fault

    return _taken(read, cell)


def _simple(read: Callable[[Cell], tuple[Any, Fault | None]]) -> Callable[[Cell], Taken]:
    """The reader of a field of few different values: the same text is read once, whatever the file."""
    remembered = lru_cache(maxsize=2_000)(lambda cell: _taken(read, cell))
    return lambda cell: remembered(cell) if isinstance(cell, str) else _taken(read, cell)


OF_DATES: dict[str, Callable[[Cell, date], Taken]] = {
    "date_of_birth": _read_birth,
    "start_date": _read_day,
    "leaving_date": _read_day,
}


READERS: dict[str, Callable[[Cell], Taken]] = {
    "forename": _read_forename,
    "surname": _read_surname,
    "full_name": _read_full_name,
    "preferred_forename": _read_preferred,
    "upn": _read_upn,
    "former_upn": _read_upn,
    "sex": _simple(codes.read_sex),
    "year_group": _simple(codes.read_year_group),
    "school_class": _simple(codes.read_school_class),
    "pupil_premium": _simple(codes.read_flag),
    "fsm": _simple(codes.read_flag),
    "fsm6": _simple(codes.read_flag),
    "eal": _simple(codes.read_flag),
    "first_language": _simple(codes.read_language),
    "sen": _simple(codes.read_sen),
    "ethnicity": _simple(codes.read_ethnicity),
    "home_decile": _simple(read_decile),
    "school_urn": _simple(codes.read_urn),
}
