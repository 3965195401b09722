"""Where sessions happen: a hub's venues, made, changed, ended and used again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from inharmony.pages.exporting import hand_out, offer
from programmes.actions import venue as acts
from programmes.exports.venue import venues_out
from programmes.forms.venue import EndForm, VenueForm
from programmes.models import Programme, Venue
from programmes.queries.venue import venues_kept
from programmes.views.ensemble import programme_of_ensembles


def kept_venue(user: User, pk: int) -> Venue:
    """Returns a venue of a hub whose timetable the person keeps; 404 for one next door, 403 for one they only see."""
    found = get_object_or_404(Venue.objects.visible_to(user).select_related("school", "programme"), pk=pk)
    if not user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id):
        raise PermissionDenied
    return found


@needs(Permission.KEEP_ENSEMBLES)
def venues(request: AuthenticatedRequest) -> HttpResponse:
    """The venues of the person's hubs: those in use, and below them those that are not used any more."""
    used, ended = venues_kept(request.user, timezone.localdate())
    hubs = Programme.objects.visible_to(request.user).filter(
        pk__in=request.user.reach.programmes_for(Permission.KEEP_ENSEMBLES)
    )
    context: dict[str, Any] = {"used": used, "ended": ended, "hubs": list(hubs)}
    if used or ended:
        context["export"] = offer(request, "programmes:venues-export", what="venues")
    return render(request, "programmes/venue/list.html", context)


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
@require_POST
def venues_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same venues as a spreadsheet."""
    used, ended = venues_kept(request.user, timezone.localdate())
    return hand_out(request, venues_out([*used, *ended]))


@needs(Permission.KEEP_ENSEMBLES)
def new(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The form that makes a venue, and the act."""
    programme = programme_of_ensembles(request.user, slug)
    form = VenueForm(request.POST or None, programme=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        made = acts.make(venue=form.instance, by=request.user)
        messages.success(request, f"{made} is there, and sessions can be in it.")
        return redirect("programmes:venues")
    context = {"form": form, "programme": programme}
    return render(request, "programmes/venue/new.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_ENSEMBLES)
def change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form that changes a venue, and the act; it is ended from here."""
    found = kept_venue(request.user, pk)
    name = str(found)
    form = VenueForm(request.POST or None, instance=found, programme=found.programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        changed = acts.change(venue=form.instance, by=request.user)
        messages.success(request, f"{found} is saved." if changed else f"Nothing of {name} was changed.")
        return redirect("programmes:venues")
    context = {"form": form, "venue": found, "name": name, "ending": EndForm(venue=found, by=request.user)}
    return render(request, "programmes/venue/change.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ends the use of a venue after a day; another takes over its later sessions where one is chosen."""
    found = kept_venue(request.user, pk)
    form = EndForm(request.POST, venue=found, by=request.user)
    if form.is_valid():
        day, instead = form.cleaned_data["last_day"], form.cleaned_data["instead"]
        try:
            moved = acts.end(venue=found, on=day, instead=instead, by=request.user)
        except acts.VenueRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = f"{found} is used until {dates.day(day)}."
            words += f" {moved} session{'s' * (moved != 1)} went to {instead}." if moved else ""
            messages.success(request, words)
            return redirect("programmes:venues")
    context = {"venue": found, "name": str(found), "ending": form}
    context["form"] = VenueForm(instance=found, programme=found.programme, by=request.user)
    return render(request, "programmes/venue/change.html", context, status=422)


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Lets a venue be used again."""
    found = kept_venue(request.user, pk)
    acts.reopen(venue=found, by=request.user)
    messages.success(request, f"{found} is used again.")
    return redirect("programmes:venues")
