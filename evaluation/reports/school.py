"""
The annual reports of one school, for its head and governors: who came to what takes place there, and what came of it.

They leave the hub and are read by people who know the children: how a few children came, or did, is not told.
"""

from dataclasses import replace

from django.utils import timezone

from evaluation.charts.bar import bars
from evaluation.disclosure.rules import SMALLEST_SHOWN
from evaluation.figures.period import Period, whole_year
from evaluation.figures.progression import Awarded, reached_safely
from evaluation.figures.reach import told_safely
from evaluation.figures.said import by_indicator, taken_for_granted
from evaluation.figures.table import Cell, Row, Table
from evaluation.queries.calendar import terms_of
from evaluation.queries.participation import Participation, participation, rows_of
from evaluation.queries.progression import awarded_at
from evaluation.queries.report import partners_of
from evaluation.queries.said import said_in
from evaluation.reports import sources as made_of
from evaluation.reports.declaration import Contents, NothingToReportError, Of, Part, Report, Section, Subject
from evaluation.reports.impact import AT_A_GLANCE, granted, line_of_hub
from evaluation.reports.impact import SHOWS_NOT as IMPACT_SHOWS_NOT
from evaluation.reports.participation import SHOWS_NOT, is_demonstration, led_by
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User

FOR_THE_SCHOOL = "For the school and its governors, not for publication"
WHAT_IS_OF_THE_SCHOOL = "Counted is what takes place at the school, with children of any school who come there."
OF_A_SCHOOL = (
    *SHOWS_NOT,
    "Children of the school who play in an ensemble that meets elsewhere are not in it.",
    f"Attendance and hours are told of {SMALLEST_SHOWN} children or more, without the marks they are made of.",
    "Nothing is told of Pupil Premium, special needs or home language: in one school these soon tell of a child.",
    "Nothing here compares the school with another: their starts, ages and hours differ.",
)
IMPACT_OF_A_SCHOOL = (
    *IMPACT_SHOWS_NOT,
    "What was answered is of the whole hub. Of one school nothing is told: its children could be known by it.",
)
OF_ONE_SCHOOL = "The hub has one partner school: what was answered would be told of that school alone."
TERMS = "terms_of_school"


def participation_of(about: Subject, year: int, user: User | None) -> Contents:
    """
    Returns what took place at a school in a year, and how many came.

    Raises NothingToReportError where the school was no partner then, or fewer than ten children came.
    """
    period = whole_year(year)
    found = _came(about, period, user)
    figures = SCHOOL_PARTICIPATION.chosen(found.figures)
    by_key = {figure.key: figure for figure in figures}
    by_year_group = told_safely(found.by_year_group, SMALLEST_SHOWN)
    return _contents(
        about,
        found,
        SCHOOL_PARTICIPATION,
        lead=f"{by_key['children_reached'].written} children made music with In Harmony {about.hub.short_name} at "
        f"{about.partner.name} in {period.title}, in {by_key['sessions_held'].written} sessions.",
        sections=(
            Section("Who took part", WHAT_IS_OF_THE_SCHOOL, (Part(by_year_group, bars(by_year_group)),)),
            Section("What did not take place", "", (Part(found.cancelled),)),
            Section(
                "How often they came",
                "Late counts as come; excused, at an event of the school, counts neither way.",
                (Part(_term_by_term(about, period, user)),),
            ),
        ),
        shows_not=OF_A_SCHOOL,
        sources=tuple(made_of.of_a_hub(f"In Harmony {about.hub.short_name}", has_words=False)),
    )


