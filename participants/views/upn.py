"""The one page that shows a UPN: of one child, asked for, proven, noted in the trail, and kept nowhere."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from participants.validators.identity import SealError, unseal
from participants.views.child import audit_sight, get_child_for

log = logging.getLogger(__name__)


@never_cache
@needs(Permission.SEE_UPN, fresh=True)
def upn(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks whether to show a child's UPN; pressed, shows it once. Opening the address never does."""
    child = get_child_for(request.user, pk, to=Permission.SEE_UPN)
    context: dict[str, object] = {"child": child, "is_pressed": request.method == "POST"}
    if request.method == "POST" and child.upn_sealed:
        try:
            context["upn"] = unseal(child.upn_sealed)
        except SealError:
            log.error(  # noqa: TRY400 - there is nothing in the traceback
                "A sealed UPN cannot be opened: IDENTITY_KEY is not the one it was sealed with"
            )
            audit_sight(request.user, child)
        else:
            audit(
                act="upn.shown",
                by=request.user,
                programme_id=child.programme_id,
                subject=child,
                children=[child.pk],
            )
    else:
        audit_sight(request.user, child)
    return render(request, "participants/upn/show.html", context)
