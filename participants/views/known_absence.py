"""Absences known beforehand, of the children of one ensemble: written down, and taken back."""

from collections import Counter
from dataclasses import dataclass

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
from participants.actions import known_absence
from participants.forms.known_absence import AbsenceForm, Choices
from participants.models import Child, KnownAbsence
from participants.queries import known_absence as reads
from participants.queries.care import care_of
from participants.queries.membership import members
from participants.views.membership import get_ensemble_for
from programmes.models import Ensemble


@needs(Permission.TAKE_REGISTER)
def absences(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is known of the days to come of an ensemble's children, and the form for one absence more."""
    found, today = get_ensemble_with_registers(request.user, pk), timezone.localdate()
    inside = list(members(found, request.user, today))
    child = request.GET.get("child", "")
    first = {"starts_on": today, "ends_on": today, "who": f"{reads.CHILD}|{child}" if child else ""}
    who = _who(found, request.user, inside)
    form = AbsenceForm(request.POST if request.method == "POST" else None, initial=first, who=who)
    if request.method == "POST" and form.is_valid() and _note(request, found, form):
        return redirect("participants:absences", pk=pk)
    rows = _rows(found, request.user)
    shown = {member.pk for member in inside} | {row.absence.child_id for row in rows}
    audit(
        act="absences.viewed",
        by=request.user,
        programme_id=found.programme_id,
        subject=found,
        children=sorted(shown),
    )
    context = {"ensemble": found, "form": form, "rows": rows, "off_paper": sum(not row.is_printed for row in rows)}
    status = 422 if form.errors else 200
    return render(request, "participants/known_absence/list.html", context, status=status)


def _note(request: AuthenticatedRequest, found: Ensemble, form: AbsenceForm) -> bool:
    cleaned = form.cleaned_data
    first, last = cleaned["starts_on"], cleaned["ends_on"]
    children = reads.children_meant(cleaned["who"], found, request.user, timezone.localdate())
    try:
        made = known_absence.note_absences(
            children=children,
            starts_on=first,
            ends_on=last,
            reason=KnownAbsence.Reason(cleaned["reason"]),
            by=request.user,
        )
    except known_absence.AbsenceRefusedError as refusal:
        form.add_error(refusal.about, str(refusal))
        return False
    many = f"{len(made)} child{'' if len(made) == 1 else 'ren'}"
    days = dates.day(first) if first == last else f"{dates.day(first)} to {dates.day(last)}"
    messages.success(request, f"Noted for {many}: {days}." if made else "That was noted already.")
    return True


@needs(Permission.TAKE_REGISTER)
@require_POST
def take_back(request: AuthenticatedRequest, pk: int, absence: int) -> HttpResponse:
    """Takes an absence of a child in the ensemble back."""
    found = get_ensemble_with_registers(request.user, pk)
    noted = get_object_or_404(reads.absences_noted(found, request.user), pk=absence)
    meant = reads.absences_noted(found, request.user).filter(press=noted.press)
    absences = list(meant) if request.POST.get("all") else [noted]
    known_absence.take_back_absences(absences=absences, by=request.user)
    expected = "the child is" if len(absences) == 1 else f"{len(absences)} children are"
    messages.success(request, f"Taken back: {expected} expected again.")
    return redirect("participants:absences", pk=pk)


@dataclass(frozen=True)
class Row:
    """An absence in the list, whether paper may show whose it is, and with how many it was noted (on the first)."""

    absence: KnownAbsence
    is_printed: bool
    together: int


def _rows(found: Ensemble, user: User) -> list[Row]:
    known = list(reads.absences_of(found, user, timezone.localdate()))
    care = care_of([absence.child_id for absence in known], user, inside=[found.pk])
    many = Counter(absence.press for absence in known)
    # how many together is said once a press
    return [Row(each, care[each.child_id].is_printed, many.pop(each.press, 0)) for each in known]


def _who(found: Ensemble, user: User, inside: list[Child]) -> Choices:
    """Returns whom an absence can be written down for, in groups."""
    groups = [
        (reads.ALL, f"Everybody in {found.name} ({len(inside)})"),
        *reads.classes_of(found, user, timezone.localdate()),
    ]
    return [("Many at once", groups), ("One child", [(f"{reads.CHILD}|{one.pk}", one.name) for one in inside])]


def get_ensemble_with_registers(user: User, pk: int) -> Ensemble:
    """Returns an ensemble the person sees and takes registers of; 404 for any other, 403 for whoever only sees it."""
    found = get_ensemble_for(user, pk)
    if not user.reach.may(Permission.TAKE_REGISTER, programme_id=found.programme_id):
        raise PermissionDenied
    return found
