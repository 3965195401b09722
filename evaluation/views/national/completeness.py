"""How complete the registers are, live, and which terms the hubs have signed off. Counts no child."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from evaluation.forms.period import PeriodForm
from evaluation.queries.readiness import readiness
from evaluation.views.national.frame import Frame, body_of, in_the_masthead
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def completeness(request: AuthenticatedRequest) -> HttpResponse:
    """GET: registers taken of those due, and sign-offs, of the period of the address, else of this year."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404
    now = timezone.now()
    frame = Frame(form, form.period(), names={}, release=None, source=None, query=request.GET.urlencode())
    found = readiness(frame.period, timezone.localdate(now))
    body = body_of(frame, "completeness", "Completeness", "evaluation:national-completeness", found=found, now=now)
    return in_the_masthead(request, body)
