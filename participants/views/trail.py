from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.forms.trail import PeriodFilter
from inharmony.audit.record import audit
from participants.models import Child
from participants.queries.trail import MOST, trail_of

PAGE = 50
DAYS = 365


def get_child_for(user: User, pk: int) -> Child:
    """Returns a child the person sees; 404 for any other, there or not."""
    return get_object_or_404(Child.objects.visible_to(user).select_related("programme"), pk=pk)


@needs(Permission.SEE_TRAIL)
@require_GET
def child_trail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: who saw this child, and what was changed by whom, between the dates in the address."""
    child = get_child_for(request.user, pk)
    if not request.user.reach.may(Permission.SEE_TRAIL, programme_id=child.programme_id):
        raise PermissionDenied
    form = PeriodFilter(request.GET, days=DAYS)
    context = {"child": child, "form": form, "most": MOST}
    audit(
        act="trail.child_viewed",
        by=request.user,
        programme_id=child.programme_id,
        subject=child,
        children=[child.pk],
    )
    if not form.is_valid():
        return render(request, "participants/trail/child.html", context, status=422)
    since, until = form.period()
    told = trail_of(child, request.user, since=since, until=until)
    page = Paginator(told[:MOST], PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "lines": page.object_list, "has_more": len(told) > MOST}
    return render(request, "participants/trail/child.html", context)
