"""What releases say, as cells of the menu; in any role that may read releases."""

from collections.abc import Mapping
from decimal import Decimal

from evaluation.figures.cells import Place, Said, Source
from evaluation.figures.figure import Number
from evaluation.figures.period import Period
from evaluation.menu.tables import TABLES
from evaluation.models import Release, ReleaseCell
from programmes.models import Programme

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


def published(release: Release, names: Mapping[str, str] | None = None) -> Source:
    """Returns the release's numbers; `names` are those of programmes by slug. A statement, two without names."""
    cells: dict[str, dict[Place, Said]] = {}
    found = (
        ReleaseCell.objects.filter(release=release)
        .order_by("pk")
        .values_list("table", "row", "column", "value", "symbol")
    )
    for table, row, column, value, symbol in found:
        cells.setdefault(table, {})[row, column] = Said(_number(table, column, value), symbol)
    if names is None:
        names = dict(Programme.objects.values_list("slug", "short_name"))
    there = {row for said in cells.values() for row, _ in said}
    return Source(
        Period(release.academic_year_id, release.academic_year.starts_on, release.academic_year.ends_on, release.term),
        str(release),
        release.cut_at,
        is_exact=False,
        cells=cells,
        rows={slug: name for slug, name in names.items() if slug in there},
        is_demonstration=release.is_demonstration,
        release=release,
    )


def said_of(release: Release, table: str, row: str, column: str = "") -> Said | None:
    """Returns one number of a release, None where it has none; one statement."""
    cell = ReleaseCell.objects.filter(release=release, table=table, row=row, column=column).first()
    return Said(_number(table, column, cell.value), cell.symbol) if cell else None


def _number(table: str, column: str, value: Decimal | None) -> Number | None:
    if value is None or (table, column) in PLACES:
        return value
    return int(value)
