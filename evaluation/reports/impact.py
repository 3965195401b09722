"""The annual impact report: what was asked, what changed, how sure that is, and what it does not show."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from django.utils import timezone

from evaluation.charts.interval import intervals
from evaluation.charts.palette import INK
from evaluation.figures import progression as levels
from evaluation.figures.impact import OnIndicator as ToldOf
from evaluation.figures.impact import on_indicators
from evaluation.figures.period import whole_year
from evaluation.figures.said import OnIndicator as SaidOf
from evaluation.figures.said import Said, by_indicator, said_table, taken_for_granted
from evaluation.menu.tables import feeding
from evaluation.queries.participation import participation, rows_of
from evaluation.queries.progression import Progression, progression
from evaluation.queries.said import said_in
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
from outcomes.indicators import Described
from outcomes.queries.story import ShownStory, shared_stories
from outcomes.queries.story import by_indicator as stories_by_indicator
from outcomes.theory import VERDICT

AT_A_GLANCE = "What was answered, indicator by indicator"
ASKED = "The eight indicators are those of the national evaluation."
NOTHING_TOLD = "Nothing that can be told. What can speak on it: {}."
EARLIEST = datetime.min.replace(tzinfo=UTC)
# of an indicator, in the country's report: there are eight, and it is read by people with little time
STORIES = 3
OF_PROGRESSION = (
    levels.CHILDREN_BY_LEVEL,
    levels.AWARDS_BY_RESULT,
    levels.ENSEMBLES_BY_LEVEL,
    levels.AFTER_YEAR_6,
)
SHOWS_NOT = (
    "No number here shows what brought a change about: nobody outside was asked, and children grow older.",
    "Who answered both times may differ from who did not.",
    "What children say of their own playing is not a measurement of it.",
    *VERDICT.says,
)
OF_A_HUB = (*SHOWS_NOT, "Nothing is told of fewer than 10 who answered, or of one school.")
OF_THE_COUNTRY = (
    *SHOWS_NOT,
    "Programmes differ in whom they ask, in ages and in hours, so their rows are no ranking.",
    "Nothing is told of a programme with fewer than 10 who answered, or of one school.",
    "How many answered is rounded to the nearest 10.",
)


def of_a_programme(about: Subject, year: int, user: User | None) -> Contents:
    """Returns what children, families, schools and tutors of a programme answered in a year, as its hub page says."""
    programme, period = about.hub, whole_year(year)
    said, came = said_in(programme, period, user), participation(rows_of(programme, period, user))
    reached = progression(programme, period, user, timezone.localdate())
    found = by_indicator(said)
    answered = [one for one in found if one.parts]
    told = stories_by_indicator(shared_stories(year=year, programme=programme))
    return Contents(
        title=programme.short_name,
        period=period,
        as_at=came.as_at,
        mark=EXACT,
        colour=programme.colour,
        led_by=led_by(programme, period),
        release="",
        is_demonstration=is_demonstration(period, programme),
        lead=_lead(f"In Harmony {programme.short_name}", period.title, len(answered)),
        figures=PROGRAMME_IMPACT.chosen(came.figures),
        sections=(
            *own_words(programme, year, IMPACT, user),
            Section(AT_A_GLANCE, ASKED, (), tuple(line_of_hub(one) for one in found)),
            *(_of_indicator(one, told.get(one.of.key, [])) for one in found if one.parts or one.of.key in told),
            *_of_progression(reached),
            *granted(taken_for_granted(said)),
        ),
        shows_not=OF_A_HUB,
    )


def of_the_country(_about: Subject, year: int, _user: User | None) -> Contents:
    """Returns what was answered in the country's year, from the latest release of it."""
    period = whole_year(year)
    release, source = of_released(period)
    found = on_indicators(source)
    answered = [one for one in found if one.told]
    told = stories_by_indicator(shared_stories(year=year))
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
            Section(AT_A_GLANCE, f"{ASKED} From {cut}.", (), tuple(_line(one.of, _told(one)) for one in found)),
            *(
                Section(
                    one.of.title,
                    one.of.silent,
                    tuple(released_part(source, key) for key in _there(one, source.cells)),
                    quotes=_of_all(told.get(one.of.key, [])),
                    room=STORIES,
                )
                for one in found
                if one.told or one.of.key in told
            ),
        ),
        shows_not=OF_THE_COUNTRY,
    )


def _of_all(told: Sequence[ShownStory]) -> tuple[Quote, ...]:
    """
    Stories of all programmes, by programme: in turn the last that each shared, the newest first, then what each shared
    before.
    """
    of_its_own: Counter[str] = Counter()
    places: dict[str, tuple[int, int]] = {}
    for place, story in enumerate(sorted(told, key=lambda one: one.shared_at or EARLIEST, reverse=True)):
        places[story.mark] = (of_its_own[story.programme], place)
        of_its_own[story.programme] += 1
    turns = {mark: turn for turn, mark in enumerate(sorted(places, key=places.__getitem__))}
    return tuple(
        replace(quote, said_by=", ".join(filter(None, (story.said_by, story.programme))), turn=turns[quote.mark])
        for story, quote in zip(told, _quotes(told), strict=True)
    )


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


def _told(one: ToldOf) -> tuple[str, ...]:
    return tuple(told.words for told in one.told)


def _of_indicator(one: SaidOf, told: Sequence[ShownStory]) -> Section:
    """The parts that speak on an indicator: for whom, and with how many hours; their numbers, drawn; what was told."""
    lines = tuple(
        Line(results[0].title, tuple(result.words for result in results[1:])) for results in one.parts if results[1:]
    )
    results = [result for part in one.parts for result in part]
    return Section(one.of.title, one.of.silent, tuple(_parts(one.of.key, results)), lines, quotes=_quotes(told))


def _quotes(told: Sequence[ShownStory]) -> tuple[Quote, ...]:
    return tuple(Quote(one.mark, one.title, tuple(one.paragraphs), one.said_by) for one in told)


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
    parts = tuple(Part(table) for key in OF_PROGRESSION if (table := reached.table(key)).rows)
    if parts:
        yield Section("Musical progression", "Grades and medals of the boards, as the hub recorded them.", parts)


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
    page_budget=14,
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
