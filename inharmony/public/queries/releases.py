"""Releases as anybody reads them: protected cells and nothing else, each number at its own address for good."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.figures import definitions, released
from evaluation.figures.figure import Definition, written
from evaluation.figures.period import SEASONS
from evaluation.figures.released import ALL, BY_YEAR_GROUP, CHILDREN, Published
from evaluation.figures.table import Table
from evaluation.models import Release
from evaluation.queries.release import published
from participants.models.enrolment import YearGroup
from programmes.models import Programme

LATEST = "latest"
WHOLE_YEAR = "year"
DEFINITIONS = (definitions.CHILDREN_REACHED, definitions.REGISTERS_TAKEN)
_YEAR = re.compile(r"(\d{4})-(\d\d)")


@dataclass(frozen=True)
class Numbered:
    """A release, where it stands, and the number that came after it, if one has."""

    release: Release
    after: int | None

    @property
    def year(self) -> str:
        """The year as it stands in the address: "2025-26"."""
        return str(self.release.academic_year)

    @property
    def period(self) -> str:
        """The period as it stands in the address: "year", or the term."""
        return self.release.term or WHOLE_YEAR

    @property
    def is_latest(self) -> bool:
        """Whether no number came after it."""
        return self.after is None


@dataclass(frozen=True)
class Change:
    """A number that differs from the one before: where, and both as they are shown."""

    table: str
    row: str
    before: str
    after: str


@dataclass(frozen=True)
class Opened:
    """A release with its tables, and what differs from the number before."""

    numbered: Numbered
    children: str
    symbol: str
    tables: tuple[Table, ...]
    changes: tuple[Change, ...]
    before: Release | None

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """What its numbers mean."""
        return DEFINITIONS

    @property
    def has_symbols(self) -> bool:
        """Whether a legend of the symbols is needed."""
        return bool(self.symbol) or any(table.has_symbols for table in self.tables)


def releases() -> list[Numbered]:
    """Returns every release, the newest period first; one statement."""
    found = list(Release.objects.select_related("academic_year").order_by("-academic_year", "term", "-number"))
    return [Numbered(one, _after(one, found)) for one in found]


def find(year: str, period: str, number: str) -> Numbered | None:
    """Returns the release at an address, the newest of the period for "latest"; one statement, or none."""
    starts = _YEAR.fullmatch(year)
    if not starts or (period != WHOLE_YEAR and period not in SEASONS) or not (number == LATEST or _is_number(number)):
        return None
    if (int(starts[1]) + 1) % 100 != int(starts[2]):
        return None
    of_period = list(
        Release.objects.filter(academic_year_id=int(starts[1]), term="" if period == WHOLE_YEAR else period)
        .select_related("academic_year")
        .order_by("-number")
    )
    wanted = of_period[:1] if number == LATEST else [one for one in of_period if one.number == int(number)]
    return Numbered(wanted[0], _after(wanted[0], of_period)) if wanted else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5


def _after(one: Release, found: Iterable[Release]) -> int | None:
    later = [
        other.number
        for other in found
        if (other.academic_year_id, other.term) == (one.academic_year_id, one.term) and other.number > one.number
    ]
    return min(later, default=None)


def opened(numbered: Numbered) -> Opened:
    """Returns the release with its tables as pages show them; four statements, three of a first number."""
    names = dict(Programme.objects.values_list("slug", "short_name"))
    found = published(numbered.release)
    before = (
        Release.objects.filter(
            academic_year=numbered.release.academic_year,
            term=numbered.release.term,
            number__lt=numbered.release.number,
        )
        .select_related("academic_year")
        .order_by("-number")
        .first()
    )
    total = found.rows(CHILDREN)[ALL]
    return Opened(
        numbered,
        written(total.value, total.symbol),
        total.symbol,
        (released.children_by_programme(found, names), released.children_by_year_group(found)),
        tuple(changes(published(before), found, names)) if before else (),
        before,
    )


def changes(before: Published, after: Published, names: Mapping[str, str]) -> list[Change]:
    """Returns each number that differs between two releases of a period, also one that is in only one of them."""
    places = [(table, *place) for found in (before, after) for table, cells in found.cells.items() for place in cells]
    differing: list[Change] = []
    for table, row, column in dict.fromkeys(places):
        was, now = (_shown(found, table, row, column) for found in (before, after))
        if was != now:
            differing.append(Change(_table(table, column), _row(table, row, names), was, now))
    return differing


def _shown(found: Published, table: str, row: str, column: str) -> str:
    cell = found.cells.get(table, {}).get((row, column))
    return written(cell.value, cell.symbol) if cell else "not there"


def _table(table: str, column: str) -> str:
    words = table.replace("_", " ").capitalize()
    return f"{words}, {column}" if column else words


def _row(table: str, row: str, names: Mapping[str, str]) -> str:
    if row == ALL:
        return "All"
    return str(dict(YearGroup.choices).get(row, row)) if table == BY_YEAR_GROUP else names.get(row, row)


def newest(found: Sequence[Numbered]) -> Numbered | None:
    """Returns the newest release of a whole year, or, while there is none, of a term."""
    years = [one for one in found if not one.release.term]
    return next(iter(years or found), None)
