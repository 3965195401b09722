"""How complete the registers are, live, and which terms the hubs have signed off. Counts no child."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from evaluation.forms.period import PeriodForm
from evaluation.queries.calendar import period_of
from evaluation.queries.readiness import readiness
from evaluation.views.national.frame import frame_of, national_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from schools.models import AcademicYear


@needs(Permission.SEE_NATIONAL_FIGURES)
def completeness(request: AuthenticatedRequest) -> HttpResponse:
    """GET: registers taken of those due, and sign-offs, of the period of the address, else of this year."""
    frame = frame_of(request)
    period = frame.period
    form = PeriodForm(request.GET)
    if not {"year", "term"} & request.GET.keys():
        # live: the year that is running, whatever the newest release is of
        period = period_of(AcademicYear.current().year)
    if not form.is_valid():
        raise Http404
    now = timezone.now()
    found = readiness(period, timezone.localdate(now))
    return national_page(request, "completeness", frame, filters=form, period=period, found=found, now=now)
