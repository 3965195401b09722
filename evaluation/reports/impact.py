"""The annual impact report: what was asked, what changed, how sure that is, and what it does not show."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from django.utils import timezone

from evaluation.charts.bar import bars
from evaluation.charts.interval import intervals
from evaluation.charts.palette import INK
from evaluation.figures import progression as levels
from evaluation.figures.cells import Source
from evaluation.figures.figure import rounded
from evaluation.figures.impact import OnIndicator as ToldOf
from evaluation.figures.impact import on_indicators
from evaluation.figures.leaving import few_hidden, levels_told, results_told
from evaluation.figures.period import whole_year
from evaluation.figures.said import OnIndicator as SaidOf
from evaluation.figures.said import Said, by_indicator, said_table, taken_for_granted
from evaluation.figures.table import Cell, Row, Table
from evaluation.menu.tables import BY_PROGRAMME, feeding
from evaluation.queries.participation import participation, rows_of
from evaluation.queries.progression import Progression, progression
from evaluation.queries.report import partners_of
from evaluation.queries.said import said_in
from evaluation.reports import sources
from evaluation.reports.declaration import Contents, Line, Of, Part, Quote, Report, Section, Subject
from evaluation.reports.own_words import own_words
from evaluation.reports.participation import (
    EXACT,
    PROTECTED,
    is_demonstration,
    led_by,
    of_released,
    released_figures,
    released_part,
)
from evaluation.returns.report_words import IMPACT
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.dates import day
from outcomes.analysis.evidence import FOUND_OF_ATTAINMENT
from outcomes.indicators import Described
from outcomes.queries.comparison import PublishedResults, ResultTable, YearLine, results_until
from outcomes.queries.story import ShownStory, shared_stories
from outcomes.queries.story import by_indicator as stories_by_indicator
from outcomes.theory import VERDICT
from programmes.models import Indicator

AT_A_GLANCE = "What was answered, indicator by indicator"
ASKED = "The eight indicators are those of the national evaluation."
NOTHING_TOLD = "Nothing that can be told. What can speak on it: {}."
PUBLISHED = "Nothing was answered on it. What is published of whole schools stands year by year under its heading."
EARLIEST = datetime.min.replace(tzinfo=UTC)
# of an indicator, in the country's report: there are eight, and it is read by people with little time
STORIES = 3
OF_AWARDS = "Instruments as they are written down; grades and medals of the boards, as the hub recorded them."
OF_WHOLE_SCHOOLS = (
    "Attendance at school and attainment are of whole schools, as published, each school counted once. What stands "
    f"side by side shows what happened, and not why. {FOUND_OF_ATTAINMENT}"
)
SHOWS_NOT = (
    "No number here shows what brought a change about: nobody outside was asked, and children grow older.",
    "Who answered both times may differ from who did not.",
    "What children say of their own playing is not a measurement of it.",
    *VERDICT.says,
)
OF_A_HUB = (
    *SHOWS_NOT,
    "Nothing is told of fewer than 10 who answered, or of one school.",
    "Awards, instruments and ensembles of fewer than 10 children, and numbers that would tell them, are hidden (c).",
)
OF_THE_COUNTRY = (
    *SHOWS_NOT,
    "Programmes differ in whom they ask, in ages and in hours, so their rows are no ranking.",
    "Nothing is told of a programme with fewer than 10 who answered, or of one school.",
    "How many answered is rounded to the nearest 10.",
    "Quotations are what programmes shared last, in turn: three on an indicator, none chosen for what it says.",
)


def of_a_programme(about: Subject, year: int, user: User | None) -> Contents:
    """Returns what children, families, schools and tutors of a programme answered in a year, as its hub page says."""
    programme, period = about.hub, whole_year(year)
    said, came = said_in(programme, period, user), participation(rows_of(programme, period, user))
    reached = progression(programme, period, user, timezone.localdate())
    results = results_until(programme, partners_of(programme, period), year, user)
    found = by_indicator(said)
    answered = [one for one in found if one.parts]
    told = stories_by_indicator(shared_stories(year=year, programme=programme))
    words = tuple(own_words(programme, year, IMPACT, user))
    whose = f"In Harmony {programme.short_name}"
    return Contents(
        title=programme.short_name,
        period=period,
        as_at=came.as_at,
        mark=EXACT,
        colour=programme.colour,
        led_by=led_by(programme, period),
        release="",
        is_demonstration=is_demonstration(period, programme),
        lead=_lead(whose, period.title, len(answered)),
        figures=PROGRAMME_IMPACT.chosen(came.figures),
        sections=(
            Section(AT_A_GLANCE, ASKED, (), tuple(_at_a_glance(found, results)), is_summary=True),
            *words,
            *_on_indicators(found, told, results),
            *_of_progression(reached),
            *granted(taken_for_granted(said)),
        ),
        shows_not=OF_A_HUB,
        sources=(
            *sources.of_a_hub(whose, has_words=bool(words)),
            *sources.of_measures(sources.measures_in(said)),
            *((sources.AWARDS,) if reached.awards else ()),
            *sources.of_whole_schools(results.sources),
            sources.STORIES.format("the hub"),
            *sources.EVALUATIONS,
        ),
    )


def of_the_country(_about: Subject, year: int, _user: User | None) -> Contents:
    """Returns what was answered in the country's year, from the latest release of it."""
    period = whole_year(year)
    release, source = of_released(period)
    found = on_indicators(source)
    answered = [one for one in found if one.told]
    # a programme that the release does not speak of is not spoken of here
    told = stories_by_indicator(one for one in shared_stories(year=year) if one.slug in source.rows)
    cut = f"{release}, cut on {day(timezone.localdate(release.cut_at))}"
    return Contents(
        title="The country",
        period=period,
        as_at=timezone.now(),
        mark=PROTECTED,
        colour=INK,
        led_by="Arts Council England",
        release=cut,
        is_demonstration=release.is_demonstration or is_demonstration(period),
        lead=_lead("In Harmony", period.title, len(answered)),
        figures=COUNTRY_IMPACT.chosen(released_figures(source)),
        sections=(
            Section(
                AT_A_GLANCE,
                f"{ASKED} From {cut}.",
                (),
                tuple(_line(one.of, _told(one)) for one in found),
                is_summary=True,
            ),
            *(
                Section(
                    one.of.title,
                    one.of.silent,
                    tuple(released_part(source, key) for key in _there(one, source.cells)),
                    quotes=_of_all(told.get(one.of.key, []), source),
                    room=STORIES,
                )
                for one in found
                if one.told or one.of.key in told
            ),
        ),
        shows_not=OF_THE_COUNTRY,
        sources=(
            sources.RELEASE.format(cut),
            *sources.of_measures(sources.measures_of(source)),
            sources.STORIES.format("the programmes"),
            *sources.EVALUATIONS,
        ),
    )


