"""What is evaluated and with what, for whoever signs in: nothing on these pages is about anybody."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from inharmony.access.gates import AuthenticatedRequest, signed_in
from inharmony.access.permissions import Permission
from outcomes.indicators import SOURCE
from outcomes.queries import framework as reads
from outcomes.queries.measures import loaded_wording, measure_of, newest
from outcomes.queries.target import hub_lines
from outcomes.theory import THEORY, VERDICT
from schools.models import AcademicYear


@signed_in
@require_GET
def framework(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the theory of change, the eight indicators, the measures that feed them, and the hubs’ targets."""
    measures, today = newest(), timezone.localdate()
    year = AcademicYear(year=AcademicYear.year_of(today))
    context = {
        "theory": THEORY,
        "verdict": VERDICT,
        "indicators": reads.evaluated(measures),
        "source": SOURCE,
        "lines": [reads.line_of(measure) for measure in measures],
        "year": year,
        # what a hub aims at is for who works in it, and for the country
        "hubs": hub_lines(request.user, year, today) if request.user.reach.may(Permission.SEE_OUTCOMES) else [],
    }
    return render(request, "outcomes/framework/show.html", context)


@signed_in
@require_GET
def measure(request: AuthenticatedRequest, key: str, version: str) -> HttpResponse:
    """GET: a measure in one version; its items only where its licence lets them be shown."""
    try:
        found = measure_of(key, version)
    except KeyError:
        raise Http404 from None
    shows_items = found.licence.may_show and not found.is_scores_only and not found.awaits_wording
    context = {
        "measure": found,
        "line": reads.line_of(found),
        "parts": reads.parts_of(found),
        "scoring": reads.scoring_of(found),
        "bands": reads.bands_of(found),
        "wording": loaded_wording(found),
        "items": [(item, found.part(item.part)) for item in found.items] if shows_items else [],
    }
    return render(request, "outcomes/measure/show.html", context)
