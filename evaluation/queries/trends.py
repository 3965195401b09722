"""A figure through the years: from the latest release of each, and from what others printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from evaluation.charts.trend import Point
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Place, Said, Source
from evaluation.menu.tables import ALL, BY_PROGRAMME, INCOME, TWICE, by
from evaluation.models import Release, ReleaseCell
from evaluation.queries.release import number_of, period_of_release
from programmes.models import PublishedFigure
from schools.models import AcademicYear

# figures that others printed something of, and under which measure
MEASURES = {
    "children_reached": PublishedFigure.Measure.CHILDREN,
    "schools": PublishedFigure.Measure.SCHOOLS,
}
# rows that figures of the whole are read from, beside its own: where nobody left, all others tell that it was asked
ROWS = ("new", "returning", "left", "stays")
# tables that a figure of the whole reads in every row: income is divided by the children of those that wrote it down
OF_PROGRAMMES = (INCOME, BY_PROGRAMME)


@dataclass(frozen=True)
class Printed:
    """A number in print: of which year, in words, what it counts, who says so."""

    point: Point
    said: str
    label: str
    unit: str
    when: str
    source: str


def latest_of_years(term: str = "") -> list[Release]:
    """Returns the latest release of each year (or of that term of it), the earliest year first; one statement."""
    found = Release.objects.filter(term=term).select_related("academic_year")
    return list(found.order_by("academic_year_id", "-number").distinct("academic_year_id"))


def sources_of(releases: Sequence[Release], row: str = ALL) -> list[Source]:
    """Returns as much of each release as the figures of a row (a programme's slug) are made of; one statement."""
    cells: dict[int, dict[str, dict[Place, Said]]] = {release.pk: {} for release in releases}
    read = Q(row__in=(ALL, row, TWICE, *ROWS)) | (Q(table__in=OF_PROGRAMMES) if row == ALL else Q())
    wanted = ReleaseCell.objects.filter(read, release__in=cells).order_by("pk")
    dimensions = {by("joining"), by("leaving")}
    for pk, table, at, column, value, symbol in wanted.values_list(
        "release_id", "table", "row", "column", "value", "symbol"
    ):
        if at not in ROWS or table in dimensions:
            cells[pk].setdefault(table, {})[at, column] = Said(number_of(table, column, value), symbol)
    return [
        Source(
            period_of_release(release),
            str(release),
            release.cut_at,
            is_exact=False,
            cells=cells[release.pk],
            is_demonstration=release.is_demonstration,
            release=release,
        )
        for release in releases
    ]


def points(key: str, sources: Iterable[Source], row: str = ALL) -> list[Point]:
    """Returns a figure of each source, in their order; of a programme by its slug, in years in which it has one."""
    make = FIGURES[key]
    made = [(source, make(source, row)) for source in sources]
    return [Point(source.period.year, figure) for source, figure in made if figure.value is not None or figure.symbol]


def printed_of(key: str, programme: str = "") -> list[Printed]:
    """Returns what others printed of a figure and a year, of the country or of a programme (slug); one statement."""
    if key not in MEASURES:
        return []
    found = PublishedFigure.objects.shown().filter(measure=MEASURES[key], as_at__isnull=False)
    whose = found.filter(programme__slug=programme) if programme else found.filter(programme__isnull=True)
    return [_printed(one) for one in whose.order_by("as_at", "pk")]


def printed_by_figure() -> Mapping[str, list[Printed]]:
    """Returns what others printed of the country, by figure."""
    return {key: printed_of(key) for key in MEASURES}


def _printed(one: PublishedFigure) -> Printed:
    assert one.as_at is not None
    said = f"{one.get_qualifier_display() if one.qualifier else ''} {_number(one.value)}".strip()
    point = Point(AcademicYear.year_of(one.as_at), value=float(one.value), text=said)
    return Printed(point, said, one.label, one.unit, one.when, one.source)


def _number(value: Decimal) -> str:
    whole = value.to_integral_value()
    return f"{whole:,}" if value == whole else f"{value.normalize():,}"
