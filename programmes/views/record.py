"""The record as whoever keeps it reads it: all kinds, the entries of one, one entry with its versions."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.exporting import hand_out, offer
from programmes.exports.entry import entries_out
from programmes.forms.record import ListForm
from programmes.kinds import KINDS, SHELVES, Kind
from programmes.kinds.kind import Row
from programmes.models import Programme
from programmes.queries.entry import changed_last, listed, rows_of, touched_among
from programmes.queries.versions import facts, versions

PAGE = 50


def kept_kind(key: str) -> Kind:
    """Returns a kind of entry by the word in its address; raises Http404."""
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def kept_entry(user: User, key: str, pk: int) -> tuple[Kind, Row]:
    """Returns an entry that the person keeps, with its kind; 404 for one that others keep."""
    kind = kept_kind(key)
    row = rows_of(kind).filter(pk__in=kind.kept_by(user).values("pk"), pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return kind, row


@needs(Permission.KEEP_RECORD)
@require_GET
def record(request: AuthenticatedRequest) -> HttpResponse:
    """What the person keeps, by kind, and what was changed last."""
    shelves = [(title, [(kind, _count(kind, request.user)) for kind in shelf]) for title, shelf in SHELVES]
    everywhere = request.user.reach.may_everywhere(Permission.KEEP_RECORD)
    context = {"shelves": shelves, "changed": changed_last(request.user), "everywhere": everywhere}
    return render(request, "programmes/entry/record.html", context)


def _count(kind: Kind, user: User) -> int:
    rows = kind.kept_by(user)
    rows = rows.filter(withdrawn_on__isnull=True) if kind.can_withdraw else rows
    return int(rows.aggregate(many=Count("pk", distinct=True))["many"])


def _filters(request: AuthenticatedRequest, kind: Kind) -> ListForm:
    everywhere = request.user.reach.may_everywhere(Permission.KEEP_RECORD)
    mine = request.user.reach.programmes_for(Permission.KEEP_RECORD)
    hubs = Programme.objects.all() if everywhere else Programme.objects.filter(pk__in=mine)
    return ListForm(request.GET, kind=kind, hubs=list(hubs), everywhere=everywhere)


@needs(Permission.KEEP_RECORD)
@require_GET
def entries(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """The entries of a kind that the person keeps: found by words, by hub, withdrawn or not, in any order."""
    kind = kept_kind(key)
    form = _filters(request, kind)
    asked = form.asked()
    pages: Paginator[Row] = Paginator(listed(kind, request.user, **asked), PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = list(page)
    touched = touched_among(kind, rows)
    context: dict[str, Any] = {
        "kind": kind,
        "filters": form,
        "page": page,
        "lines": [_line(kind, row, touched) for row in rows],
        "is_narrowed": any(asked[name] not in ("", None) for name in ("find", "hub", "state")),
        "shows_hubs": bool(kind.path) and kind.path != "pk",
    }
    if rows:
        context["export"] = offer(request, "programmes:entries-export", kind.key, what=kind.plural)
    return render(request, "programmes/entry/list.html", context)


def _hub_words(kind: Kind, row: Row) -> str:
    """The hubs an entry is of, as people say them."""
    return ", ".join(hub.short_name for hub in kind.hubs_of(row)) or "In Harmony as a whole"


def _line(kind: Kind, row: Row, touched: set[int]) -> dict[str, Any]:
    """One entry as a line of the list."""
    return {
        "row": row,
        "line": kind.line(row),
        "when": kind.when(row),
        "hubs": _hub_words(kind, row),
        "touched": row.pk in touched,
    }


@needs(Permission.KEEP_RECORD, fresh=True)
@require_POST
def entries_export(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """The same entries as a spreadsheet, with all they say."""
    kind = kept_kind(key)
    found = listed(kind, request.user, **_filters(request, kind).asked())
    return hand_out(request, entries_out(kind, found))


@needs(Permission.KEEP_RECORD)
@require_GET
def entry(request: AuthenticatedRequest, key: str, pk: int) -> HttpResponse:
    """One entry: what it says, where it is shown, its versions and what each of them changed."""
    kind, row = kept_entry(request.user, key, pk)
    context = {
        "kind": kind,
        "row": row,
        "line": kind.line(row),
        "hubs": _hub_words(kind, row) if kind.path else "",
        "facts": facts(kind, row),
        "versions": versions(kind, row),
        "pages": [one for one in kind.pages(row) if one.href],
        "is_public": kind.is_public(row),
        "withdrawn_on": getattr(row, "withdrawn_on", None),
    }
    return render(request, "programmes/entry/show.html", context)
