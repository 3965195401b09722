"""Pages that are tables of a release: hours, sessions and ensembles, and funding with what is agreed in print."""

from django.http import HttpResponse

from evaluation.figures.compared import DOTS
from evaluation.menu import tables
from evaluation.queries.agreements import agreements_in_print
from evaluation.views.national.frame import frame_of, national_page, parts_of
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def hours(request: AuthenticatedRequest) -> HttpResponse:
    """GET: hours offered and received for each child in each week, in school time and outside it."""
    frame = frame_of(request)
    keys = (tables.INTENSITY, f"{DOTS}hours_received", f"{DOTS}hours_offered")
    return national_page(request, "hours", frame, parts=parts_of(frame, keys))


@needs(Permission.SEE_NATIONAL_FIGURES)
def sessions(request: AuthenticatedRequest) -> HttpResponse:
    """GET: sessions planned, held and cancelled, registers, schools, ensembles and tutors."""
    frame = frame_of(request)
    keys = (tables.SESSIONS, tables.CANCELLED, tables.REGISTERS, tables.PROVISION, tables.KINDS, tables.ROLL)
    return national_page(request, "sessions", frame, parts=parts_of(frame, keys))


@needs(Permission.SEE_NATIONAL_FIGURES)
def funding(request: AuthenticatedRequest) -> HttpResponse:
    """GET: income by source and for each child, and what funders agreed to pay, as far as it is in print."""
    frame = frame_of(request)
    parts = parts_of(frame, (tables.INCOME, f"{DOTS}income_per_child"))
    return national_page(request, "funding", frame, parts=parts, agreements=agreements_in_print())
