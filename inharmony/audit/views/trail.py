from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.exports.trail import trail_out
from inharmony.audit.forms.trail import TrailFilter
from inharmony.audit.lines import lines
from inharmony.audit.models import AuditEvent
from inharmony.audit.queries.trail import MOST, entries_for
from inharmony.audit.record import audit
from inharmony.pages.exporting import hand_out, offer

PAGE = 50
DAYS = 30


@needs(Permission.SEE_TRAIL)
@require_GET
def trail(request: AuthenticatedRequest) -> HttpResponse:
    """GET: who did what and saw whom, newest first, in the period, of the person and kind in the address."""
    form = TrailFilter(request.GET, days=DAYS, reader=request.user)
    is_hub = bool(request.user.reach.programmes_for(Permission.SEE_TRAIL))
    context: dict[str, Any] = {"form": form, "is_hub": is_hub, "most": MOST}
    if not form.is_valid():
        return render(request, "audit/trail/list.html", context, status=422)
    since, until = form.period()
    asked = {"person": form.cleaned_data["person"], "kind": form.cleaned_data["kind"]}
    found = entries_for(request.user, since=since, until=until, **asked)
    page: Paginator[AuditEvent] = Paginator(found, PAGE)
    shown = page.get_page(request.GET.get("page"))
    context |= {"page": shown, "lines": lines(list(shown), request.user)}
    if context["lines"]:
        context["export"] = offer(request, "audit:trail-export", what="entries")
    _audit_look(request)
    return render(request, "audit/trail/list.html", context)


@needs(Permission.SEE_TRAIL, fresh=True)
@require_POST
def trail_export(request: AuthenticatedRequest) -> HttpResponse:
    """POST: the same entries as a spreadsheet; a period that cannot be is shown on the page."""
    form = TrailFilter(request.GET, days=DAYS, reader=request.user)
    if not form.is_valid():
        return render(request, "audit/trail/list.html", {"form": form}, status=422)
    since, until = form.period()
    asked = {"person": form.cleaned_data["person"], "kind": form.cleaned_data["kind"]}
    found = entries_for(request.user, since=since, until=until, **asked)
    return hand_out(request, trail_out(lines(list(found), request.user), about=f"{since} to {until}"))


def _audit_look(request: AuthenticatedRequest) -> None:
    """One entry for each hub whose trail is looked at; one of no hub for the portal's."""
    for hub in request.user.reach.programmes_for(Permission.SEE_TRAIL) or {None}:
        audit(act="trail.viewed", by=request.user, programme_id=hub)
