"""Each table of a hub as a file: the very table of the page, exact, marked not for publication."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from evaluation.exports.hub import hub_table_out
from evaluation.figures.own import years_of_table
from evaluation.views.hub.frame import asked
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from inharmony.spreadsheets.writing import CONTENT_TYPES, CSV, ODS


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_table(request: AuthenticatedRequest, slug: str, key: str, kind: str) -> HttpResponse:
    """GET: a table of the hub's figures as a file of the kind; for who may take lists of the hub out of the portal."""
    found = asked(request, slug)
    if not request.user.reach.may(Permission.EXPORT_LISTS, programme_id=found.programme.pk):
        raise PermissionDenied
    if kind not in (CSV, ODS):
        raise Http404
    try:
        table = found.numbers.table(key)
    except KeyError:
        raise Http404 from None
    made = hub_table_out(found.numbers.source, found.programme, table, kind)
    period = years_of_table(table) or found.period.title
    details = {"table": table.key, "period": period, "rows": len(table.rows), "format": kind}
    audit(act="hub_figures.exported", by=request.user, programme_id=found.programme.pk, details=details)
    return HttpResponse(
        made.data,
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