def impact_of(about: Subject, year: int, user: User | None) -> Contents:
    """
    Returns what was answered in the hub of a school, and the awards that children of the school took.

    Raises NothingToReportError as `participation_of`.
    """
    period, hub = whole_year(year), about.hub
    came, said = _came(about, period, user), said_in(hub, period, user)
    awards = awarded_at(about.partner, hub, period, user, timezone.localdate())
    has_others = len(partners_of(hub, period)) > 1
    of_hub = f"Of everybody in In Harmony {hub.short_name} who answered, not of this school alone."
    return _contents(
        about,
        came,
        SCHOOL_IMPACT,
        lead=f"What people answered about In Harmony {hub.short_name} in {period.title}, of which {about.partner.name} "
        "is a partner school, how sure that is, and what children of the school reached.",
        sections=(
            Section(AT_A_GLANCE, of_hub, (), tuple(line_of_hub(one) for one in by_indicator(said)), is_summary=True)
            if has_others
            else Section(AT_A_GLANCE, OF_ONE_SCHOOL, (), is_summary=True),
            _of_awards(awards),
            *(granted(taken_for_granted(said)) if has_others else ()),
        ),
        shows_not=IMPACT_OF_A_SCHOOL,
        sources=(
            *made_of.of_a_hub(f"In Harmony {about.hub.short_name}", has_words=False),
            *(made_of.of_measures(made_of.measures_in(said)) if has_others else ()),
            *((made_of.AWARDS,) if awards else ()),
            *made_of.EVALUATIONS,
        ),
    )


def _came(about: Subject, period: Period, user: User | None) -> Participation:
    hub, school = about.hub, about.partner
    if school not in partners_of(hub, period):
        raise NothingToReportError(
            f"{school.name} was no partner school of {hub.short_name} in {period.title}. Choose another year."
        )
    found = participation(rows_of(hub, period, user, school))
    reached = next(figure.value for figure in found.figures if figure.key == "children_reached")
    if int(reached or 0) < SMALLEST_SHOWN:
        raise NothingToReportError(
            f"Fewer than {SMALLEST_SHOWN} children have come at {school.name} in {period.title}. A report would tell "
            "of single children, so there is none."
        )
    return found


def _term_by_term(about: Subject, period: Period, user: User | None) -> Table:
    """Children, sessions and attendance of each term that has begun; of fewer than ten children neither is told."""
    rows = []
    for term in terms_of(period.year, about.hub).values():
        if term.starts_on > timezone.localdate():
            continue
        found = participation(rows_of(about.hub, term, user, about.partner))
        by_key = {figure.key: figure for figure in found.figures}
        few = int(by_key["children_reached"].value or 0) < SMALLEST_SHOWN
        told = [
            Cell(symbol="c") if few else Cell(by_key[key].value, unit)
            for key, unit in (("children_reached", ""), ("attendance", "%"))
        ]
        rows.append(Row(term.term, term.title, (told[0], Cell(by_key["sessions_held"].value), told[1])))
    return Table(
        TERMS,
        "Term by term",
        "Term",
        ("Children", "Sessions held", "Attendance"),
        tuple(rows),
        note=f"c: fewer than {SMALLEST_SHOWN} children came.",
    )


def _contents(
    about: Subject,
    came: Participation,
    report: Report,
    *,
    lead: str,
    sections: tuple[Section, ...],
    shows_not: tuple[str, ...],
    sources: tuple[str, ...],
) -> Contents:
    hub = about.hub
    return Contents(
        title=about.partner.name,
        period=came.period,
        as_at=came.as_at,
        mark=FOR_THE_SCHOOL,
        colour=hub.colour,
        led_by=f"In Harmony {hub.short_name}, {led_by(hub, came.period)}",
        release="",
        is_demonstration=is_demonstration(came.period, hub),
        lead=lead,
        # a note says of how many marks, or of how many on the class list: the difference would be a few children
        figures=tuple(replace(figure, note="") for figure in report.chosen(came.figures)),
        sections=sections,
        shows_not=shows_not,
        sources=sources,
    )


def _of_awards(awards: tuple[Awarded, ...]) -> Section:
    table = reached_safely(awards, SMALLEST_SHOWN)
    return Section("Awards reached by children of the school", "", (Part(table),))


FIGURES = ("children_reached", "sessions_held", "attendance", "hours_received", "registers_taken")
SCHOOL_PARTICIPATION = Report(
    id="participation",
    of=Of.SCHOOL,
    title="Participation report",
    audience="The school, its head and governors",
    permission=Permission.MAKE_HUB_REPORT,
    figures=FIGURES,
    template="pdf/report.html",
    page_budget=6,
    contents=participation_of,
)
SCHOOL_IMPACT = Report(
    id="impact",
    of=Of.SCHOOL,
    title="Impact report",
    audience="The school, its head and governors",
    permission=Permission.MAKE_HUB_REPORT,
    figures=("children_reached", "hours_received", "attendance", "registers_taken"),
    template="pdf/report.html",
    page_budget=6,
    contents=impact_of,
)
