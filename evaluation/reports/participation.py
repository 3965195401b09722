"""The annual participation report: who took part, how often and how much."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from evaluation.charts.bar import bars
from evaluation.charts.line import attendance_by_week
from evaluation.charts.menu import chart
from evaluation.charts.palette import INK
from evaluation.figures.attendance import weeks_table
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.figures.change import sum_explained
from evaluation.figures.compared import shown
from evaluation.figures.figure import Figure
from evaluation.figures.leaving import few_hidden, roll_few_hidden, told, weeks_told, without_marks
from evaluation.figures.own import beside_roll, own_table
from evaluation.figures.period import Period, whole_year
from evaluation.figures.released import table
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL, CANCELLED, INCOME, INTENSITY, KINDS, PROVISION, ROLL, SESSIONS, by
from evaluation.models import Release
from evaluation.queries.live import live
from evaluation.queries.national import operations
from evaluation.queries.participation import Participation, participation, rows_of
from evaluation.queries.release import latest_release, published
from evaluation.queries.report import partners_in, partners_of
from evaluation.reports import sources
from evaluation.reports.declaration import Contents, NothingToReportError, Of, Part, Report, Section, Subject
from evaluation.reports.own_words import own_words
from evaluation.reports.photos import year_in_pictures
from evaluation.reports.years import hub_through_the_years, releases_until, through_the_years
from evaluation.returns.report_words import PARTICIPATION
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.dates import day
from programmes.models import OrganisationRole, Partnership, Programme

EXACT = "Exact figures, groups of few children hidden, for the hub, its partners and its funder, not for publication"
PROTECTED = "Figures of children come from a release: protected, rounded to the nearest 5"

SHOWS_NOT = (
    "Attendance says how often children came, not what coming did for them.",
    "Sessions whose register was not taken are missing from children, attendance and hours; their number is said.",
    "Hours are those of the timetable. A session that ran over or ended early counts as planned.",
)
OF_A_HUB = (
    *SHOWS_NOT,
    "Nothing here compares this hub with another: their starts, ages and hours differ.",
    "Groups of fewer than 10 children, and numbers that would tell them, are hidden (c) with what is told of them.",
)
OF_THE_COUNTRY = (
    *SHOWS_NOT,
    "Programmes stand side by side, not in order of merit: their starts, ages and hours differ.",
    "Small counts of children, and those that would tell them, are hidden (c); others are rounded to the nearest 5.",
)


def of_a_programme(about: Subject, year: int, user: User | None) -> Contents:
    """Returns the exact figures of one programme's year, as its hub page shows them."""
    programme, period = about.hub, whole_year(year)
    found = participation(rows_of(programme, period, user))
    figures = PROGRAMME_PARTICIPATION.chosen(found.figures)
    exact = live(programme, period, user)
    words = tuple(own_words(programme, year, PARTICIPATION, user, has_opening=True))
    name = f"In Harmony {programme.short_name}"
    return Contents(
        title=programme.short_name,
        period=period,
        as_at=found.as_at,
        mark=EXACT,
        colour=programme.colour,
        led_by=led_by(programme, period),
        release="",
        is_demonstration=is_demonstration(period, programme),
        lead=_lead_of_a_programme(name, period, figures),
        figures=figures,
        sections=(
            *words,
            *year_in_pictures(programme, period, user),
            *_of_the_hub(found, exact, told(exact), tuple(hub_through_the_years(programme, year, user))),
        ),
        shows_not=OF_A_HUB,
        sources=(
            *sources.of_a_hub(name, has_words=bool(words)),
            *sources.of_whole_schools(sources.rolls_of(partners_of(programme, period), year)),
        ),
    )


