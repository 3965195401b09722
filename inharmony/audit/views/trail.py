from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.forms.trail import TrailFilter
from inharmony.audit.lines import lines
from inharmony.audit.models import AuditEvent
from inharmony.audit.queries.trail import MOST, entries_for
from inharmony.audit.record import audit

PAGE = 50
DAYS = 30


@needs(Permission.SEE_TRAIL)
@require_GET
def trail(request: AuthenticatedRequest) -> HttpResponse:
    """GET: who did what and saw whom, newest first, in the period, of the person and kind in the address."""
    form = TrailFilter(request.GET, days=DAYS, reader=request.user)
    context = {"form": form, "is_hub": bool(request.user.reach.programmes_for(Permission.SEE_TRAIL)), "most": MOST}
    if not form.is_valid():
        return render(request, "audit/trail/list.html", context, status=422)
    since, until = form.period()
    asked = {"person": form.cleaned_data["person"], "kind": form.cleaned_data["kind"]}
    found = entries_for(request.user, since=since, until=until, **asked)
    page: Paginator[AuditEvent] = Paginator(found, PAGE)
    shown = page.get_page(request.GET.get("page"))
    context |= {"page": shown, "lines": lines(list(shown), request.user)}
    _audit_look(request)
    return render(request, "audit/trail/list.html", context)


def _audit_look(request: AuthenticatedRequest) -> None:
    """One entry for each hub whose trail is looked at; one of no hub for the portal's."""
    for hub in request.user.reach.programmes_for(Permission.SEE_TRAIL) or {None}:
        audit(act="trail.viewed", by=request.user, programme_id=hub)
