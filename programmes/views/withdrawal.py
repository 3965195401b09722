"""Taking an entry off every page, and bringing what it said back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages.fields import problems
from programmes.actions import entry as acts
from programmes.forms.entry import WhyForm, of_version
from programmes.kinds import Kind
from programmes.kinds.kind import Row
from programmes.models import EntryVersion
from programmes.queries.as_shown import shown_as
from programmes.queries.versions import number_of
from programmes.views.entry import own_page
from programmes.views.record import kept_entry


@needs(Permission.KEEP_RECORD, fresh=True)
def withdraw(request: AuthenticatedRequest, key: str, pk: int) -> HttpResponse:
    """Asks why, and takes an entry off every page; it can be brought back."""
    kind, row = kept_entry(request.user, key, pk)
    if not kind.can_withdraw:
        raise Http404
    form = WhyForm(request.POST or None, initial={"version": number_of(kind, row)})
    if request.method == "POST" and form.is_valid():
        try:
            acts.withdraw(kind=kind, row=row, by=request.user, **form.cleaned_data)
        except acts.EntryRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Withdrawn: no page shows this {kind.noun} any more. Bring it back below.")
            return redirect("programmes:entry", kind.key, row.pk)
    context = {"kind": kind, "row": row, "line": kind.line(row), "form": form, "back": own_page(kind, row)}
    return render(request, "programmes/entry/withdraw.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_RECORD, fresh=True)
def restore(request: AuthenticatedRequest, key: str, pk: int) -> HttpResponse:
    """Shows an earlier version as a reader would see it, asks why, and brings it back as a new version."""
    kind, row = kept_entry(request.user, key, pk)
    earlier = _version(kind, row, request.GET.get("version", ""))
    asked = WhyForm(request.POST or None, initial={"version": number_of(kind, row)})
    why = request.POST.get("why", "")
    former = of_version(kind, earlier.values, by=request.user, row=row, seen=number_of(kind, row), why=why or "-")
    is_sound = former.is_valid()
    if request.method == "POST" and asked.is_valid() and is_sound:
        try:
            acts.restore(kind=kind, row=row, number=earlier.number, by=request.user, **asked.cleaned_data)
        except (acts.EntryRefusedError, ValidationError) as refusal:
            asked.add_error(None, getattr(refusal, "messages", None) or str(refusal))
        else:
            messages.success(request, f"Version {earlier.number} is back, as a new version.")
            return redirect("programmes:entry", kind.key, row.pk)
    context = {
        "kind": kind,
        "row": row,
        "line": kind.line(row),
        "earlier": earlier,
        "form": asked,
        "problems": problems(former),
        "shown": shown_as(kind, former.entry(), former.values()) if is_sound else None,
        "back": own_page(kind, row),
    }
    return render(request, "programmes/entry/restore.html", context, status=422 if asked.errors else 200)


def _version(kind: Kind, row: Row, asked: str) -> EntryVersion:
    found = EntryVersion.objects.filter(kind=kind.key, entry=row.pk)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else None
    version = found.filter(number=number).select_related("written_by").first() if number is not None else None
    if version is None:
        raise Http404
    return version
