"""Term dates, half-terms, closures and INSET days: what the timetable leaves out. These pages show no child."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.actions import calendar as acts
from programmes.forms.calendar import ClosureForm, TermForm, years_to_keep
from programmes.models import Programme
from programmes.queries.calendar import calendar_places, kept_calendars, sessions_on_shut_days
from schools.models import AcademicYear, Closure, Term


def _year_of(request: AuthenticatedRequest) -> int:
    asked = request.GET.get("year", "")
    this = AcademicYear.year_of(timezone.localdate())
    return int(asked) if asked in {str(year) for year in years_to_keep()} else this


@needs(Permission.KEEP_ENSEMBLES)
def dates(request: AuthenticatedRequest) -> HttpResponse:
    """The terms and closures of one academic year, authority by authority, then the schools that differ."""
    year = _year_of(request)
    context = {
        "year": AcademicYear(year=year),
        "years": [AcademicYear(year=one) for one in sorted(years_to_keep())],
        "kept": kept_calendars(request.user, year, timezone.localdate()),
    }
    return render(request, "programmes/calendar/dates.html", context)


@needs(Permission.KEEP_ENSEMBLES)
def keep_term(request: AuthenticatedRequest) -> HttpResponse:
    """The form for the dates of a term, and the act; the address may say which."""
    form = TermForm(request.POST or None, by=request.user, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            acts.keep_term(
                place=form.chosen(),
                year=year,
                season=form.season_chosen(),
                term_dates=form.term_dates(),
                by=request.user,
            )
        except acts.CalendarRefusedError as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, f"Kept: {form.season_chosen().label.lower()} term, {form.chosen().name}.")
            return _to_dates(year)
    return render(request, "programmes/calendar/term.html", {"form": form}, status=422 if form.errors else 200)


def _asked(request: AuthenticatedRequest) -> dict[str, object]:
    """Returns what the address names, with the dates that stand."""
    asked: dict[str, object] = {"place": request.GET.get("for", ""), "year": _year_of(request)}
    asked["season"] = season = request.GET.get("season", Term.Season.AUTUMN)
    place = next((p for p in calendar_places(request.user, timezone.localdate()) if p.key == asked["place"]), None)
    if place is not None and season in Term.Season.values:
        found = Term.objects.filter(year=_year_of(request), season=season, **place.owner)
        names = ("starts_on", "ends_on", "half_term_starts_on", "half_term_ends_on")
        asked |= found.values(*names).first() or {}
    return asked


@needs(Permission.KEEP_ENSEMBLES)
def keep_closure(request: AuthenticatedRequest) -> HttpResponse:
    """The form for days without sessions, and the act; sessions that stand on them are counted."""
    form = ClosureForm(request.POST or None, by=request.user, initial={"place": request.GET.get("for", "")})
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on", "reason")}
        try:
            made = acts.keep_closure(place=form.chosen(), by=request.user, **days)
        except acts.CalendarRefusedError as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, f"Kept: {made.reason}, {form.chosen().name}.")
            _warn(request, sessions_on_shut_days(request.user, made))
            return _to_dates(AcademicYear.year_of(made.starts_on))
    return render(request, "programmes/calendar/closure.html", {"form": form}, status=422 if form.errors else 200)


def _warn(request: AuthenticatedRequest, standing: int) -> None:
    if standing:
        many = "1 session stands" if standing == 1 else f"{standing} sessions stand"
        messages.warning(request, f"{many} in the timetable on these days. Cancel or move them there.")


def _keeper_of(user: User, row: Term | Closure) -> Programme:
    """Returns the hub as which the person keeps a term or closure; raises Http404 where they keep none such."""
    for place in calendar_places(user, timezone.localdate()):
        if place.school and place.school.pk == row.school_id:
            return place.programme
        if place.authority and place.authority.pk == row.local_authority_id:
            return place.programme
    raise Http404


@needs(Permission.KEEP_ENSEMBLES)
def remove_term(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and takes a term off the calendar."""
    term = get_object_or_404(Term.objects.select_related("school", "local_authority", "year"), pk=pk)
    programme = _keeper_of(request.user, term)
    if request.method == "POST":
        acts.remove_term(term=term, programme=programme, by=request.user)
        messages.success(request, "The term is taken off. Sessions that are timetabled stand as they were.")
        return _to_dates(term.year_id)
    return render(request, "programmes/calendar/remove.html", {"term": term, "row": term})


@needs(Permission.KEEP_ENSEMBLES)
def remove_closure(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and takes days without sessions off the calendar."""
    closure = get_object_or_404(Closure.objects.select_related("school", "local_authority"), pk=pk)
    programme = _keeper_of(request.user, closure)
    if request.method == "POST":
        acts.remove_closure(closure=closure, programme=programme, by=request.user)
        messages.success(request, "The closure is taken off. Extend the timetable where sessions are to be held then.")
        return _to_dates(AcademicYear.year_of(closure.starts_on))
    return render(request, "programmes/calendar/remove.html", {"closure": closure, "row": closure})


def _to_dates(year: int) -> HttpResponse:
    response = redirect("programmes:dates")
    response["Location"] += f"?year={year}"
    return response