def _of_all(told: Sequence[ShownStory], source: Source) -> tuple[Quote, ...]:
    """
    Stories of all programmes, by programme: in turn the last that each shared, the newest first, then what each shared
    before.

    Its programme stands beside one only where the release says how many children it has: else few might be known by it.
    """
    of_its_own: Counter[str] = Counter()
    places: dict[str, tuple[int, int]] = {}
    for place, story in enumerate(sorted(told, key=lambda one: one.shared_at or EARLIEST, reverse=True)):
        places[story.mark] = (of_its_own[story.slug], place)
        of_its_own[story.slug] += 1
    turns = {mark: turn for turn, mark in enumerate(sorted(places, key=places.__getitem__))}
    return tuple(
        replace(quote, said_by=", ".join(filter(None, (story.said_by, _named(story, source)))), turn=turns[quote.mark])
        for story, quote in zip(told, _quotes(told), strict=True)
    )


def _named(story: ShownStory, source: Source) -> str:
    return story.programme if source.said(BY_PROGRAMME, story.slug).value is not None else ""


def _there(one: ToldOf, cells: Container[str]) -> list[str]:
    return [key for key in feeding(one.of.indicator) if key in cells]


def _lead(whose: str, when: str, answered: int) -> str:
    if not answered:
        return f"What {whose} was for in {when}, and what can be said of it: nobody was asked, or too few answered."
    on = "one of the eight indicators" if answered == 1 else f"{answered} of the eight indicators"
    return f"What people answered about {whose} in {when}, on {on} of the national evaluation, and how sure that is."


def _line(of: Described, told: tuple[str, ...]) -> Line:
    return Line(of.title, told or (NOTHING_TOLD.format("; ".join(of.says)),), of.silent)


def line_of_hub(one: SaidOf) -> Line:
    """Returns what is said of an indicator by all of a hub who answered, in sentences."""
    # of each part the first result is that of all who answered
    return _line(one.of, tuple(results[0].words for results in one.parts))


def _at_a_glance(found: Sequence[SaidOf], results: PublishedResults) -> Iterator[Line]:
    for one in found:
        is_published = one.of.indicator is Indicator.SCHOOL and results.tables and not one.parts
        yield _line(one.of, (PUBLISHED,)) if is_published else line_of_hub(one)


