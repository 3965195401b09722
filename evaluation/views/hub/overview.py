"""The hub's first page: what there is to do, then its figures, live and exact, for its own people only."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone

from evaluation.charts.line import attendance_by_week as weekly_chart
from evaluation.figures.attendance import attendance_by_week, of_marks, weeks_table
from evaluation.figures.by_school import missing_registers
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.figure import Figure
from evaluation.figures.own import with_parts
from evaluation.figures.signed import beside_signed
from evaluation.menu.tables import ALL
from evaluation.queries.sign_off import Signed
from evaluation.views.hub.frame import Asked, Body, asked, kept_page
from evaluation.views.hub.todo import todo_of
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission

HEADLINES = (
    *("children_reached", "children_new", "children_returning", "children_leaving"),
    *("attendance", "registers_taken", "hours_received", "hours_offered"),
    *("sessions_held", "ensembles", "tutors", "schools"),
)


@needs(Permission.SEE_HUB_FIGURES)
def hub(request: AuthenticatedRequest, slug: str = "") -> HttpResponse:
    """GET: what the hub has to do, and its figures of the year or term in the address, else of this term."""
    return kept_page(request, slug, lambda: _body(asked(request, slug)))


def _body(found: Asked) -> Body:
    today, user = timezone.localdate(), found.user
    signed = found.last_signed()
    sums = found.numbers.sums
    weeks = attendance_by_week(sums.by_week)
    return found.body(
        "hub",
        "overview",
        "overview",
        is_drawn=bool(weeks),
        todo=todo_of(found.programme, user, today, terms=found.terms, signed=found.signed_this_year),
        missing=missing_registers(sums.by_ensemble),
        figures=[found.opened(each) for each in headlines(found, signed)],
        signed=signed,
        schools_href=found.href("hub-schools"),
        chart=weekly_chart(weeks),
        weeks=weeks_table(weeks),
        files=found.file("attendance_by_week"),
        may_report=user.reach.may(Permission.MAKE_HUB_REPORT, programme_id=found.programme.pk),
    )


def headlines(found: Asked, signed: Signed | None) -> list[Figure]:
    """Returns the figures of the first page; of a term that is signed, with what was signed where it differs."""
    figures = [with_parts(found.numbers.source, FIGURES[key](found.numbers.source, ALL)) for key in HEADLINES]
    marks = of_marks(found.numbers.sums.all.attended, found.numbers.sums.all.possible)
    figures = [replace(each, note=marks) if each.key == "attendance" else each for each in figures]
    return [beside_signed(each, signed.source) for each in figures] if signed else figures
