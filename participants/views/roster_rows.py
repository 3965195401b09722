"""Rows of a class list put right before it is accepted: cells, close matches, who leaves, which classes join."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from participants.actions import roster as acts
from participants.actions import roster_accepting, roster_deciding
from participants.forms.roster import decisions_in
from participants.forms.roster_rows import JoinsForm, LeaversForm, texts_in
from participants.imports.roster import page, preview
from participants.imports.roster.rereading import cells_of
from participants.models import RosterImport, RosterRow
from participants.queries.roster import classes_and_ensembles
from participants.views.roster import refused
from participants.views.roster_shared import get_import_for, steps

SWAPPED = "X-Part"  # asked for by static/js/mend.js, which puts the row and the counts in place of themselves


@needs(Permission.IMPORT_ROSTER)
def row(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """One row: what stands in each cell that is read, what is wrong, and the way to mend it or leave it out."""
    found = get_import_for(request.user, pk)
    kept = get_object_or_404(RosterRow, roster_import=found, row=number)
    if found.state != RosterImport.State.PREVIEW:
        return redirect("participants:roster", pk=pk)
    if request.method == "POST":
        return _put_right(request, found, kept)
    return _row_page(request, found, kept)


def _row_page(request: AuthenticatedRequest, found: RosterImport, kept: RosterRow, status: int = 200) -> HttpResponse:
    try:
        cells = cells_of(found, kept)
    except acts.RosterRefusedError as refusal:
        return refused(request, found, refusal)
    shown = page.shown_row(found, kept, request.user)
    beside = [child for child in (kept.child_id, kept.fields.get("candidate")) if child]
    audit(act="roster.viewed", by=request.user, programme_id=found.programme_id, subject=found, children=beside)
    wrong = {fault.field: fault for fault in shown.faults if fault.field}
    context = {
        "import": found,
        "row": shown,
        "cells": [{"cell": cell, "fault": wrong.get(cell.field)} for cell in cells],
        "of_row": [fault for fault in shown.faults if not fault.field],
        "is_mine": found.uploaded_by_id == request.user.pk,
        "steps": steps(2),
    }
    return render(request, "participants/roster/row.html", context, status=status)


def _put_right(request: AuthenticatedRequest, found: RosterImport, kept: RosterRow) -> HttpResponse:
    assert kept.row is not None
    said = request.POST.get("decision", "")
    try:
        if said in {"out", "in"}:
            preview.decide(found, {kept.row: "out" if said == "out" else ""}, by=request.user)
        else:
            # a UPN left blank stays as it is: it is never shown whole
            texts = texts_in(request.POST, {cell.field: cell for cell in cells_of(found, kept)})
            if texts:
                preview.mend(found, kept, texts, by=request.user)
    except acts.RosterRefusedError as refusal:
        return refused(request, found, refusal)
    kept = RosterRow.objects.get(roster_import=found, row=kept.row)
    shown = page.shown_row(found, kept, request.user)
    if request.headers.get(SWAPPED):
        found.refresh_from_db()
        # what the page shows now is what may be accepted of it
        token = roster_accepting.token_for(found, request.user)
        context = {"import": found, "row": shown, "ready": page.ready(found), "token": token, "is_put_right": True}
        return render(request, "participants/roster/row-part.html", context)
    if not any(fault.refused for fault in shown.faults):
        messages.success(request, f"Row {kept.row}, {shown.name}: {shown.kind.lower()}.")
        return redirect("participants:roster", pk=found.pk)
    return _row_page(request, found, kept, status=422)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def decide(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Notes which close matches are the same child."""
    found = get_import_for(request.user, pk)
    try:
        preview.decide(found, decisions_in(request.POST), by=request.user)
    except acts.RosterRefusedError as refusal:
        return refused(request, found, refusal)
    messages.success(request, "Noted. Nothing is written before you accept the list.")
    return redirect("participants:roster", pk=pk)


@needs(Permission.IMPORT_ROSTER)
def leavers(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who is on roll at the school and not on the list: each stays unless it is said here that they left."""
    found = get_import_for(request.user, pk)
    if found.state != RosterImport.State.PREVIEW:
        return redirect("participants:roster", pk=pk)
    (kind,) = page.kinds(found, request.user, only=RosterRow.Outcome.LEAVER, every=True) or (None,)
    if kind is None:
        return redirect("participants:roster", pk=pk)
    form = LeaversForm(request.POST or None, roster_import=found, rows=kind.rows)
    if request.method == "POST":
        if found.uploaded_by_id != request.user.pk:
            raise PermissionDenied
        if form.is_valid():
            try:
                preview.let_leave(found, form.leaving, form.cleaned_data["last_day"], by=request.user)
            except acts.RosterRefusedError as refusal:
                return refused(request, found, refusal)
            many = len(form.leaving)
            words = f"{many} child{'ren' if many != 1 else ''} will leave with this list." if many else "Nobody leaves."
            messages.success(request, f"{words} Nothing is written before you accept it.")
            return redirect("participants:roster", pk=pk)
    shown = page.children_shown([kind])
    audit(act="roster.viewed", by=request.user, programme_id=found.programme_id, subject=found, children=shown)
    context = {"import": found, "kind": kind, "form": form, "is_mine": found.uploaded_by_id == request.user.pk}
    return render(request, "participants/roster/leavers.html", context, status=422 if form.errors else 200)


@needs(Permission.IMPORT_ROSTER)
def joins(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Which school classes of the list join which ensembles of their school when it is accepted."""
    found = get_import_for(request.user, pk)
    if found.state != RosterImport.State.PREVIEW:
        return redirect("participants:roster", pk=pk)
    offered = classes_and_ensembles(found, request.user, timezone.localdate())
    form = JoinsForm(request.POST or None, offered=offered, chosen=found.joins)
    if request.method == "POST":
        if found.uploaded_by_id != request.user.pk:
            raise PermissionDenied
        if form.is_valid():
            try:
                roster_deciding.let_join(roster_import=found, joins=form.joins, by=request.user)
            except acts.RosterRefusedError as refusal:
                return refused(request, found, refusal)
            messages.success(request, "Noted. They join when you accept the list.")
            return redirect(f"{reverse('participants:roster', args=[pk])}#joins")
    context = {"import": found, "form": form, "is_mine": found.uploaded_by_id == request.user.pk}
    return render(request, "participants/roster/joins.html", context, status=422 if form.errors else 200)