def _told(one: ToldOf) -> tuple[str, ...]:
    return tuple(told.words for told in one.told)


def _on_indicators(
    found: Sequence[SaidOf], told: Mapping[str, Sequence[ShownStory]], results: PublishedResults
) -> Iterator[Section]:
    for one in found:
        published = results.tables if one.of.indicator is Indicator.SCHOOL else ()
        if one.parts or published or one.of.key in told:
            yield _of_indicator(one, told.get(one.of.key, []), published)


def _of_indicator(one: SaidOf, told: Sequence[ShownStory], published: Sequence[ResultTable]) -> Section:
    """
    The parts that speak on an indicator: for whom, and with how many hours; their numbers, drawn; what is published of
    whole schools; what was told.
    """
    lines = tuple(
        Line(results[0].title, tuple(result.words for result in results[1:])) for results in one.parts if results[1:]
    )
    results = [result for part in one.parts for result in part]
    words = f"{one.of.silent} {OF_WHOLE_SCHOOLS}" if published else one.of.silent
    parts = (*_parts(one.of.key, results), *(Part(_by_year(table)) for table in published))
    return Section(one.of.title, words, parts, lines, quotes=_quotes(told))


def _by_year(found: ResultTable) -> Table:
    """One measure of whole schools year by year, the latest first, as published."""
    has_comparison = any(line.comparison.schools for line in found.lines)

    def cells(line: YearLine) -> tuple[Cell, ...]:
        ours = (_mean(line.in_harmony.mean), Cell(line.in_harmony.schools))
        return (*ours, _mean(line.comparison.mean), Cell(line.comparison.schools)) if has_comparison else ours

    return Table(
        f"published_{found.measure.field}",
        f"{found.measure.name}, per cent",
        "Year",
        ("In Harmony", "Schools", "Comparison", "Comparison schools") if has_comparison else ("In Harmony", "Schools"),
        tuple(Row(str(line.year.pk), str(line.year), cells(line)) for line in found.lines),
        note=found.measure.definition,
    )


def _mean(value: float | None) -> Cell:
    return Cell() if value is None else Cell(rounded(Decimal(str(value)), "0.1"))


def _quotes(told: Sequence[ShownStory]) -> tuple[Quote, ...]:
    return tuple(
        Quote(one.mark, one.title, tuple(one.paragraphs), one.said_by, is_case_study=one.is_case_study) for one in told
    )


def _parts(key: str, results: Sequence[Said]) -> Iterator[Part]:
    for name in ("said_change", "said_level", "said_groups", "said_hours"):
        # a report has several tables of a name, and a drawing for each of its own
        table = replace(said_table(results, name), key=f"{name}_{key}")
        if not table.rows:
            continue
        if name != "said_change":
            yield Part(table)
            continue
        clear = "A point is the change, the line through it the interval; where it crosses nought no change is clear."
        yield Part(table, intervals(table, clear), is_wide=True)


def _of_progression(reached: Progression) -> Iterator[Section]:
    tables = (
        few_hidden(reached.table(levels.INSTRUMENTS)),
        levels_told(reached.table(levels.CHILDREN_BY_LEVEL)),
        results_told(reached.table(levels.AWARDS_BY_RESULT)),
        few_hidden(reached.table(levels.ENSEMBLES_BY_LEVEL), 1),
        few_hidden(reached.table(levels.AFTER_YEAR_6), with_it=(1,)),
    )
    parts = tuple(Part(table, bars(table) if len(table.columns) == 1 else None) for table in tables if table.rows)
    if parts:
        yield Section("Musical progression", OF_AWARDS, parts)


def granted(words: list[str]) -> Iterator[Section]:
    """Yields the section of what the numbers take for granted, where there is anything."""
    if words:
        yield Section("What these numbers take for granted", "", (), points=tuple(words))


FIGURES = ("children_reached", "hours_received", "attendance", "registers_taken", "schools")
PROGRAMME_IMPACT = Report(
    id="impact",
    of=Of.PROGRAMME,
    title="Impact report",
    audience="The hub, its partners and its funder",
    permission=Permission.MAKE_HUB_REPORT,
    figures=FIGURES,
    template="pdf/report.html",
    page_budget=20,
    contents=of_a_programme,
)
COUNTRY_IMPACT = Report(
    id="impact",
    of=Of.COUNTRY,
    title="Impact report",
    audience="Arts Council England and the programmes",
    permission=Permission.MAKE_NATIONAL_REPORT,
    figures=FIGURES,
    template="pdf/report.html",
    page_budget=20,
    contents=of_the_country,
)
