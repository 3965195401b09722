"""Waves of a hub: the list by year, a new one, one wave with its response rate, and the acts on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from outcomes.actions import wave as acts
from outcomes.forms.wave import AdultsForm, LastDayForm, WaveForm
from outcomes.measures.structure import Informant
from outcomes.models import Wave
from outcomes.queries import wave as reads
from outcomes.queries.measures import asked
from outcomes.validators.wave import WaveRefusedError, is_of_children
from schools.models import AcademicYear


def get_wave_for(user: User, pk: int) -> Wave:
    """Returns a wave of a hub whose waves the person keeps; 404 for any other."""
    waves = Wave.objects.visible_to(user).select_related("programme", "academic_year", "closed_by", "made_by")
    return get_object_or_404(waves, pk=pk)


@needs(Permission.KEEP_WAVES)
def waves(request: AuthenticatedRequest) -> HttpResponse:
    """The waves of an academic year with their state and response rate; of this year unless the address says."""
    user, today = request.user, timezone.localdate()
    years = reads.years_of_waves(user, today)
    asked, this = request.GET.get("year", ""), AcademicYear.year_of(today)
    year = next((each for each in years if str(each) == asked), AcademicYear(year=this))
    context = {
        "rows": reads.waves_of(user, year.pk, today),
        "year": year,
        "years": years,
        "many_hubs": reads.hubs_with_waves(user).count() > 1,
    }
    return render(request, "outcomes/wave/list.html", context)


@needs(Permission.KEEP_WAVES)
def new(request: AuthenticatedRequest) -> HttpResponse:
    """The form of a new wave; posted, it is made with its slips."""
    user = request.user
    hubs = reads.hubs_with_waves(user)
    year = AcademicYear.year_of(timezone.localdate())
    offered = reads.year_groups_to_ask([hub.pk for hub in hubs], user, year)
    begun = reads.begun(hubs.first(), user, year)
    form = WaveForm(request.POST or None, hubs=hubs, year_groups=offered, begun=begun)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.make(programme=form.cleaned_data["programme"], plan=form.plan(), by=user)
        except WaveRefusedError as refusal:
            form.add_error(refusal.about, str(refusal))
        else:
            messages.success(request, "The wave is made. Print its slips, and hand them out from its first day.")
            return redirect("outcomes:wave", pk=made.pk)
    context = {"form": form, "offers_year_groups": bool(offered)}
    return render(request, "outcomes/wave/new.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_WAVES)
def wave(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One wave: its groups with how many have answered, whom nobody may ask, and what is to do."""
    return _page(request, get_wave_for(request.user, pk))


def _page(
    request: AuthenticatedRequest, found: Wave, *, adults: AdultsForm | None = None, status: int = 200
) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    state, measure = reads.state_of(found, today), asked(found)
    informant = Informant(found.informant)
    is_open = found.closed_at is None
    context = {
        "wave": found,
        "measure": measure,
        "whom": reads.WHOM[informant],
        "year_groups": [reads.YEAR_GROUPS.get(each, each) for each in found.year_groups],
        "state": state,
        "is_open": is_open,
        "names_are_off": found.names_off_at is not None,
        "whole": reads.whole(found, user),
        "is_of_children": is_of_children(found),
        "is_printed": measure.licence.may_show,
        "is_keyed": measure.licence.may_show or measure.is_scores_only,
        "adults": adults or (_adults(found, user) if is_open and not is_of_children(found) else None),
    }
    return render(request, "outcomes/wave/show.html", context, status=status)


def _adults(found: Wave, user: User, posted: object = None) -> AdultsForm:
    of_schools = found.informant == Informant.STAFF
    schools = reads.schools_to_ask(found, user, timezone.localdate()) if of_schools else None
    return AdultsForm(posted, schools=schools)


@needs(Permission.KEEP_WAVES)
@require_POST
def give_slips(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Gives slips to those who have none and may be asked by now."""
    found = get_wave_for(request.user, pk)
    try:
        new_slips = acts.give_slips(wave=found, by=request.user)
    except WaveRefusedError as refusal:
        messages.error(request, f"No slips were made. {refusal}")
    else:
        messages.success(request, _slips(new_slips))
    return redirect("outcomes:wave", pk=pk)


@needs(Permission.KEEP_WAVES)
@require_POST
def give_to_adults(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Gives slips to a school's staff, or to the tutors."""
    found = get_wave_for(request.user, pk)
    form = _adults(found, request.user, request.POST)
    if form.is_valid():
        school, slips = form.cleaned_data.get("school"), form.cleaned_data["slips"]
        try:
            new_slips = acts.give_to_adults(wave=found, school=school, slips=slips, by=request.user)
        except WaveRefusedError as refusal:
            form.add_error(refusal.about if refusal.about in form.fields else None, str(refusal))
        else:
            messages.success(request, _slips(new_slips))
            return redirect("outcomes:wave", pk=pk)
    return _page(request, found, adults=form, status=422)


def _slips(many: int) -> str:
    if not many:
        return "Nobody was without a slip: none was made."
    return "1 slip was made. Print it with its group." if many == 1 else f"{many} slips were made. Print them by group."


@needs(Permission.KEEP_WAVES)
def change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another last day."""
    found = get_wave_for(request.user, pk)
    form = LastDayForm(request.POST or None, initial={"closes_on": found.closes_on})
    if request.method == "POST" and form.is_valid():
        try:
            after = acts.change_last_day(wave=found, closes_on=form.cleaned_data["closes_on"], by=request.user)
        except WaveRefusedError as refusal:
            form.add_error(refusal.about, str(refusal))
        else:
            messages.success(request, f"The wave can be answered until {dates.weekday(after.closes_on)}.")
            return redirect("outcomes:wave", pk=pk)
    context = {"form": form, "wave": found}
    return render(request, "outcomes/wave/change.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_WAVES)
def close(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and closes the wave."""
    found = get_wave_for(request.user, pk)
    if request.method == "POST":
        try:
            acts.close(wave=found, by=request.user)
        except WaveRefusedError as refusal:
            messages.error(request, f"The wave stays as it is. {refusal}")
        else:
            messages.success(request, "The wave is closed. Names are being taken off its answers.")
        return redirect("outcomes:wave", pk=pk)
    if found.closed_at is not None:
        return redirect("outcomes:wave", pk=pk)
    context = {"wave": found, "rate": reads.whole(found, request.user).rate}
    return render(request, "outcomes/wave/close.html", context)
