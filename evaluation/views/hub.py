"""The hub's own page: live and exact, for its own people only."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from evaluation.access import hub_for, hubs_of
from evaluation.charts.line import attendance_by_week
from evaluation.figures.attendance import weeks_table
from evaluation.forms.period import PeriodForm
from evaluation.queries.participation import participation, rows_of
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_HUB_FIGURES)
def hub(request: AuthenticatedRequest, slug: str = "") -> HttpResponse:
    """GET: the figures of the year or term in the address."""
    programme = hub_for(request.user, slug)
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404
    found = participation(rows_of(programme, form.period(programme), request.user))
    context = {
        "programme": programme,
        "hubs": hubs_of(request.user),
        "filters": form,
        "found": found,
        "chart": attendance_by_week(found.weeks),
        "weeks": weeks_table(found.weeks),
        "may_report": request.user.reach.may(Permission.MAKE_HUB_REPORT, programme_id=programme.pk),
    }
    return render(request, "evaluation/hub/show.html", context)
