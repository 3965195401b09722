"""Releases as anybody reads them: protected cells and nothing else, each number at its own address for good."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.figures import definitions
from evaluation.figures.cells import Place, Said, Source
from evaluation.figures.figure import Definition, written
from evaluation.figures.headed import Headed, headed
from evaluation.figures.table import Table
from evaluation.menu import tables
from evaluation.menu.tables import ALL, TABLES, Rows
from evaluation.models import Release
from evaluation.queries.release import WHOLE_YEAR, at_number, published, releases_at
from programmes.models import Ensemble, Programme


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
    headed: tuple[Headed, ...]
    changes: tuple[Change, ...]
    before: Release | None

    @property
    def tables(self) -> tuple[Table, ...]:
        """All its tables, in order."""
        return tuple(table for one in self.headed for table in one.tables)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """What its numbers mean."""
        keys = dict.fromkeys(key for table in self.tables for key in TABLES[table.key].definitions)
        return tuple(definitions.ALL[key] for key in keys)

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
    of_period = releases_at(year, period)
    wanted = at_number(of_period, number)
    return Numbered(wanted, _after(wanted, of_period)) if wanted else None


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
    found = published(numbered.release, names)
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
    total = found.said(tables.CHILDREN)
    return Opened(
        numbered,
        written(total.value, total.symbol),
        total.symbol,
        tuple(headed(found)),
        tuple(changes(published(before, names), found, names)) if before else (),
        before,
    )


def changes(before: Source, after: Source, names: Mapping[str, str]) -> list[Change]:
    """Returns each number that differs between two releases of a period, also one that is in only one of them."""
    places = [(key, *place) for found in (before, after) for key, cells in found.cells.items() for place in cells]
    differing: list[Change] = []
    for key, row, column in dict.fromkeys(places):
        was, now = (_shown(found.of(key), (row, column)) for found in (before, after))
        if was != now:
            differing.append(Change(_table(key, column), _row(key, row, names), was, now))
    return differing


def _shown(cells: Mapping[Place, Said], place: Place) -> str:
    return written(*cells[place]) if place in cells else "not there"


def _table(key: str, column: str) -> str:
    spec = TABLES[key]
    words = next((one.heading for one in spec.columns if one.key == column), "")
    return f"{spec.caption}: {words.lower()}" if column and words else spec.caption


def _row(key: str, row: str, names: Mapping[str, str]) -> str:
    if row == ALL:
        return "All"
    if row == tables.TWICE:
        return "In two programmes"
    spec = TABLES[key]
    words = spec.of.categories if spec.rows is Rows.CATEGORIES else dict(Ensemble.Kind.choices) | dict(names)
    return words.get(row, row)


def newest(found: Sequence[Numbered]) -> Numbered | None:
    """Returns the newest release of a whole year, or, while there is none, of a term."""
    years = [one for one in found if not one.release.term]
    return next(iter(years or found), None)
