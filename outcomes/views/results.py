"""One comparison school: what is published of it year by year, and entering a year by hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from outcomes.actions import results as acts
from outcomes.actions.comparison import ComparisonRefusedError
from outcomes.forms.results import PublishedForm
from outcomes.models import ComparisonSchool
from outcomes.views.comparison import FIRST_YEAR, get_hub_for, get_kept_hub
from programmes.models import Programme
from schools.actions.context import ContextRefusedError, PublishedStandsError
from schools.models import AcademicYear
from schools.queries.context import MEASURES, published_context


def get_choice_for(user: User, hub: Programme, pk: int) -> ComparisonSchool:
    """Returns a choice of the hub that goes on; 404 for any other."""
    rows = ComparisonSchool.objects.visible_to(user).going_on().select_related("school")
    return get_object_or_404(rows, programme=hub, pk=pk)


@needs(Permission.SEE_SCHOOL_CONTEXT)
@require_GET
def results(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponse:
    """GET: what is published of a comparison school, measure by measure and year by year."""
    hub = get_hub_for(request.user, slug)
    chosen = get_choice_for(request.user, hub, pk)
    years = published_context(chosen.school_id)
    known = {year.year.pk for year in years}
    today = AcademicYear.year_of(timezone.localdate())
    context = {
        "programme": hub,
        "chosen": chosen,
        "years": years,
        "rows": [(measure, [getattr(year, measure.field) for year in years]) for measure in MEASURES],
        "keeps": request.user.reach.may(Permission.KEEP_COMPARISON, programme_id=hub.pk),
        "others": [AcademicYear(year=year) for year in range(today, FIRST_YEAR - 1, -1) if year not in known],
    }
    return render(request, "outcomes/comparison/results.html", context)


@needs(Permission.KEEP_COMPARISON)
def enter(request: AuthenticatedRequest, slug: str, pk: int, year: int) -> HttpResponse:
    """The form of what is published of a comparison school in a year, and the act."""
    hub = get_kept_hub(request.user, slug)
    chosen = get_choice_for(request.user, hub, pk)
    if not FIRST_YEAR <= year <= AcademicYear.year_of(timezone.localdate()):
        raise Http404
    of = AcademicYear(year=year)
    standing = next((one for one in published_context(chosen.school_id) if one.year.pk == year), None)
    source = standing.source if standing and standing.by_hand else ""
    form = PublishedForm(request.POST if request.method == "POST" else None, context=standing, source=source)
    if request.method == "POST" and form.is_valid():
        said = {"entered": form.entered(), "seen": form.cleaned_data["seen"]}
        try:
            acts.enter_published(comparison=chosen, year=of, by=request.user, **said)
        except PublishedStandsError as refusal:
            for name in refusal.fields:
                form.add_error(name, str(refusal))
        except (ComparisonRefusedError, ContextRefusedError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The numbers of {of} are kept.")
            return redirect("outcomes:comparison-results", slug=slug, pk=pk)
    context = {"form": form, "programme": hub, "chosen": chosen, "year": of, "standing": standing}
    return render(request, "outcomes/comparison/enter.html", context, status=422 if form.errors else 200)
