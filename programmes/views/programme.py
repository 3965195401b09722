"""Hubs, for whoever brings them in: all of them, a new one, one with what it still needs."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.access.roles import MANAGER
from programmes.access import kept_programme
from programmes.actions import programme as acts
from programmes.forms.programme import HubForm, PlaceForm
from programmes.models import Partnership, Place, Programme, SharingAgreement
from programmes.queries.programme import Step, hubs, managers_of, state, steps


@needs(Permission.KEEP_HUBS)
def programmes(request: AuthenticatedRequest) -> HttpResponse:
    """All hubs with their state."""
    return render(request, "programmes/programme/list.html", {"lines": hubs(request.user, timezone.localdate())})


@needs(Permission.KEEP_HUBS, fresh=True)
def begin(request: AuthenticatedRequest) -> HttpResponse:
    """The form for a new hub, and the act."""
    form = HubForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            made = acts.begin(
                programme=form.programme(),
                authority=chosen["authority"],
                starts_on=chosen["starts_on"],
                by=request.user,
            )
        except (acts.HubRefusedError, ValidationError) as refusal:
            form.add_error(None, getattr(refusal, "messages", None) or str(refusal))
        else:
            messages.success(request, f"{made.short_name} is a hub now. Below stands what it still needs.")
            return redirect("programmes:hub", slug=made.slug)
    return render(request, "programmes/programme/new.html", {"form": form}, status=422 if form.errors else 200)


@needs(Permission.KEEP_HUBS)
def programme(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """One hub: what it needs, its agreements, places, schools and managers."""
    found = kept_programme(request.user, slug)
    today = timezone.localdate()
    needed = steps(found, today)
    partnerships = Partnership.objects.filter(programme=found).select_related("school").exclude(ends_on__lt=today)
    context = {
        "programme": found,
        "state": state(found, today),
        "missing": [_row(step, found) for step in needed if not step.is_done],
        "done": [step for step in needed if step.is_done],
        "closing": found.closings.standing().select_related("closed_by").first(),
        "agreements": SharingAgreement.objects.filter(programme=found).select_related("recorded_by"),
        "places": Place.objects.filter(programme=found).exclude(ends_on__lt=today),
        "partnerships": partnerships.order_by("school__name"),
        "managers": managers_of(found),
        "today": today,
    }
    return render(request, "programmes/programme/show.html", context)


def _row(step: Step, programme_: Programme) -> dict[str, object]:
    """A missing thing with its remedy."""
    invite = urlencode({"role": MANAGER.name, "programme": programme_.pk})
    remedies = {
        "agreement": ("Sharing agreement", "Record it", reverse("programmes:agreement-new", args=[programme_.slug])),
        "manager": ("First manager", "Invite somebody", f"{reverse('accounts:invite')}?{invite}"),
        "school": ("Partner school", "Add a school", reverse("programmes:partnership-new", args=[programme_.slug])),
    }
    title, action, href = remedies[step.key]
    return {"title": title, "words": step.words, "action": action, "href": href}


@needs(Permission.KEEP_HUBS, fresh=True)
def serve(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The form that adds a place, and the act."""
    found = kept_programme(request.user, slug)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            place = acts.serve(programme=found, by=request.user, **form.cleaned_data)
        except acts.HubRefusedError as refusal:
            form.add_error("authority", str(refusal))
        else:
            messages.success(request, f"{found.short_name} serves {place.name} from {place.starts_on:%-d %B %Y} on.")
            return redirect("programmes:hub", slug=slug)
    context = {"form": form, "programme": found}
    return render(request, "programmes/programme/place.html", context, status=422 if form.errors else 200)
