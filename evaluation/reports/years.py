"""
Reports through the years, in a table and a line: of the country what the latest release of each says, of a hub its own
numbers of now.
"""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst

from evaluation.charts.over_years import line_over_years
from evaluation.charts.trend import Point, trend
from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.figures.compared import cell_of
from evaluation.figures.leaving import told
from evaluation.figures.own import over_years
from evaluation.figures.period import whole_year
from evaluation.figures.table import Cell, Row, Table
from evaluation.menu.tables import ALL
from evaluation.models import Release
from evaluation.queries.hub import years_of
from evaluation.queries.live import live_years
from evaluation.queries.trends import latest_of_years, points, printed_of, sources_of
from evaluation.reports.declaration import Part, Section
from inharmony.accounts.models import User
from programmes.models import Programme

TITLE = "Through the years"
NOTE = "Each year from its latest release. Years differ in their programmes, and in how complete registers are."
OTHERS = "What others printed"
RINGS = "The rings in the line above: counted in other ways, and here word for word with their source."
NOTE_OF_A_HUB = "Each year by the registers the hub took in it. A year in which some are missing is told too small."
DRAWN = "children_reached"
TOLD = (DRAWN, "attendance", "hours_received", "schools")
OF_A_HUB = (DRAWN, "children_new", "children_leaving", "attendance", "hours_received", "sessions_held", "schools")


def through_the_years(until: int) -> Iterator[Section]:
    """
    Yields the section of the years up to one, given by its first calendar year, and what its rings are; nothing of a
    single year.
    """
    sources, printed = sources_of(releases_until(until)), [one for one in printed_of(DRAWN) if one.point.year <= until]
    if len(sources) < 2:
        return
    yield Section(TITLE, "", (part_of(sources, [one.point for one in printed]),))
    if printed:
        points = tuple(f"{capfirst(one.label)}: {one.said} {one.unit}, {one.when}. {one.source}" for one in printed)
        yield Section(OTHERS, RINGS, (), points=points)


def releases_until(until: int) -> list[Release]:
    """
    Returns the latest release of each year up to one, given by its first calendar year; one statement.

    Of earlier years only those that were cut when the year was over: others stop in the middle of it.
    """
    return [one for one in latest_of_years() if one.academic_year_id == until or _is_whole(one, until)]


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


def hub_through_the_years(programme: Programme, until: int, user: User | None) -> Iterator[Section]:
    """
    Yields the section of a hub's years up to one, given by its first calendar year; nothing of a single year. Two
    statements where its years were kept.

    Few new or leaving children are hidden (`figures.leaving`).
    """
    years = [year for year in years_of(programme, user, timezone.localdate()) if year.year <= until]
    if len(years) < 2:
        return
    sources = [told(source) for source in live_years(programme, years, user)]
    of = [definitions.ALL[key] for key in OF_A_HUB]
    table = Table(
        "hub_through_the_years",
        "Year by year",
        "Year",
        (*(each.name for each in of), "Registers taken"),
        tuple(
            Row(
                source.period.written_year,
                source.period.written_year,
                (
                    *(cell_of(FIGURES[key](source, ALL)) for key in OF_A_HUB),
                    Cell(source.completeness().percent, "%") if source.completeness().due else Cell(),
                ),
            )
            for source in sources
        ),
        note=NOTE_OF_A_HUB,
    )
    yield Section(TITLE, "", (Part(table, line_over_years(over_years(sources, DRAWN)), is_wide=True),))
