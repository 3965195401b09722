from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.actions import ensemble as acts
from programmes.forms.ensemble import EnsembleForm
from programmes.models import Ensemble, Programme


def programme_of_ensembles(user: User, slug: str) -> Programme:
    """Returns a hub whose ensembles the person keeps; 404 for one they have no part in, 403 for one they only see."""
    found = get_object_or_404(Programme.objects.visible_to(user), slug=slug)
    if not user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.pk):
        raise PermissionDenied
    return found


def kept_ensemble(user: User, pk: int) -> Ensemble:
    """Returns an ensemble the person keeps; 404 for one they do not see, 403 for one they only see."""
    found = get_object_or_404(Ensemble.objects.visible_to(user).select_related("school", "programme"), pk=pk)
    if not user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id):
        raise PermissionDenied
    return found


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
def new(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The form that makes an ensemble, and the act."""
    programme = programme_of_ensembles(request.user, slug)
    form = EnsembleForm(request.POST or None, programme=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.make(ensemble=form.instance, tutors=form.cleaned_data["tutors"], by=request.user)
        except acts.EnsembleRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"{made.name} is there. Take in its children: a class, a year group, or one child."
            )
            return redirect("participants:ensemble", pk=made.pk)
    context = {"form": form, "programme": programme}
    return render(request, "programmes/ensemble/new.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
def change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form that changes an ensemble, and the act."""
    found = kept_ensemble(request.user, pk)
    name = found.name
    form = EnsembleForm(request.POST or None, instance=found, programme=found.programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            changed = acts.change(ensemble=form.instance, tutors=form.cleaned_data["tutors"], by=request.user)
        except acts.EnsembleRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{found.name} is saved." if changed else f"Nothing of {name} was changed.")
            return redirect("participants:ensemble", pk=pk)
    context = {"form": form, "ensemble": found, "name": name}
    return render(request, "programmes/ensemble/change.html", context, status=422 if form.errors else 200)
