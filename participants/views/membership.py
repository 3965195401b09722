from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from inharmony.pages.exporting import Offer, hand_out, may_take_out, offer
from participants.actions import membership
from participants.exports.membership import ensembles_out, members_out
from participants.forms.membership import LastDayForm
from participants.models import Child, MembershipAct, Playing
from participants.queries.care import Care, care_of
from participants.queries.membership import (
    acts_on,
    children_of_group,
    crowd,
    ensembles_to_join,
    ensembles_with_sizes,
    groups_to_join,
    members_of,
)
from participants.queries.past_registers import kept_programmes
from participants.queries.playing import counted, played_on
from participants.views.child import get_child_for
from programmes.instruments import words_of
from programmes.models import Ensemble, Programme
from programmes.queries.timetable import sessions_to_come
from schools.models import AcademicYear

# how long the page offers to undo what was done
LATELY = timedelta(days=14)


def get_ensemble_for(user: User, pk: int) -> Ensemble:
    """Returns an ensemble the person sees; 404 for any other, there or not."""
    return get_object_or_404(Ensemble.objects.visible_to(user).select_related("school", "programme"), pk=pk)


@needs(Permission.SEE_OWN_DAY)
def ensembles(request: AuthenticatedRequest) -> HttpResponse:
    """The ensembles one sees, with their sizes; asked for, those that have ended."""
    today, ended = timezone.localdate(), request.GET.get("show") == "ended"
    keeps = request.user.reach.programmes_for(Permission.KEEP_ENSEMBLES)
    context = {
        "rows": (rows := ensembles_with_sizes(request.user, today, ended=ended)),
        "export": offer(request, "participants:ensembles-export", what="ensembles") if rows else None,
        "ended": ended,
        "today": today,
        "hubs": Programme.objects.visible_to(request.user).filter(pk__in=keeps) if keeps else [],
    }
    return render(request, "participants/membership/ensembles.html", context)


@needs(Permission.SEE_OWN_DAY, fresh=True)
@require_POST
def ensembles_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same ensembles as a spreadsheet."""
    ended = request.GET.get("show") == "ended"
    return hand_out(request, ensembles_out(ensembles_with_sizes(request.user, timezone.localdate(), ended=ended)))


@needs(Permission.SEE_OWN_DAY)
def ensemble(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who is in an ensemble today, and, for those who keep it, the school classes that could join."""
    found = get_ensemble_for(request.user, pk)
    today = timezone.localdate()
    keeps = request.user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id)
    year = AcademicYear.year_of(today)
    rows = rows_of([found], request.user, today)
    audit(
        act="ensemble.viewed",
        by=request.user,
        programme_id=found.programme_id,
        subject=found,
        children=[row.child.pk for row in rows],
    )
    context = {
        "ensemble": found,
        "rows": rows,
        "off_paper": sum(not row.care.is_printed for row in rows),
        "instruments": words_of(found.instruments),
        "played": ", ".join(f"{name} {children}" for name, children in counted(row.playing for row in rows)),
        "says_instruments": request.user.reach.may(Permission.TAKE_REGISTER, programme_id=found.programme_id),
        "leaders": ", ".join(found.tutors.values_list("name", flat=True)),
        "is_crowded": found.is_crowded_by(len(rows)),
        "is_over": found.ends_on is not None and found.ends_on < today,
        "keeps": keeps,
        "keeps_awards": request.user.reach.may(Permission.KEEP_AWARDS, programme_id=found.programme_id),
        "brings_registers": found.programme_id in kept_programmes(request.user),
        "today": today,
        "groups": groups_to_join(found, request.user, year, today) if keeps else [],
        "acts": acts_on(found, request.user, today - LATELY) if keeps else [],
        "sessions": sessions_to_come(found, request.user, today),
        "export": offer_of(request, found, "participants:ensemble-export", "members") if rows else None,
    }
    return render(request, "participants/membership/ensemble.html", context)


