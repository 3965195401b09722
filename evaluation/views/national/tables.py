"""Pages that are tables of a release: hours, sessions and ensembles, and funding with what is agreed in print."""

from collections.abc import Sequence

from django.http import HttpResponse

from evaluation.figures.compared import DOTS
from evaluation.menu import tables
from evaluation.queries.agreements import agreements_in_print
from evaluation.views.national.frame import Body, body_of, frame_of, parts_of, released_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def hours(request: AuthenticatedRequest) -> HttpResponse:
    """GET: hours offered and received for each child in each week, in school time and outside it."""
    keys = (tables.INTENSITY, f"{DOTS}hours_received", f"{DOTS}hours_offered")
    return released_page(request, lambda: _tables(request, "Hours", "hours", keys))


@needs(Permission.SEE_NATIONAL_FIGURES)
def sessions(request: AuthenticatedRequest) -> HttpResponse:
    """GET: sessions planned, held and cancelled, registers, schools, ensembles and tutors."""
    keys = (tables.SESSIONS, tables.CANCELLED, tables.REGISTERS, tables.PROVISION, tables.KINDS, tables.ROLL)
    return released_page(request, lambda: _tables(request, "Sessions and ensembles", "sessions", keys))


@needs(Permission.SEE_NATIONAL_FIGURES)
def funding(request: AuthenticatedRequest) -> HttpResponse:
    """GET: income by source and for each child, and what funders agreed to pay, as far as it is in print."""
    return released_page(request, lambda: _funding(request))


def _tables(request: AuthenticatedRequest, title: str, page: str, keys: Sequence[str]) -> Body:
    frame = frame_of(request)
    return body_of(frame, "tables", title, f"evaluation:national-{page}", parts=parts_of(frame, keys))


def _funding(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    found = {
        "parts": parts_of(frame, (tables.INCOME, f"{DOTS}income_per_child")),
        "agreements": agreements_in_print(),
    }
    return body_of(frame, "funding", "Funding", "evaluation:national-funding", **found)
