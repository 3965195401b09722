"""What partner schools were like, year by year: seen by hubs and national staff, entered by hand by managers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.exporting import hand_out, offer
from schools.actions import context as acts
from schools.exports.context import contexts_out
from schools.forms.context import ContextForm
from schools.models import AcademicYear, School
from schools.models.context import schools_seen_by
from schools.queries import context as reads

FIRST_YEAR = 2008  # the first of In Harmony


def get_school_for(user: User, urn: int, permission: Permission) -> School:
    """Returns a school that works or worked with a hub of the person; 404 for any other."""
    return get_object_or_404(schools_seen_by(user, permission), pk=urn)


@needs(Permission.SEE_SCHOOL_CONTEXT)
@require_GET
def contexts(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the partner schools, each with the years of which numbers are kept."""
    lines = reads.schools_with_years(request.user)
    context = {
        "lines": lines,
        "empty": sum(not line.years for line in lines),
        "export": offer(request, "schools:contexts-export", what="schools and years", about="all years of all schools"),
    }
    return render(request, "schools/context/list.html", context)


@needs(Permission.SEE_SCHOOL_CONTEXT, fresh=True)
@require_POST
def contexts_export(request: AuthenticatedRequest) -> HttpResponse:
    """Hands out what the person sees of schools as a spreadsheet."""
    return hand_out(request, contexts_out(list(reads.exported(request.user))))


@needs(Permission.SEE_SCHOOL_CONTEXT)
@require_GET
def context(request: AuthenticatedRequest, urn: int) -> HttpResponse:
    """GET: one school, measure by measure and year by year, with where each number is from."""
    school = get_school_for(request.user, urn, Permission.SEE_SCHOOL_CONTEXT)
    years = reads.seen_context(request.user, school)
    keeps = schools_seen_by(request.user, Permission.KEEP_SCHOOL_CONTEXT).filter(pk=urn).exists()
    known = {year.year.pk for year in years}
    today = AcademicYear.year_of(timezone.localdate())
    shown = {
        "school": school,
        "years": years,
        "rows": [(measure, _cells(measure.field, years)) for measure in reads.MEASURES],
        "keeps": keeps,
        "others": [AcademicYear(year=year) for year in range(today, FIRST_YEAR - 1, -1) if year not in known],
        "changes": reads.changes_of(school) if keeps else [],
    }
    return render(request, "schools/context/show.html", shown)


def _cells(field: str, years: list[reads.Context]) -> list[tuple[object, bool, bool]]:
    """Returns each year's number of a measure: the number, whether by hand, and whether only the hub has it."""
    return [
        (getattr(year, field), field in year.by_hand, field in year.by_hand and not year.is_published) for year in years
    ]


@needs(Permission.KEEP_SCHOOL_CONTEXT)
def keep(request: AuthenticatedRequest, urn: int, year: int) -> HttpResponse:
    """The form of one school and year, and the act."""
    school = get_school_for(request.user, urn, Permission.KEEP_SCHOOL_CONTEXT)
    if not FIRST_YEAR <= year <= AcademicYear.year_of(timezone.localdate()):
        raise Http404
    of = AcademicYear(year=year)
    standing = next((one for one in reads.seen_context(request.user, school) if one.year.pk == year), None)
    form = ContextForm(
        request.POST if request.method == "POST" else None, context=standing, source=_source_by_hand(school, year)
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.enter(school=school, year=of, entered=form.entered(), seen=form.cleaned_data["seen"], by=request.user)
        except acts.PublishedStandsError as refusal:
            for name in refusal.fields:
                form.add_error(name, str(refusal))
        except acts.ContextRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The numbers of {of} are kept.")
            return redirect("schools:context", urn=urn)
    shown = {"form": form, "school": school, "year": of, "standing": standing}
    return render(request, "schools/context/keep.html", shown, status=422 if form.errors else 200)


def _source_by_hand(school: School, year: int) -> str:
    row = school.contexts.filter(academic_year=year).first()
    return row.source_by_hand if row is not None else ""
