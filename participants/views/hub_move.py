"""Children of a hub who may have moved to another: the question, and the answer of its people."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.actions import hub_move as acts
from participants.actions.roll_forward import RollForwardRefusedError
from participants.forms.hub_move import LastDayForm
from participants.models import HubMove
from participants.queries import hub_move as reads
from participants.queries.care import Care, care_of
from participants.views.roll_forward import hub_of_lists
from programmes.models import Programme

MOST_DIGITS = 18


@dataclass(frozen=True)
class Row:
    """A child on the page, what to heed, and the form of the last day."""

    move: HubMove
    care: Care
    form: LastDayForm


@needs(Permission.IMPORT_ROSTER)
def hub_moves(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who may have moved to another hub; posted, the answer about one of them."""
    programme = hub_of_lists(request.user, slug)
    if request.method != "POST":
        return _page(request, programme)
    written = request.POST.get("move", "")
    is_number = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
    mine = HubMove.objects.visible_to(request.user).filter(programme=programme).select_related("child")
    move = get_object_or_404(mine, pk=int(written) if is_number else 0)
    if request.POST.get("answer") == "here":
        return _still_here(request, programme, move)
    return _left(request, programme, move)


def _still_here(request: AuthenticatedRequest, programme: Programme, move: HubMove) -> HttpResponse:
    try:
        acts.is_still_here(move=move, by=request.user)
    except acts.HubMoveRefusedError as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"{move.child.name} stays. You are not asked about this again.")
    return redirect("participants:hub-moves", slug=programme.slug)


def _left(request: AuthenticatedRequest, programme: Programme, move: HubMove) -> HttpResponse:
    form = LastDayForm(request.POST, prefix=str(move.pk))
    if not form.is_valid():
        return _page(request, programme, wrong=(move.pk, form), status=422)
    last_day = form.cleaned_data["last_day"]
    try:
        acts.has_left(move=move, last_day=last_day, by=request.user)
    except RollForwardRefusedError as refusal:
        form.add_error("last_day", str(refusal))
        return _page(request, programme, wrong=(move.pk, form), status=409)
    except acts.HubMoveRefusedError as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, f"{move.child.name} left, the last day is {dates.day(last_day)}.")
    return redirect("participants:hub-moves", slug=programme.slug)


def _page(
    request: AuthenticatedRequest,
    programme: Programme,
    *,
    wrong: tuple[int, LastDayForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting, answered = reads.waiting_moves(programme, request.user), reads.answered_moves(programme, request.user)
    children = sorted({move.child_id for move in (*waiting, *answered)})
    audit(act="hub_move.viewed", by=request.user, programme_id=programme.pk, children=children)
    care = care_of(children, request.user)
    today = timezone.localdate()
    rows = [Row(move, care[move.child_id], _form(move, today, wrong)) for move in waiting]
    context = {
        "programme": programme,
        "rows": rows,
        "answered": [(move, care[move.child_id]) for move in answered],
        "wrong": wrong[1] if wrong else None,
        "off_paper": care.off_paper,
    }
    return render(request, "participants/hub_move/list.html", context, status=status)


def _form(move: HubMove, today: date, wrong: tuple[int, LastDayForm] | None) -> LastDayForm:
    if wrong is not None and wrong[0] == move.pk:
        return wrong[1]
    day_before = move.counts_from - timedelta(days=1)
    # never before a session the child came to: that day would be refused
    last_came: date | None = getattr(move, "last_came", None)
    last_day = min(max(day_before, last_came or day_before), today)
    return LastDayForm(initial={"last_day": last_day}, prefix=str(move.pk))
