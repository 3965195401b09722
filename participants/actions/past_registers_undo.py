"""Registers of earlier years taken back with the sheet that brought them; what is kept of sheets destroyed in time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.access.closing import refusal_of
from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.actions.past_registers import WAITING, PastRegisterRefusedError
from participants.actions.roster import lock_imports_of
from participants.models import Attendance, PastRegister, PastRegisterSheet
from programmes.actions import timetable
from programmes.models import Programme, Session

DAYS = 30
State = PastRegister.State


class UndoRefusedError(PastRegisterRefusedError):
    """A sheet that is not in force, or whose days for undoing are over."""


@dataclass(frozen=True)
class KeptSession:
    """A session that undoing leaves alone, and why."""

    session_id: int
    day: date
    why: str


@dataclass(frozen=True)
class Undone:
    """What undoing does: sessions (ids) that go with their registers, registers that go, sessions that stay."""

    dropped: list[int]
    emptied: list[int]
    kept: list[KeptSession]


def plan_undo(past_register: PastRegister) -> Undone:
    """Returns what undoing would do, without doing it; raises UndoRefusedError."""
    if past_register.state != State.ACCEPTED or past_register.accepted_at is None:
        raise UndoRefusedError("This sheet is not in force: only one that was accepted can be undone.")
    accepted_on = timezone.localtime(past_register.accepted_at).date()
    if timezone.localdate() > accepted_on + timedelta(days=DAYS):
        raise UndoRefusedError(
            f"This sheet was accepted on {dates.day(accepted_on)}. It could be undone for {DAYS} days; now correct the"
            " registers themselves."
        )
    made = set(past_register.made)
    dropped: list[int] = []
    emptied: list[int] = []
    kept = []
    for session in Session.objects.filter(pk__in=[*past_register.made, *past_register.taken]).order_by("day", "pk"):
        if session.register_version != 1 or session.register_save != past_register.save_id:
            kept.append(KeptSession(session.pk, session.day, "its register was corrected since"))
        else:
            (dropped if session.pk in made else emptied).append(session.pk)
    return Undone(dropped, emptied, kept)


@transaction.atomic
def undo(*, past_register: PastRegister, by: User) -> Undone:
    """
    Takes the registers of a sheet back, with the sessions that it made; returns what went and what was left, and why.

    A register that was saved since stays as it is. Raises UndoRefusedError.
    """
    lock_imports_of(past_register.programme_id)
    locked = PastRegister.objects.select_for_update(of=("self",)).get(pk=past_register.pk)
    # before it is asked what was saved since: who saves meanwhile waits, and finds what stands then
    list(Session.objects.select_for_update(of=("self",)).filter(pk__in=[*locked.made, *locked.taken]).order_by("pk"))
    done = plan_undo(locked)
    gone = [*done.dropped, *done.emptied]
    marks = Attendance.objects.filter(session__in=gone)
    children = sorted(set(marks.values_list("child_id", flat=True)))
    marks.delete()
    Session.objects.filter(pk__in=gone).update(
        register_taken_at=None, register_taken_by=None, register_version=0, register_save=None
    )
    timetable.take_out(programme=locked.programme, sessions=done.dropped, by=by)
    locked.state, locked.undone_by, locked.undone_at = State.UNDONE, by, timezone.now()
    locked.save(update_fields=["state", "undone_by", "undone_at"])
    details = {
        "dropped": len(done.dropped),
        "emptied": len(done.emptied),
        "kept": [one.session_id for one in done.kept],
    }
    audit(
        act="past_register.undone",
        by=by,
        programme_id=locked.programme_id,
        subject=locked,
        children=children,
        details=details,
    )
    return done


def destroy_due(*, today: date | None = None) -> int:
    """
    Destroys, in every hub, what is kept of sheets sent or accepted more than thirty days ago; returns how many.

    One that still waits goes altogether. In a hub that is closed the sheet goes and the entry stays as it is.
    """
    until = (today or timezone.localdate()) - timedelta(days=DAYS)
    done = 0
    for programme in Programme.objects.order_by("pk").values_list("pk", flat=True):
        with scoped(Scope(programmes=frozenset({programme}))):
            due = Q(accepted_at__date__lt=until) | Q(accepted_at__isnull=True, uploaded_at__date__lt=until)
            for one in PastRegister.objects.filter(due, programme=programme, kept_sheet__isnull=False).order_by("pk"):
                _destroy(one)
                done += 1
    return done


def _destroy(past_register: PastRegister) -> None:
    PastRegisterSheet.objects.filter(past_register=past_register).delete()
    try:
        with transaction.atomic():
            audit(
                act="past_register.destroyed",
                by=None,
                programme_id=past_register.programme_id,
                subject=past_register,
                details={},
            )
            if past_register.state in WAITING:
                past_register.delete()
                return
            # whom rows mean goes with the rows; what letters mean is of use for the next sheet
            past_register.choices.pop("rows", None)
            past_register.destroyed_at = timezone.now()
            past_register.save(update_fields=["choices", "destroyed_at"])
    except DatabaseError as error:
        if not refusal_of(error):
            raise
