"""The country through the years, for its report: what the latest release of each says, in a table and a line."""

from collections.abc import Iterator, Sequence

from evaluation.charts.trend import Point, trend
from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.figures.compared import cell_of
from evaluation.figures.table import Row, Table
from evaluation.menu.tables import ALL
from evaluation.queries.trends import latest_of_years, points, printed_of, sources_of
from evaluation.reports.declaration import Part, Section

TITLE = "Through the years"
NOTE = "Each year from its latest release. Years differ in their programmes, and in how complete registers are."
DRAWN = "children_reached"
TOLD = (DRAWN, "attendance", "hours_received", "schools")


def through_the_years(until: int) -> Iterator[Section]:
    """Yields the section of the years up to one, given by its first calendar year; nothing of a single year."""
    sources = sources_of([release for release in latest_of_years() if release.academic_year_id <= until])
    printed = [one.point for one in printed_of(DRAWN) if one.point.year <= until]
    if len(sources) > 1:
        yield Section(TITLE, "", (part_of(sources, printed),))


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
