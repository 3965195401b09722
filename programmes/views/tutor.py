from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.access import person_for
from inharmony.accounts.models import RoleAssignment, User
from programmes.actions import tutor
from programmes.forms.tutor import LeadsForm
from programmes.models import Programme


def programme_for(user: User, person: User, slug: str) -> Programme:
    """Returns a hub whose people one manages and for which the person works; raises Http404 or PermissionDenied."""
    programme = get_object_or_404(Programme.objects.visible_to(user), slug=slug)
    if not user.reach.may(Permission.MANAGE_PEOPLE, programme_id=programme.pk):
        raise PermissionDenied
    held = RoleAssignment.objects.visible_to(user).not_over().filter(user=person, programme=programme)
    if not held.exists():
        raise Http404
    return programme


@needs(Permission.MANAGE_PEOPLE, fresh=True)
def leads(request: AuthenticatedRequest, pk: int, slug: str) -> HttpResponse:
    """Which ensembles somebody leads: the form, and the act."""
    person = person_for(request.user, pk)
    programme = programme_for(request.user, person, slug)
    form = LeadsForm(request.POST or None, person=person, programme=programme, by=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            tutor.lead(
                person=person,
                programme=programme,
                ensembles=chosen["ensembles"],
                tutor=chosen.get("tutor"),
                by=request.user,
            )
        except tutor.LeadRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved. {person.name} sees the sessions and the children of what they lead.")
            return redirect("accounts:person", pk=pk)
    context = {"form": form, "person": person, "programme": programme}
    return render(request, "programmes/tutor/leads.html", context, status=422 if form.errors else 200)
