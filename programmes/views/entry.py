"""Writing an entry: asked for, shown as a reader would see it, published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from programmes.actions import entry as acts
from programmes.forms.entry import EntryForm
from programmes.kinds import Kind
from programmes.kinds.kind import Row
from programmes.models import EntryVersion
from programmes.queries.as_shown import shown_as
from programmes.queries.versions import differences, last_version, number_of
from programmes.views import drafts
from programmes.views.record import kept_entry, kept_kind


@needs(Permission.KEEP_RECORD)
def new(request: AuthenticatedRequest, key: str) -> HttpResponseBase:
    """The form of a new entry; posted, the entry as a reader would see it."""
    kind = kept_kind(key)
    if not kind.can_begin:
        raise Http404
    return _written(request, kind, None)


@needs(Permission.KEEP_RECORD)
def change(request: AuthenticatedRequest, key: str, pk: int) -> HttpResponseBase:
    """The form of an entry; posted, the entry as a reader would see it."""
    kind, row = kept_entry(request.user, key, pk)
    if getattr(row, "withdrawn_on", None):
        messages.info(request, f"This {kind.noun} is withdrawn. Bring an earlier version back first.")
        return redirect("programmes:entry", kind.key, row.pk)
    return _written(request, kind, row)


@needs(Permission.KEEP_RECORD, fresh=True)
@require_POST
def publish_new(request: AuthenticatedRequest, key: str) -> HttpResponseBase:
    """Writes a new entry as it was shown."""
    kind = kept_kind(key)
    if not kind.can_begin:
        raise Http404
    return _published(request, kind, None)


@needs(Permission.KEEP_RECORD, fresh=True)
@require_POST
def publish(request: AuthenticatedRequest, key: str, pk: int) -> HttpResponseBase:
    """Writes a changed entry as it was shown."""
    return _published(request, *kept_entry(request.user, key, pk))


def _written(request: AuthenticatedRequest, kind: Kind, row: Row | None) -> HttpResponseBase:
    seen = number_of(kind, row) if row is not None else 0
    if request.method != "POST":
        return _begun(request, kind, row, seen)
    press = request.POST.get("press")
    form = EntryForm(request.POST, kind=kind, by=request.user, row=row, seen=seen)
    if press in ("discard", "change"):
        drafts.forget(request, kind, row)
        return (
            redirect(own_page(kind, row)) if press == "discard" else _ask(request, kind, row, _unjudged(form, request))
        )
    if form.is_valid() and row is not None and form.cleaned_data["version"] != seen:
        return _stale(request, kind, row, form)
    if form.is_valid() and not form.is_changed():
        form.add_error(None, "Nothing is changed. Change a field, or leave the page.")
    if not form.is_valid():
        return _ask(request, kind, row, form)
    drafts.keep(request, kind, row)
    return _preview(request, kind, row, form)


def _begun(request: AuthenticatedRequest, kind: Kind, row: Row | None, seen: int) -> HttpResponse:
    """The form as the entry is, or what was written here and not published yet."""
    draft = drafts.found(request, kind, row)
    if draft is None:
        form = EntryForm(kind=kind, by=request.user, row=row, seen=seen, initial=_given(request))
        return _ask(request, kind, row, form)
    form = EntryForm(draft.posted, kind=kind, by=request.user, row=row, seen=seen)
    return _preview(request, kind, row, form, draft.at) if form.is_valid() else _ask(request, kind, row, form)


def _published(request: AuthenticatedRequest, kind: Kind, row: Row | None) -> HttpResponseBase:
    form = EntryForm(request.POST, kind=kind, by=request.user, row=row)
    if not form.is_valid():
        return _ask(request, kind, row, form)
    said = form.cleaned_data
    try:
        kept = acts.keep(
            kind=kind,
            row=row if row is not None else kind.model(),
            values=form.values(),
            why=said.get("why", ""),
            version=said["version"] or 0,
            by=request.user,
        )
    except acts.StaleError:
        return _stale(request, kind, row, form)
    except acts.EntryRefusedError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    else:
        drafts.forget(request, kind, row)
        public = "Published: public pages show it from now on."
        messages.success(request, public if kind.is_public(kept) else "Saved. It is on no public page.")
        return redirect("programmes:entry", kind.key, kept.pk)
    return _ask(request, kind, row, form)


def _stale(request: AuthenticatedRequest, kind: Kind, row: Row, form: EntryForm) -> HttpResponse:
    """What the other wrote, above what this person wrote; pressed again, it goes over the other's."""
    last = last_version(kind, row)
    seen = EntryVersion.objects.filter(kind=kind.key, entry=row.pk, number=form.cleaned_data["version"] or 1).first()
    theirs = differences(kind, seen.values, last.values) if seen is not None and last is not None else []
    anew = _unjudged(form, request, seen=last.number if last else 0)
    return _ask(request, kind, row, anew, theirs=theirs, other=last)


def _ask(request: AuthenticatedRequest, kind: Kind, row: Row | None, form: EntryForm, **more: Any) -> HttpResponse:
    context = {"kind": kind, "row": row, "form": form, "back": own_page(kind, row), **more}
    context["line"] = kind.line(row) if row is not None else ""
    wrong = bool(form.is_bound and form.errors) or "theirs" in more
    return render(request, "programmes/entry/form.html", context, status=422 if wrong else 200)


def _preview(
    request: AuthenticatedRequest, kind: Kind, row: Row | None, form: EntryForm, left_at: Any = None
) -> HttpResponse:
    shown, of = form.entry(), [kind.key, *([row.pk] if row is not None else [])]
    context = {
        "kind": kind,
        "row": row,
        "shown": shown_as(kind, shown, form.values()),
        "posted": [(name, value) for name, values in _again(form).lists() for value in values],
        "is_public": kind.is_public(shown),
        "why": form.cleaned_data.get("why", ""),
        "asking": reverse("programmes:entry-change" if row else "programmes:entry-new", args=of),
        "publishing": reverse("programmes:entry-publish" if row else "programmes:entry-publish-new", args=of),
        "left_at": left_at,
    }
    return render(request, "programmes/entry/preview.html", context)


def _again(form: EntryForm) -> Any:
    """What was posted of a form's own fields, to be posted once more."""
    posted: Any = form.data
    data = posted.copy()
    for name in set(data) - set(form.fields):
        del data[name]
    return data


def _unjudged(form: EntryForm, request: AuthenticatedRequest, seen: int | None = None) -> EntryForm:
    """Returns the form with what was written and without a word about it."""
    row = form.row if form.row.pk is not None else None
    written = {
        name: request.POST.getlist(name) if name in form.kind.many else request.POST.get(name, "")
        for name in form.fields
        if name != "version"
    }
    version = seen if seen is not None else request.POST.get("version") or 0
    return EntryForm(kind=form.kind, by=request.user, row=row, initial={**written, "version": version})


def _given(request: AuthenticatedRequest) -> dict[str, str]:
    """What an address gives a new entry: of which milestone, study or agreement it is."""
    names = ("milestone", "study", "agreement", "organisation")
    return {name: request.GET[name] for name in names if name in request.GET}


def own_page(kind: Kind, row: Row | None) -> str:
    """Returns the address of an entry, or of its kind while there is none."""
    if row is None:
        return reverse("programmes:entries", args=[kind.key])
    return reverse("programmes:entry", args=[kind.key, row.pk])
