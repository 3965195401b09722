"""The country through the years, for its report: what the latest release of each says, in a table and a line."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst

from evaluation.charts.trend import Point, trend
from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.figures.compared import cell_of
from evaluation.figures.period import whole_year
from evaluation.figures.table import Row, Table
from evaluation.menu.tables import ALL
from evaluation.models import Release
from evaluation.queries.trends import latest_of_years, points, printed_of, sources_of
from evaluation.reports.declaration import Part, Section

TITLE = "Through the years"
NOTE = "Each year from its latest release. Years differ in their programmes, and in how complete registers are."
OTHERS = "What others printed"
RINGS = "The rings in the line above: counted in other ways, and here word for word with their source."
DRAWN = "children_reached"
TOLD = (DRAWN, "attendance", "hours_received", "schools")


def through_the_years(until: int) -> Iterator[Section]:
    """
    Yields the section of the years up to one, given by its first calendar year, and what its rings are; nothing of a
    single year.

    Of earlier years only releases that were cut when the year was over: others stop in the middle of it.
    """
    releases = [one for one in latest_of_years() if one.academic_year_id == until or _is_whole(one, until)]
    sources, printed = sources_of(releases), [one for one in printed_of(DRAWN) if one.point.year <= until]
    if len(sources) < 2:
        return
    yield Section(TITLE, "", (part_of(sources, [one.point for one in printed]),))
    if printed:
        points = tuple(f"{capfirst(one.label)}: {one.said} {one.unit}, {one.when}. {one.source}" for one in printed)
        yield Section(OTHERS, RINGS, (), points=points)


def _is_whole(release: Release, until: int) -> bool:
    period = whole_year(release.academic_year_id)
    return release.academic_year_id < until and timezone.localdate(release.cut_at) > period.ends_on


def part_of(sources: Sequence[Source], printed: Sequence[Point]) -> Part:
    """Returns the table of years, oldest first, and the line of children with the rings of what others printed."""
    of = [definitions.ALL[key] for key in TOLD]
    table = Table(
        "through_the_years",
        "Year by year",
        "Year",
        tuple(each.name for each in of),
        tuple(
            Row(
                source.period.written_year,
                source.period.written_year,
                tuple(cell_of(FIGURES[key](source, ALL)) for key in TOLD),
            )
            for source in sources
        ),
        note=NOTE,
    )
    return Part(table, trend(definitions.ALL[DRAWN], points(DRAWN, sources), printed), is_wide=True)
