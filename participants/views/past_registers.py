"""Registers of earlier years: bring a sheet in, say what it means, look at what it would do, accept, take back."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.spreadsheets import Unreadable
from participants.actions import past_registers as acts
from participants.actions import past_registers_undo
from participants.forms.past_registers import LettersForm, PastRegisterForm, rows_in
from participants.imports.registers import preview
from participants.imports.registers.grid import NotARegisterError
from participants.imports.registers.letters import MEANINGS, NO_MARK
from participants.imports.registers.planning import Plan
from participants.models import PastRegister
from participants.queries import past_registers as queries
from participants.queries.care import care_of
from schools.models import AcademicYear

PAGE = 25
MOST_SHOWN = 100
_STEPS = ("File", "Letters", "Check", "Accepted")
State = PastRegister.State


def _steps(now: int) -> list[dict[str, str]]:
    return [
        {"words": words, "state": "done" if at < now else "now" if at == now else ""} for at, words in enumerate(_STEPS)
    ]


def _get_for(user: User, pk: int) -> PastRegister:
    return get_object_or_404(queries.past_registers(user), pk=pk)


@needs(Permission.IMPORT_ROSTER)
def past_registers(request: AuthenticatedRequest) -> HttpResponse:
    """The sheets of past registers of the hub, newest first."""
    found = queries.past_registers(request.user).defer("choices")
    context = {"page": Paginator(found, PAGE).get_page(request.GET.get("page"))}
    return render(request, "participants/past_registers/list.html", context)


@needs(Permission.IMPORT_ROSTER)
def send(request: AuthenticatedRequest) -> HttpResponse:
    """Where a sheet is sent; one that cannot be read is refused here, with what to do."""
    asked = request.GET.get("ensemble", "")
    initial = {"ensemble": asked} if asked.isascii() and asked.isdigit() and len(asked) < 10 else {}
    form = PastRegisterForm(request.POST or None, request.FILES or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        file = chosen["file"]
        year = AcademicYear(year=chosen["year"])
        sent = preview.Sent(file.read(), file.name or "", chosen["ensemble"], year, chosen["sheet"].strip())
        try:
            kept = preview.keep(sent, by=request.user)
        except preview.AlreadyInError as known:
            messages.info(request, str(known))
            return redirect("participants:past-register", pk=known.past_register.pk)
        except (Unreadable, NotARegisterError) as refusal:
            form.add_error("file", str(refusal))
        except acts.PastRegisterRefusedError as refusal:
            form.add_error("ensemble", str(refusal))
        else:
            return redirect("participants:past-register", pk=kept.pk)
    context = {"form": form, "steps": _steps(0)}
    return render(request, "participants/past_registers/send.html", context, status=422 if form.errors else 200)


@needs(Permission.IMPORT_ROSTER)
def past_register(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A sheet of past registers: what accepting it would do, or what it did."""
    return _page(request, _get_for(request.user, pk))


def _page(
    request: AuthenticatedRequest,
    found: PastRegister,
    *,
    refusal: str = "",
    form: LettersForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "found": found,
        "year": AcademicYear(year=found.academic_year_id),
        "refusal": refusal,
        "is_mine": found.uploaded_by_id == request.user.pk,
    }
    if found.state in {State.ACCEPTED, State.UNDONE}:
        return _result(request, found, context, status)
    grid = None if found.state == State.ASKING else preview.grid_of(found)
    if grid is None:
        return _asking(request, found, context, status)
    plan = preview.plan_of(found, request.user, grid)
    shown = sorted(plan.children_shown)
    audit(act="past_register.viewed", by=request.user, programme_id=found.programme_id, subject=found, children=shown)
    troubles, conflicts = plan.troubles[:MOST_SHOWN], plan.conflicts[:MOST_SHOWN]
    care = care_of(shown, request.user)
    context |= {
        "plan": plan,
        "grid": grid,
        "counts": plan.counts(),
        "kinds": _kinds(plan.counts()),
        "came_along": _came_along(plan.counts()),
        "form": form or _form(found, plan, request.user),
        "troubles": [(each, care[each.child.id] if each.child else None) for each in troubles],
        "asked_rows": plan.asked_rows[:PAGE],
        "more_rows": max(len(plan.asked_rows) - PAGE, 0),
        "more_troubles": len(plan.troubles) - len(troubles),
        "conflicts": [(each, care[each.child.id] if each.child else None) for each in conflicts],
        "more_conflicts": len(plan.conflicts) - len(conflicts),
        "found_rows": [(each, care[each.meant.child.id]) for each in plan.found_rows if each.meant.child],
        "off_paper": sum(not care[each.meant.child.id].is_printed for each in plan.found_rows if each.meant.child),
        "steps": _steps(2 if plan.is_confirmed else 1),
        "token": acts.token_for(found, request.user, plan.fingerprint()),
    }
    return render(request, "participants/past_registers/check.html", context, status=status)


def _form(found: PastRegister, plan: Plan, user: User, posted: Any = None) -> LettersForm:
    said = plan.times
    usual = (said.starts_at, said.ends_at) if said.starts_at and said.ends_at else None
    is_making = any(day.does == "makes" for day in plan.days) or not plan.is_confirmed
    usual = usual or queries.usual_times(found.ensemble, user)
    return LettersForm(posted, letters=plan.letters, meanings=MEANINGS, usual=usual, needs_times=is_making)


