"""Protecting a child, and no longer: each asked once. What is said afterwards names nobody: it travels in a cookie."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from participants.actions import at_risk
from participants.views.child import audit_sight, get_child_for


@needs(Permission.FLAG_AT_RISK)
def protect(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks, saying what it does, and keeps the child off paper, out of pictures and out of lists."""
    child = get_child_for(request.user, pk, to=Permission.FLAG_AT_RISK)
    if request.method == "POST":
        at_risk.flag_at_risk(child=child, by=request.user)
        messages.success(request, "This child is protected from now on.")
        return redirect("participants:child", pk=pk)
    audit_sight(request.user, child)
    return render(request, "participants/at_risk/protect.html", {"child": child})


@needs(Permission.FLAG_AT_RISK, fresh=True)
def unprotect(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks, and treats the child like every other again."""
    child = get_child_for(request.user, pk, to=Permission.FLAG_AT_RISK)
    if request.method == "POST":
        at_risk.clear_at_risk(child=child, by=request.user)
        messages.success(request, "This child is not protected any more.")
        return redirect("participants:child", pk=pk)
    audit_sight(request.user, child)
    return render(request, "participants/at_risk/unprotect.html", {"child": child})