def _of_the_hub(found: Participation, exact: Source, shown_of: Source, years: tuple[Section, ...]) -> Iterable[Section]:
    """The tables of a hub's year, as they leave it: what was counted of it, and what is told of that (`leaving`)."""

    def own(key: str, *, is_drawn: bool = True) -> Part:
        made = own_table(shown_of, key)
        return Part(made, bars(made) if is_drawn and made.rows else None)

    by_year_group = own(by("year_group"))
    yield Section(
        "Who took part",
        "Of each year group the children who came, how often they came, and for how many hours in a week.",
        (by_year_group,) if by_year_group.table.rows else (Part(found.by_year_group),),
    )
    if by_year_group.table.rows:
        yield Section("Who came new, and who left", "", (own(by("joining")), own(by("leaving"))))
    yield from years
    yield Section(
        "Beside the schools’ own roll",
        "Who takes part, and whom the schools teach. Differences have many reasons: ages, and which schools take part.",
        (Part(roll_few_hidden(beside_roll(exact))), Part(own_table(exact, ROLL))),
    )
    yield Section("Where", "", (Part(few_hidden(found.by_school, with_it=(3,))),))
    yield Section(
        "How much",
        "Offered: sessions a child was on the register of. Received: those the child came to.",
        (own(INTENSITY, is_drawn=True),),
    )
    yield Section(
        "What took place",
        "Counts of sessions, ensembles and tutors hold no child: nothing is hidden in them.",
        (own(SESSIONS, is_drawn=False), own(PROVISION, is_drawn=False), own(KINDS, is_drawn=False)),
    )
    yield Section("What did not take place", "", (own(CANCELLED),))
    yield Section("Income", "What the hub wrote down that it took in for In Harmony in the year.", (own(INCOME),))
    weeks = weeks_told(found.weeks)
    yield Section(
        "How often they came",
        "Late counts as come; excused, at an event of the school, counts neither way.",
        (Part(without_marks(weeks_table(weeks)), attendance_by_week(weeks), is_wide=True),),
    )


def _lead_of_a_programme(name: str, period: Period, figures: Iterable[Figure]) -> str:
    by_key = {figure.key: figure for figure in figures}
    children, schools = by_key["children_reached"], by_key["schools"]
    if not children.value:
        return f"No child has come to a session of {name} in {period.title} yet."
    who = f"{children.written} {'child' if children.value == 1 else 'children'}"
    where = f"{schools.written} partner {'school' if schools.value == 1 else 'schools'}"
    return f"{who} made music with {name} in {period.title}, at sessions with {where}."


def of_the_country(_about: Subject, year: int, _user: User | None) -> Contents:
    """Returns the country's year: operational counts, live, and every table of the year's latest release."""
    period = whole_year(year)
    release, source = of_released(period)
    live, cut_on = operations(period), day(timezone.localdate(release.cut_at))
    # the release's own where it has them, as its tables do
    figures = COUNTRY_PARTICIPATION.chosen((*live.figures, *released_figures(source)))
    by_key = {figure.key: figure for figure in figures}
    return Contents(
        title="The country",
        period=period,
        as_at=live.as_at,
        mark=PROTECTED,
        colour=INK,
        led_by="Arts Council England",
        release=f"{release}, cut on {cut_on}",
        is_demonstration=release.is_demonstration or is_demonstration(period),
        lead=_lead_of_the_country(period, by_key),
        figures=figures,
        sections=(
            *_of_the_release(source, f"From {release}, cut on {cut_on}."),
            Section(
                "Programmes side by side",
                "Counts of sessions hold no child: they are exact, and live when this report was made.",
                (Part(live.table),),
            ),
            *through_the_years(year),
        ),
        shows_not=OF_THE_COUNTRY,
        sources=(
            sources.RELEASE.format(f"{release}, cut on {cut_on}"),
            *map(sources.EARLIER.format, (one for one in releases_until(year) if one != release)),
            sources.OPERATIONS,
            *sources.of_whole_schools(sources.rolls_of(partners_in(period), year) if source.of(ROLL) else ()),
        ),
    )


