"""What releases say, as cells of the menu; in any role that may read releases."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Case, When

from evaluation.figures.cells import Cells, Place, Said, Source
from evaluation.figures.figure import Number
from evaluation.figures.period import SEASONS, Period
from evaluation.menu.tables import TABLES
from evaluation.models import Release, ReleaseCell
from evaluation.queries.kept import edition
from programmes.models import Programme

LATEST = "latest"
WHOLE_YEAR = "year"
MOST_DIGITS = 5
KEPT_FOR = 24 * 60 * 60  # seconds
_YEAR = re.compile(r"(\d{4})-(\d\d)")
# tables and columns whose numbers have places; all others are whole
PLACES = frozenset((spec.key, column.key) for spec in TABLES.values() for column in spec.columns if column.places)


def latest_release(period: Period) -> Release | None:
    """
    Returns the latest release of the period, or, while there is none, of the latest year before it; one statement.

    What is shown always names its own period.
    """
    return (
        Release.objects.filter(term=period.term, academic_year_id__lte=period.year)
        .select_related("academic_year")
        .order_by("-academic_year_id", "-number")
        .first()
    )


def releases_of(release: Release) -> list[Release]:
    """Returns the releases of the same period, newest first; one statement."""
    found = Release.objects.filter(academic_year_id=release.academic_year_id, term=release.term)
    return list(found.select_related("academic_year").order_by("-number"))


def newest_release() -> Release | None:
    """
    Returns the latest release of the latest year that has one of the whole, or, while there is none, the latest of a
    term; one statement.
    """
    found = Release.objects.select_related("academic_year")
    years_first = Case(When(term="", then=0), default=1)
    return found.order_by(years_first, "-academic_year_id", "-cut_at", "-number").first()


def published(release: Release, names: Mapping[str, str] | None = None) -> Source:
    """Returns the release's numbers; `names` are those of programmes by slug. A statement, two without names."""
    cells: dict[str, dict[Place, Said]] = {}
    found = (
        ReleaseCell.objects.filter(release=release)
        .order_by("pk")
        .values_list("table", "row", "column", "value", "symbol")
    )
    for table, row, column, value, symbol in found:
        cells.setdefault(table, {})[row, column] = Said(number_of(table, column, value), symbol)
    if names is None:
        names = dict(Programme.objects.values_list("slug", "short_name"))
    return _source(release, cells, names)


def kept(release: Release, names: Mapping[str, str]) -> Source:
    """
    Returns the release's numbers as `published` does, from the shared cache where they were asked for before.

    A release is never changed, so what is made of it alone may be kept; names of programmes may change. No statement,
    or one.
    """
    key = f"release:{edition()}:{release.pk}:{release.cut_at.timestamp()}"
    cells = cache.get(key)
    if cells is None:
        cells = published(release, names).cells
        cache.set(key, cells, KEPT_FOR)
    return _source(release, cells, names)


def _source(release: Release, cells: Cells, names: Mapping[str, str]) -> Source:
    there = {row for said in cells.values() for row, _ in said}
    return Source(
        period_of_release(release),
        str(release),
        release.cut_at,
        is_exact=False,
        cells=cells,
        rows={slug: name for slug, name in names.items() if slug in there},
        is_demonstration=release.is_demonstration,
        release=release,
    )


def period_of_release(release: Release) -> Period:
    """Returns the year or term that a release is of; of a term its days are those of its year."""
    year = release.academic_year
    return Period(release.academic_year_id, year.starts_on, year.ends_on, release.term)


def releases_at(year: str, period: str) -> list[Release]:
    """Returns the releases of a period as an address names it ("2025-26", "year" or a term), newest first."""
    starts = _YEAR.fullmatch(year)
    if not starts or (period != WHOLE_YEAR and period not in SEASONS):
        return []
    if (int(starts[1]) + 1) % 100 != int(starts[2]):
        return []
    found = Release.objects.filter(academic_year_id=int(starts[1]), term="" if period == WHOLE_YEAR else period)
    return list(found.select_related("academic_year").order_by("-number"))


def at_number(found: Sequence[Release], number: str) -> Release | None:
    """Returns the one of a period's releases with a number as an address names it, the newest for "latest"."""
    if number == LATEST:
        return next(iter(found), None)
    is_number = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    return next((one for one in found if is_number and one.number == int(number)), None)


def said_of(release: Release, table: str, row: str, column: str = "") -> Said | None:
    """Returns one number of a release, None where it has none; one statement."""
    cell = ReleaseCell.objects.filter(release=release, table=table, row=row, column=column).first()
    return Said(number_of(table, column, cell.value), cell.symbol) if cell else None


def number_of(table: str, column: str, value: Decimal | None) -> Number | None:
    """Returns a stored number as it is counted: whole, or with its place."""
    if value is None or (table, column) in PLACES:
        return value
    return int(value)
