"""Worried about a child: whom to call, and who keeps the numbers. These pages name no child and keep none."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.actions import safeguarding
from programmes.forms.safeguarding import ContactForm
from programmes.models import SafeguardingContact
from programmes.queries.safeguarding import contact_places, earlier_contacts, hubs_with_contacts


@needs(Permission.SEE_SAFEGUARDING)
def worried(request: AuthenticatedRequest) -> HttpResponse:
    """Whom to call, in order. That somebody opened it is written down nowhere."""
    chosen = request.GET.get("school", "")
    school = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None
    context = {
        "hubs": hubs_with_contacts(request.user, timezone.localdate(), school=school),
        "keeps": request.user.reach.may(Permission.KEEP_SAFEGUARDING),
    }
    return render(request, "programmes/safeguarding/worried.html", context)


@needs(Permission.KEEP_SAFEGUARDING)
def contacts(request: AuthenticatedRequest) -> HttpResponse:
    """Who is called for each school, hub and authority, and for whom nobody is."""
    today = timezone.localdate()
    kept = contact_places(request.user, today)
    context = {
        "kept": kept,
        "missing": sum(one.contact is None for one in kept),
        "earlier": earlier_contacts(request.user, today),
    }
    return render(request, "programmes/safeguarding/contacts.html", context)


@needs(Permission.KEEP_SAFEGUARDING)
def keep(request: AuthenticatedRequest) -> HttpResponse:
    """The form for a contact, and the act."""
    form = ContactForm(request.POST or None, by=request.user, initial={"place": request.GET.get("for", "")})
    if request.method == "POST" and form.is_valid():
        try:
            safeguarding.keep_contact(
                place=form.chosen(), caller=form.caller(), starts_on=form.cleaned_data["starts_on"], by=request.user
            )
        except safeguarding.ContactRefusedError as refusal:
            form.add_error("starts_on", str(refusal))
        else:
            messages.success(request, f"Kept: {form.chosen().title}.")
            return redirect("programmes:safeguarding-contacts")
    context = {"form": form}
    return render(request, "programmes/safeguarding/keep.html", context, status=422 if form.errors else 200)


def get_contact_for(user: User, pk: int) -> SafeguardingContact:
    """Returns a contact the person keeps; 404 for one they do not see, 403 for one that others keep."""
    contact = get_object_or_404(SafeguardingContact.objects.visible_to(user).select_related("school"), pk=pk)
    if not user.reach.may(Permission.KEEP_SAFEGUARDING, programme_id=contact.programme_id):
        raise PermissionDenied
    return contact


@needs(Permission.KEEP_SAFEGUARDING)
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and lets a contact be called no more."""
    contact = get_contact_for(request.user, pk)
    if request.method == "POST":
        safeguarding.end_contact(contact=contact, by=request.user)
        messages.success(request, "The contact has ended. Enter who is called instead.")
        return redirect("programmes:safeguarding-contacts")
    return render(request, "programmes/safeguarding/end.html", {"contact": contact})