@needs(Permission.SEE_OWN_DAY, fresh=True)
@require_POST
def ensemble_export(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who is in an ensemble today, as a spreadsheet."""
    found = get_ensemble_for(request.user, pk)
    require_may_take_out(request.user, found)
    return hand_out(request, members_out(found, rows_of([found], request.user, timezone.localdate())))


def offer_of(request: AuthenticatedRequest, found: Ensemble, name: str, what: str) -> Offer | None:
    """Returns the control of a list of an ensemble's children; None for who may not take lists of its hub out."""
    if not may_take_out(request.user, found.programme_id):
        return None
    return offer(request, name, found.pk, what=what, of_children=True)


def require_may_take_out(user: User, found: Ensemble) -> None:
    """Raises PermissionDenied for who may not take lists of an ensemble's hub out."""
    if not may_take_out(user, found.programme_id):
        raise PermissionDenied


@dataclass(frozen=True)
class Row:
    """A child in the ensemble, what to heed, whether the name leads to the child's page, and what they play."""

    child: Child
    care: Care
    is_linked: bool
    playing: Playing | None


def rows_of(found: Sequence[Ensemble], user: User, day: date) -> list[Row]:
    """Returns who is in an ensemble, or in any of some, on a day, with what to heed of each."""
    inside, these = list(members_of(found, user, day)), [each.pk for each in found]
    ids = [member.pk for member in inside]
    care = care_of(ids, user, inside=these)
    played = played_on(ids, user, day, inside=these)
    # the page of a child at risk is for staff of the whole programme
    whole = user.reach.whole_programmes
    return [
        Row(member, care[member.pk], member.programme_id in whole or not member.is_at_risk, played.get(member.pk))
        for member in inside
    ]


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def join_group(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes a whole school class or year group into an ensemble, from today on."""
    found = _kept(request.user, pk)
    today = timezone.localdate()
    key = request.POST.get("group", "")
    children = children_of_group(found, key, request.user, AcademicYear.year_of(today), today)
    if not children:
        messages.error(request, "No class and no year group was chosen. Choose one from the list.")
        return redirect("participants:ensemble", pk=pk)
    _join(request, found, children)
    return redirect("participants:ensemble", pk=pk)


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def join_child(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes one child into an ensemble of the same programme, from today on."""
    child = get_child_for(request.user, pk, to=Permission.KEEP_ENSEMBLES)
    chosen = request.POST.get("ensemble", "")
    number = int(chosen[:18]) if chosen.isascii() and chosen.isdigit() else 0
    found = ensembles_to_join(child, request.user, timezone.localdate()).filter(pk=number).first()
    if found is None:
        messages.error(request, "No ensemble was chosen. Choose one from the list.")
    else:
        _join(request, found, [child])
    return redirect("participants:child", pk=pk)


def _join(request: AuthenticatedRequest, found: Ensemble, children: list[Child]) -> None:
    starts_on = max(timezone.localdate(), found.starts_on)
    try:
        made = membership.join(ensemble=found, children=children, starts_on=starts_on, by=request.user)
    except membership.MembershipRefusedError as refusal:
        messages.error(request, str(refusal))
        return
    already = len(children) - len(made)
    words = f"{_many(len(made))} joined {found.name}." + (f" {already} were in it already." if already else "")
    if size := crowd(found, request.user, starts_on):
        words += f" It holds {found.capacity}; there are {size} now."
    messages.success(request, words)


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def leave(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes the children who were ticked out of an ensemble after a last day."""
    found = _kept(request.user, pk)
    ticked = [int(key[:18]) for key in request.POST.getlist("child") if key.isascii() and key.isdigit()]
    form = LastDayForm(request.POST)
    if not ticked or not form.is_valid():
        words = "Tick the children who leave." if not ticked else "Write their last day like 17/11/2026."
        messages.error(request, f"Nobody was taken out. {words}")
        return redirect("participants:ensemble", pk=pk)
    children = list(Child.objects.visible_to(request.user, inside=[found.pk]).filter(pk__in=ticked))
    last_day = form.cleaned_data["last_day"]
    try:
        gone = membership.leave(ensemble=found, children=children, last_day=last_day, by=request.user)
    except membership.MembershipRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        if gone:
            messages.success(request, f"{_many(len(gone))} left {found.name}, the last day is {dates.day(last_day)}.")
        else:
            messages.error(request, "Nobody was taken out: they have a last day already, or joined after that day.")
    return redirect("participants:ensemble", pk=pk)


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def undo(request: AuthenticatedRequest, pk: int, act: int) -> HttpResponse:
    """Undoes what one press did to who is in an ensemble."""
    found = _kept(request.user, pk)
    done = get_object_or_404(MembershipAct.objects.visible_to(request.user), pk=act, ensemble=found)
    try:
        membership.undo(act=done, by=request.user)
    except membership.MembershipRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Undone: {found.name} is as it was before.")
    return redirect("participants:ensemble", pk=pk)


def _kept(user: User, pk: int) -> Ensemble:
    found = get_ensemble_for(user, pk)
    if not user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id):
        raise PermissionDenied
    return found


def _many(children: int) -> str:
    return "1 child" if children == 1 else f"{children} children"
