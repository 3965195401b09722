"""The national page: operational counts live, children from a release. Reads no table that holds a child."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from evaluation.charts.bar import bars
from evaluation.forms.period import PeriodForm
from evaluation.queries.national import nation
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def national(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the country in the year or term of the address."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404
    found = nation(form.period())
    children = [(table, bars(table)) for table in found.children]
    return render(request, "evaluation/national/show.html", {"filters": form, "found": found, "children": children})
