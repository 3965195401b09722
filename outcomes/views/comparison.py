"""Comparison schools: seen by hubs and national staff, chosen and ended by the hub's manager."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.exporting import hand_out, offer
from outcomes.actions import comparison as acts
from outcomes.analysis.evidence import FOUND_OF_ATTAINMENT
from outcomes.exports.comparison import comparison_out
from outcomes.forms.comparison import ChooseForm, EndForm, FindForm
from outcomes.models import ComparisonSchool
from outcomes.queries import candidates as looking
from outcomes.queries import comparison as reads
from outcomes.queries import difference as differences
from programmes.models import Programme
from schools.models import AcademicYear, School

FIRST_YEAR = 2008  # the first of In Harmony


def get_hub_for(user: User, slug: str) -> Programme:
    """Returns a hub whose comparison schools the person sees; 404 beyond what they see, PermissionDenied for a role."""
    found = Programme.objects.filter(slug=slug).first()
    if found is not None and any(line.programme.pk == found.pk for line in reads.hubs_seen(user)):
        return found
    if Programme.objects.visible_to(user).filter(slug=slug).exists():
        raise PermissionDenied
    raise Http404


def get_kept_hub(user: User, slug: str) -> Programme:
    """Returns a hub whose comparison schools the person chooses; as `get_hub_for`, and PermissionDenied for readers."""
    found = get_hub_for(user, slug)
    if not user.reach.may(Permission.KEEP_COMPARISON, programme_id=found.pk):
        raise PermissionDenied
    return found


@needs(Permission.SEE_SCHOOL_CONTEXT)
@require_GET
def hubs(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the hubs the person sees, with how many schools each compares with."""
    return render(request, "outcomes/comparison/hubs.html", {"lines": reads.hubs_seen(request.user)})


@needs(Permission.SEE_SCHOOL_CONTEXT)
@require_GET
def comparison(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: a hub's own schools beside those it compares with: who, how alike, results by year."""
    hub = get_hub_for(request.user, slug)
    found = reads.comparison_of(request.user, hub)
    context = {
        "programme": hub,
        "found": found,
        "tables": differences.beside_tables(request.user, hub, found),
        "not_shown": differences.NOT_SHOWN,
        "keeps": request.user.reach.may(Permission.KEEP_COMPARISON, programme_id=hub.pk),
        "found_of_attainment": FOUND_OF_ATTAINMENT,
        "export": offer(
            request, "outcomes:comparison-export", slug, what="schools and years", about="of both groups, all years"
        ),
    }
    return render(request, "outcomes/comparison/show.html", context)


@needs(Permission.SEE_SCHOOL_CONTEXT, fresh=True)
@require_POST
def comparison_export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Hands out both groups with what is published of them as a spreadsheet."""
    hub = get_hub_for(request.user, slug)
    return hand_out(request, comparison_out(list(reads.exported(request.user, hub)), hub))


@needs(Permission.KEEP_COMPARISON)
@require_GET
def find(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: schools that could be compared with, as asked for, the nearest first."""
    hub = get_kept_hub(request.user, slug)
    form = FindForm(request.GET, phase=looking.usual_phase(reads.partner_schools(hub)))
    # what an address asks that no choice is of is not asked
    form.is_valid()
    found = looking.find_candidates(hub, form.wanted)
    context = {
        "programme": hub,
        "form": form,
        "found": found,
        "measures": [(reads.BY_FIELD[field], found.own[field]) for field in looking.NEAR],
        "rows": [(one, [one.numbers[field] for field in looking.NEAR]) for one in found.candidates],
    }
    return render(request, "outcomes/comparison/find.html", context)


@needs(Permission.KEEP_COMPARISON)
def choose(request: AuthenticatedRequest, slug: str, urn: int) -> HttpResponse:
    """The form that says why a school is compared with, and the act."""
    hub = get_kept_hub(request.user, slug)
    school = get_object_or_404(School, pk=urn)
    today = AcademicYear.year_of(timezone.localdate())
    years = [AcademicYear(year=year) for year in range(today, FIRST_YEAR - 1, -1)]
    form = ChooseForm(request.POST if request.method == "POST" else None, years=years, began=reads.began_in(hub))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            acts.choose(programme=hub, school=school, year=form.chosen_year, reason=reason, by=request.user)
        except acts.ComparisonRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{school} is a comparison school of {hub.short_name}.")
            return redirect("outcomes:comparison", slug=slug)
    of_year, rows = reads.beside(hub, school)
    context = {"form": form, "programme": hub, "school": school, "year": of_year, "rows": rows}
    return render(request, "outcomes/comparison/choose.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_COMPARISON)
def end(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponse:
    """Asks why a school is a comparison no more, and ends it."""
    hub = get_kept_hub(request.user, slug)
    chosen = get_object_or_404(
        ComparisonSchool.objects.visible_to(request.user).select_related("school", "academic_year"),
        programme=hub,
        pk=pk,
    )
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.end(comparison=chosen, because=form.cleaned_data["because"], by=request.user)
        except acts.ComparisonRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{chosen.school} is no comparison school any more.")
            return redirect("outcomes:comparison", slug=slug)
    context = {"form": form, "programme": hub, "chosen": chosen}
    return render(request, "outcomes/comparison/end.html", context, status=422 if form.errors else 200)