def of_released(period: Period) -> tuple[Release, Source]:
    """Returns the latest release of a year with its cells; raises NothingToReportError where none is cut."""
    release = latest_release(period)
    if release is None or release.academic_year_id != period.year:
        raise NothingToReportError(
            f"No release of {period.title} has been cut yet, so the country’s children cannot be reported. "
            "The portal cuts one by itself once the year is over, whether or not every register was taken; its "
            "operator may cut one before. Choose an earlier year until then."
        )
    return release, published(release)


def released_figures(source: Source) -> tuple[Figure, ...]:
    """Returns every figure of the country that a release has."""
    return tuple(make(source, ALL) for make in FIGURES.values())


def _of_the_release(source: Source, words: str) -> Iterable[Section]:
    """Every table of a release that has a row, under the headings of the report."""
    of_children = [of(key) for key in DIMENSIONS for of in (tables.by, tables.programmes_by)]
    headed = (
        ("Who took part", (tables.BY_PROGRAMME, tables.CHILDREN, *of_children)),
        ("How often and how long", (tables.ATTENDANCE, tables.INTENSITY)),
        ("What took place", (tables.SESSIONS, tables.CANCELLED, tables.REGISTERS, tables.PROVISION, tables.KINDS)),
        ("Income, and the schools", (tables.INCOME, tables.ROLL)),
    )
    for title, keys in headed:
        parts = tuple(part for key in keys if (part := released_part(source, key)).table.rows)
        if parts:
            explained = sum_explained(source) if title == headed[0][0] else ""
            yield Section(title, f"{words} {explained}".strip(), parts)


def released_part(source: Source, key: str) -> Part:
    """Returns a table of a release with its chart."""
    found, drawing = table(source, key), chart(source, key)
    return Part(shown(found), drawing, is_wide=drawing is not None and drawing.is_wide)


def _lead_of_the_country(period: Period, by_key: dict[str, Figure]) -> str:
    programmes, schools = by_key["programmes"].written, by_key["schools"].written
    children = by_key["children_reached"]
    if children.symbol:
        return f"In {period.title} In Harmony ran {programmes} programmes with {schools} partner schools."
    return (
        f"{children.written} children made music with In Harmony in {period.title}, in {programmes} programmes with "
        f"{schools} partner schools."
    )


def led_by(programme: Programme, period: Period) -> str:
    """Returns the names of the bodies that led the programme at the end of the period, or of today if it still runs."""
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
    names = OrganisationRole.objects.filter(
        in_force, programme=programme, kind=OrganisationRole.Kind.LEAD, starts_on__lte=period.ends_on
    ).values_list("organisation__name", flat=True)
    return ", ".join(dict.fromkeys(names)) or programme.name


def is_demonstration(period: Period, programme: Programme | None = None) -> bool:
    """Returns whether the figures are invented: the portal is a demonstration, or a partner school is."""
    if settings.DEMO:
        return True
    partners = Partnership.objects.filter(school__is_demonstration=True, starts_on__lte=period.ends_on)
    return (partners.filter(programme=programme) if programme else partners).exists()


PROGRAMME_PARTICIPATION = Report(
    id="participation",
    of=Of.PROGRAMME,
    title="Participation report",
    audience="The hub, its partners and its funder",
    permission=Permission.MAKE_HUB_REPORT,
    figures=(
        "children_reached",
        "attendance",
        "registers_taken",
        "sessions_held",
        "hours_received",
        "hours_offered",
        "children_enrolled",
        "schools",
        "sessions_planned",
        "sessions_cancelled",
    ),
    template="pdf/report.html",
    page_budget=20,
    contents=of_a_programme,
)
COUNTRY_PARTICIPATION = Report(
    id="participation",
    of=Of.COUNTRY,
    title="Participation report",
    audience="Arts Council England and the programmes",
    permission=Permission.MAKE_NATIONAL_REPORT,
    figures=("children_reached", "sessions_held", "hours_held", "registers_taken", "schools", "programmes"),
    template="pdf/report.html",
    page_budget=40,
    contents=of_the_country,
)