def _kinds(counts: dict[str, int]) -> list[tuple[str, str]]:
    """Each mark with how many there are of it, in words."""
    return [(letter, f"{words}: {counts[f'mark_{letter}']:,}") for letter, words in MEANINGS if letter != NO_MARK]


def _came_along(counts: dict[str, int]) -> str:
    many = counts["walk_ins"]
    return (
        f"{many:,} of {counts['marks']:,} marks. They go in as those of a child who came along, seen in that register."
        " Who is in the ensemble stays as it is."
    )


def _asking(request: AuthenticatedRequest, found: PastRegister, context: dict[str, Any], status: int) -> HttpResponse:
    audit(act="past_register.viewed", by=request.user, programme_id=found.programme_id, subject=found)
    context |= {"grids": preview.grids_in(found), "steps": _steps(1)}
    return render(request, "participants/past_registers/sheets.html", context, status=status)


def _result(request: AuthenticatedRequest, found: PastRegister, context: dict[str, Any], status: int) -> HttpResponse:
    audit(act="past_register.viewed", by=request.user, programme_id=found.programme_id, subject=found)
    context |= {"kinds": _kinds(found.counts), "steps": _steps(4), "undo_until": _undo_until(found)}
    context |= {"first_day": queries.first_day(found, request.user)}
    return render(request, "participants/past_registers/result.html", context, status=status)


def _undo_until(found: PastRegister) -> date | None:
    if found.state != State.ACCEPTED or found.accepted_at is None:
        return None
    last = timezone.localtime(found.accepted_at).date() + timedelta(days=past_registers_undo.DAYS)
    return last if last >= timezone.localdate() else None


@needs(Permission.IMPORT_ROSTER)
@require_POST
def sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Notes which sheet of the file is meant."""
    found = _get_for(request.user, pk)
    chosen = next((grid for grid in preview.grids_in(found) if str(grid.place) == request.POST.get("place")), None)
    if chosen is None:
        return _page(request, found, refusal="Choose the sheet that is meant.", status=422)
    try:
        acts.choose_sheet(past_register=found, place=chosen.place, sheet=chosen.name, by=request.user)
    except acts.PastRegisterRefusedError as refusal:
        return _refused(request, found, refusal)
    return redirect("participants:past-register", pk=pk)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def letters(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Notes what the letters mean and when the sessions were."""
    found = _get_for(request.user, pk)
    try:
        acts.require_waiting(found, request.user)
        form = _form(found, preview.plan_of(found, request.user), request.user, request.POST)
        if not form.is_valid():
            return _page(request, found, form=form, status=422)
        acts.say_letters(past_register=found, letters=form.said, times=form.times, by=request.user)
    except acts.PastRegisterRefusedError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, "Read so. Nothing is written before you accept.")
    return redirect("participants:past-register", pk=pk)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def rows(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Notes whom rows mean."""
    found = _get_for(request.user, pk)
    try:
        acts.require_waiting(found, request.user)
        said = rows_in(request.POST, preview.plan_of(found, request.user).offered)
        acts.say_rows(past_register=found, rows=said, by=request.user)
    except acts.PastRegisterRefusedError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, "Noted. Nothing is written before you accept.")
    return redirect("participants:past-register", pk=pk)


@needs(Permission.IMPORT_ROSTER, fresh=True)
@require_POST
def accept(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Writes what the page showed, wholly or not at all."""
    found = _get_for(request.user, pk)
    try:
        preview.accept(found, request.POST.get("token", ""), by=request.user)
    except acts.PastRegisterRefusedError as refusal:
        return _refused(request, found, refusal)
    return redirect("participants:past-register", pk=pk)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def discard(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Removes a sheet that waits."""
    found = _get_for(request.user, pk)
    try:
        acts.discard(past_register=found, by=request.user)
    except acts.PastRegisterRefusedError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, f"“{found.file_name}” and what was read of it are deleted. No register was changed.")
    return redirect("participants:past-registers")


def _refused(
    request: AuthenticatedRequest, found: PastRegister, refusal: acts.PastRegisterRefusedError
) -> HttpResponse:
    """Answers an act that cannot be done: with the page as it stands now, and why."""
    if isinstance(refusal, acts.NotTheSenderError):
        raise PermissionDenied from refusal
    found = _get_for(request.user, found.pk)
    return _page(request, found, refusal=str(refusal), status=409)


@needs(Permission.IMPORT_ROSTER)
def undo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, with what would happen, and takes an accepted sheet back."""
    found = _get_for(request.user, pk)
    try:
        if request.method == "POST":
            done = past_registers_undo.undo(past_register=found, by=request.user)
            words = f"Undone: {len(done.dropped) + len(done.emptied)} registers taken back, {len(done.dropped)} of them"
            words += " with their sessions."
            if done.kept:
                words += f" {len(done.kept)} left as they are, because they were corrected since."
            messages.success(request, words)
            return redirect("participants:past-register", pk=pk)
        planned = past_registers_undo.plan_undo(found)
    except acts.PastRegisterRefusedError as refusal:
        return _page(request, found, refusal=str(refusal), status=409)
    year = AcademicYear(year=found.academic_year_id)
    context = {"found": found, "planned": planned, "year": year}
    return render(request, "participants/past_registers/undo.html", context)
