"""Who still needs access: each role is confirmed once a year, or ended."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.access import role_for
from inharmony.accounts.actions import certification, role
from inharmony.accounts.models import RoleAssignment
from inharmony.accounts.queries.certification import roles_due
from inharmony.accounts.validators.role import RoleRefusedError

PAGE = 50
_DIGITS = 12


@needs(Permission.MANAGE_PEOPLE)
def access(request: AuthenticatedRequest) -> HttpResponse:
    """The roles nobody has confirmed for a year, the longest first."""
    due = roles_due(request.user, timezone.localdate())
    page = Paginator(due, PAGE).get_page(request.GET.get("page"))
    rows = [{"role": each, "is_own": each.user_id == request.user.pk} for each in page]
    sees_all = request.user.reach.may_everywhere(Permission.MANAGE_PEOPLE)
    context = {"page": page, "rows": rows, "sees_all": sees_all, "can_confirm": not all(row["is_own"] for row in rows)}
    return render(request, "accounts/certification/list.html", context)


@needs(Permission.MANAGE_PEOPLE, fresh=True)
@require_POST
def confirm(request: AuthenticatedRequest) -> HttpResponse:
    """Confirms the roles ticked, or the one whose button was pressed."""
    roles = _chosen(request)
    if not roles:
        messages.error(request, "Nobody was ticked, so nothing was confirmed.")
        return redirect("accounts:access")
    try:
        made = certification.certify(roles=roles, by=request.user)
    except RoleRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        names = sorted({each.user.name for each in roles})
        messages.success(request, f"{len(made)} role{'s' * (len(made) != 1)} confirmed: {', '.join(names)}.")
    return redirect("accounts:access")


@needs(Permission.MANAGE_PEOPLE, fresh=True)
@require_POST
def end(request: AuthenticatedRequest) -> HttpResponse:
    """Ends the one role whose button was pressed, at once."""
    chosen = request.POST.get("only", "")
    found = role_for(request.user, int(chosen)) if _is_key(chosen) else None
    if found is None:
        raise Http404
    try:
        role.end(role=found, on=timezone.localdate(), by=request.user)
    except RoleRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{found.user.name}: {found} has ended; they were signed out everywhere.")
    return redirect("accounts:access")


def _chosen(request: AuthenticatedRequest) -> list[RoleAssignment]:
    """The roles named; 404 where one is foreign, over or not there."""
    named = [request.POST["only"]] if "only" in request.POST else request.POST.getlist("role")
    keys = {int(each) for each in named if _is_key(each)}
    found = list(RoleAssignment.objects.visible_to(request.user).not_over().filter(pk__in=keys).select_related("user"))
    if len(found) < len(set(named)):
        raise Http404
    return found


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _DIGITS
