from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.actions import breach as acts
from inharmony.audit.deadline import deadline
from inharmony.audit.forms.breach import AmendForm, NoteForm
from inharmony.audit.models import Breach, BreachVersion
from inharmony.audit.queries.breach import log_for, may_keep, versions_of, written
from inharmony.audit.words import field_words


def get_breach_for(user: User, pk: int) -> Breach:
    """Returns a breach the person may read; 404 for any other, there or not."""
    return get_object_or_404(Breach.objects.visible_to(user).select_related("programme", "noted_by"), pk=pk)


@needs(Permission.KEEP_BREACHES)
@require_GET
def breaches(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the breach log, with what is left of the 72 hours of each."""
    now = timezone.now()
    rows = [{"known": known, "deadline": deadline(known, now)} for known in log_for(request.user)]
    return render(request, "audit/breach/list.html", {"rows": rows})


@needs(Permission.KEEP_BREACHES)
def note(request: AuthenticatedRequest) -> HttpResponse:
    """The form that notes a breach, and the act."""
    form = NoteForm(request.POST or None, by=request.user, initial={"noticed_at": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        made = acts.note(version=form.save(commit=False), programme_id=form.cleaned_data["hub"], by=request.user)
        messages.success(request, "Noted. Decide next whether the ICO and families must be told.")
        return redirect("audit:breach", pk=made.pk)
    return render(request, "audit/breach/note.html", {"form": form}, status=422 if form.errors else 200)


@needs(Permission.KEEP_BREACHES)
@require_GET
def breach(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: what is known of a breach, what is left to do, and how the entry came to be."""
    found = get_breach_for(request.user, pk)
    versions = versions_of(found)
    known = versions[-1]
    history = [(version, field_words(version.changed)) for version in written(versions)]
    context = {
        "breach": found,
        "known": known,
        "kinds": [BreachVersion.Kind(kind).label for kind in known.kinds],
        "deadline": deadline(known, timezone.now()),
        "history": history,
        "keeps": may_keep(request.user, found),
    }
    return render(request, "audit/breach/show.html", context)


@needs(Permission.KEEP_BREACHES)
def amend(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form that amends a breach, with what is known now in it, and the act."""
    found = get_breach_for(request.user, pk)
    if not may_keep(request.user, found):
        raise PermissionDenied
    known = versions_of(found)[-1]
    form = AmendForm(request.POST or None, initial=model_to_dict(known) | {"seen": known.number})
    if request.method == "POST" and form.is_valid():
        try:
            acts.amend(breach=found, version=form.save(commit=False), seen=form.cleaned_data["seen"], by=request.user)
        except acts.BreachRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Amended. What was known before is kept below.")
            return redirect("audit:breach", pk=pk)
    return render(
        request, "audit/breach/amend.html", {"form": form, "breach": found}, status=422 if form.errors else 200
    )
