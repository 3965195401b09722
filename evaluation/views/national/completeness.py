"""How complete the registers are, live, and which terms the hubs have signed off. Counts no child."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.utils import timezone

from evaluation.forms.period import PeriodForm
from evaluation.queries.readiness import readiness
from evaluation.views.kept import NOW, as_at_now, kept_part
from evaluation.views.national.frame import Body, Frame, body_of, in_the_masthead, query_of
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def completeness(request: AuthenticatedRequest) -> HttpResponse:
    """GET: registers taken of those due, and sign-offs, of the period of the address, else of this year."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404
    period = form.period()
    frame = Frame(form, period, names={}, release=None, source=None, query=query_of(request, period))
    body = kept_part(f"{request.path} {frame.period} {frame.query}", lambda: _body(frame))
    return in_the_masthead(request, replace(body, html=as_at_now(body.html)))


def _body(frame: Frame) -> Body:
    found = readiness(frame.period, timezone.localdate())
    return body_of(frame, "completeness", "Completeness", "evaluation:national-completeness", found=found, now=NOW)
