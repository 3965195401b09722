"""Registers of earlier years brought in from a sheet: kept, decided on, accepted in one transaction.

With actions/attendance.py this is where marks are written: here whole registers that were not taken yet, as one act.
Who calls accept has worked out in the same transaction what the sheet means by now (imports/registers/preview.py).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import uuid4

from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.accounts.queries.role import operators
from inharmony.audit.record import audit
from participants.actions.roster import lock_imports_of
from participants.models import PastRegister, PastRegisterSheet
from participants.models.attendance import Mark
from programmes.actions import timetable
from programmes.actions.timetable import TimetableRefusedError
from programmes.models import Ensemble, Programme, Session
from programmes.queries.agreement import agreement_gap
from programmes.queries.timetable import Planned
from schools.models import AcademicYear

_TOKEN = "past-register"  # noqa: S105 - names what the token is for
State = PastRegister.State
WAITING = frozenset({State.ASKING, State.PREVIEW})


class PastRegisterRefusedError(Exception):
    """An act on a past register that cannot be done; the text says why and what to do."""


class NotTheSenderError(PastRegisterRefusedError):
    """Only the person who sent the sheet, and saw what it would do, may decide on it."""


class NotWaitingError(PastRegisterRefusedError):
    """The sheet is not waiting for a decision."""


class ChangedMeanwhileError(PastRegisterRefusedError):
    """What accepting would do is not what the page showed any more."""


@dataclass(frozen=True)
class SheetFile:
    """A file's name, the SHA-256 of its bytes, and what was read of its sheets, sealed."""

    file_name: str
    file_hash: str
    content: bytes


@dataclass(frozen=True)
class DayToTake:
    """A day whose register is taken: the session that stands there (by id), or None to make one, and the marks."""

    day: date
    session_id: int | None
    marks: Mapping[int, Mark]


def require_agreement(programme: Programme) -> None:
    """Raises PastRegisterRefusedError: no sheet comes into a hub before those who share the data have signed."""
    if gap := agreement_gap(programme, timezone.localdate()):
        raise PastRegisterRefusedError(
            f"No register can come into {programme.short_name}: {gap}. Once it is signed, the operator records it:"
            f" {operators()}."
        )


@transaction.atomic
def keep(
    *,
    ensemble: Ensemble,
    academic_year: AcademicYear,
    file: SheetFile,
    place: int | None,
    sheet: str,
    by: User,
) -> PastRegister:
    """Keeps a file that was read; returns the past register waiting for a decision, or for which sheet is meant."""
    require_agreement(ensemble.programme)
    AcademicYear.objects.get_or_create(year=academic_year.year)
    kept = PastRegister.objects.create(
        programme_id=ensemble.programme_id,
        ensemble=ensemble,
        academic_year_id=academic_year.year,
        state=State.ASKING if place is None else State.PREVIEW,
        uploaded_by=by,
        file_name=file.file_name[:200],
        file_hash=file.file_hash,
        place=place,
        sheet=sheet,
    )
    PastRegisterSheet.objects.create(past_register=kept, programme_id=kept.programme_id, content=file.content)
    _audit("past_register.sent", kept, by, {"ensemble": ensemble.pk, "year": academic_year.year})
    return kept


@transaction.atomic
def choose_sheet(*, past_register: PastRegister, place: int, sheet: str, by: User) -> None:
    """Notes which sheet of the file is meant."""
    require_waiting(past_register, by)
    past_register.place, past_register.sheet, past_register.state = place, sheet, State.PREVIEW
    past_register.save(update_fields=["place", "sheet", "state"])
    _audit("past_register.sheet_chosen", past_register, by, {})


@transaction.atomic
def say_letters(
    *, past_register: PastRegister, letters: Mapping[str, str], times: tuple[time, time] | None, by: User
) -> None:
    """Notes what the letters mean, and when the sessions were that are made."""
    require_waiting(past_register, by)
    if times is not None and times[1] <= times[0]:
        raise PastRegisterRefusedError("A session ends after it starts, on the same day: change one of the times.")
    past_register.choices |= {"letters": past_register.choices.get("letters", {}) | dict(letters)}
    if times is not None:
        past_register.choices |= {"starts_at": times[0].isoformat("minutes"), "ends_at": times[1].isoformat("minutes")}
    past_register.save(update_fields=["choices"])
    _audit("past_register.letters_said", past_register, by, {"letters": len(letters)})


@transaction.atomic
def say_rows(*, past_register: PastRegister, rows: Mapping[int, int | str | None], by: User) -> None:
    """Notes whom rows mean: a child's id, "out" for a row that is left out, None for what is found by itself."""
    require_waiting(past_register, by)
    said = past_register.choices.get("rows", {})
    for row, meant in rows.items():
        said.pop(str(row), None)
        if meant is not None:
            said[str(row)] = meant
    past_register.choices |= {"rows": said}
    past_register.save(update_fields=["choices"])
    children = sorted(meant for meant in rows.values() if isinstance(meant, int))
    _audit("past_register.rows_said", past_register, by, {"rows": sorted(rows)}, children)


@transaction.atomic
def discard(*, past_register: PastRegister, by: User) -> None:
    """Removes a sheet that waits, and all that was read of it; nothing stays but the entry in the trail."""
    require_waiting(past_register, by)
    _audit("past_register.discarded", past_register, by, {})
    PastRegister.objects.filter(pk=past_register.pk).delete()


def require_waiting(past_register: PastRegister, by: User) -> None:
    """Locks the sheet, and every import of its hub, until the transaction ends; refuses what may not go on."""
    lock_imports_of(past_register.programme_id)
    locked = PastRegister.objects.select_for_update(of=("self",)).filter(pk=past_register.pk).first()
    if locked is None or locked.state not in WAITING or not _is_there(locked):
        raise NotWaitingError("This sheet is not waiting any more: it was accepted, undone or discarded meanwhile.")
    if locked.uploaded_by_id != by.pk:
        raise NotTheSenderError("Only the person who sent this sheet can decide on it. Send the file yourself.")
    past_register.choices, past_register.place, past_register.state = locked.choices, locked.place, locked.state


def _is_there(past_register: PastRegister) -> bool:
    return PastRegisterSheet.objects.filter(past_register=past_register).exists()


def token_for(past_register: PastRegister, by: User, fingerprint: str) -> str:
    """Returns the token with which this person may accept this file, as long as it would do just this."""
    return signing.dumps([past_register.pk, past_register.file_hash, by.pk, fingerprint], salt=_TOKEN)


def require_token(past_register: PastRegister, by: User, token: str, fingerprint: str) -> None:
    """Raises PastRegisterRefusedError for another's token, ChangedMeanwhileError where it would do something else."""
    try:
        signed = signing.loads(token, salt=_TOKEN)
    except signing.BadSignature:
        signed = []
    if signed[:3] != [past_register.pk, past_register.file_hash, by.pk]:
        raise PastRegisterRefusedError("The page was not complete when it was sent. Open it again, then accept.")
    if signed[3:] != [fingerprint]:
        raise ChangedMeanwhileError(
            "Nothing was written: registers, sessions or children were changed since you looked. Below is what"
            " accepting would do now."
        )


@transaction.atomic
def accept(
    *,
    past_register: PastRegister,
    to_take: Sequence[DayToTake],
    times: tuple[time, time] | None,
    counts: Mapping[str, int],
    by: User,
) -> PastRegister:
    """
    Takes the registers of a sheet, wholly or not at all, making the sessions that are not there; returns it.

    A fixed number of statements, whatever the size. The caller has locked it (`require_waiting`) and worked out, in the
    same transaction, what to take. Raises ChangedMeanwhileError and PastRegisterRefusedError.
    """
    require_agreement(past_register.programme)
    require_waiting(past_register, by)
    if not to_take:
        raise PastRegisterRefusedError("There is nothing to bring in: no register would be taken.")
    same = PastRegister.objects.filter(
        ensemble=past_register.ensemble_id,
        academic_year=past_register.academic_year_id,
        file_hash=past_register.file_hash,
        place=past_register.place,
        state=State.ACCEPTED,
    )
    if same.exists():
        raise PastRegisterRefusedError("This very sheet was brought in already. To bring it in again, undo it first.")
    session_of = {one.day: one.session_id for one in to_take if one.session_id is not None}
    missing = [one.day for one in to_take if one.session_id is None]
    made = _make(past_register, missing, times, by)
    taken = sorted(session_of.values())
    session_of |= made
    _require_untaken(session_of, past_register)
    save = uuid4()
    try:
        with transaction.atomic():
            written = _write(
                [(session_of[one.day], child, mark) for one in to_take for child, mark in one.marks.items()]
            )
    except IntegrityError as error:
        raise _changed() from error
    if written != sum(len(one.marks) for one in to_take):
        raise _changed()
    Session.objects.filter(pk__in=session_of.values()).update(
        register_taken_at=timezone.now(), register_taken_by=by, register_version=1, register_save=save
    )
    past_register.state, past_register.save_id, past_register.counts = State.ACCEPTED, save, dict(counts)
    past_register.accepted_by, past_register.accepted_at = by, timezone.now()
    past_register.made, past_register.taken = sorted(made.values()), taken
    past_register.save()
    children = sorted({child for one in to_take for child in one.marks})
    details = {"ensemble": past_register.ensemble_id, "sessions": sorted(session_of.values()), "marks": written}
    _audit("past_register.accepted", past_register, by, details, children)
    return past_register


def _make(past_register: PastRegister, missing: Collection[date], times: tuple[time, time] | None, by: User) -> Any:
    """Puts sessions on days that have none into the timetable; returns their ids by day."""
    if not missing:
        return {}
    if times is None:
        raise PastRegisterRefusedError("Say first from when to when the sessions were.")
    kind = _usual_kind(past_register.ensemble)
    planned = [Planned(past_register.ensemble, day, *times, kind=kind) for day in missing]
    try:
        made = timetable.add_sessions(programme=past_register.programme, planned=planned, by=by)
    except TimetableRefusedError as refusal:
        raise PastRegisterRefusedError(f"Nothing was written. {refusal}") from refusal
    if len(made) != len(missing):
        raise _changed()
    return {session.day: session.pk for session in made}


def _usual_kind(ensemble: Ensemble) -> str:
    """Returns of what kind the ensemble's last session was whose register names children."""
    named = Session.objects.filter(ensemble=ensemble).exclude(kind__in=Session.MAY_COUNT_HEADS)
    return named.order_by("-day", "-pk").values_list("kind", flat=True).first() or Session.Kind.CURRICULAR


def _require_untaken(session_of: Mapping[date, int], past_register: PastRegister) -> None:
    ids = sorted(session_of.values())
    locked = list(Session.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    days = {session.pk: session.day for session in locked}
    is_fit = all(
        not (session.is_held or session.is_cancelled or session.is_headcount)
        and session.ensemble_id == past_register.ensemble_id
        for session in locked
    )
    if not is_fit or {day: days.get(pk) for day, pk in session_of.items()} != {day: day for day in session_of}:
        raise _changed()


def _changed() -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        "Nothing was written: somebody took one of these registers, or changed one of these children, at the same"
        " moment. Open the sheet again and look at what it would do now."
    )


def _write(marks: Sequence[tuple[int, int, Mark]]) -> int:
    """Writes marks of children who are in the hub on the day of the session; returns how many were."""
    sessions, children, letters = zip(*marks, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [list(sessions), list(children), [str(mark) for mark in letters]])
        return int(cursor.rowcount)


_ENROLLED = """EXISTS (SELECT FROM participants_enrolment e WHERE e.child_id = sent.child
  AND e.programme_id = s.programme_id AND s.day BETWEEN e.starts_on AND coalesce(e.ends_on, 'infinity'))"""
_INSERT = f"""INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)
SELECT s.id, sent.child, s.programme_id, sent.mark
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS sent (session, child, mark)
JOIN programmes_session s ON s.id = sent.session WHERE {_ENROLLED}"""  # noqa: S608 - words of our own


def _audit(
    act: str, past_register: PastRegister, by: User, details: dict[str, Any], children: Collection[int] = ()
) -> None:
    audit(
        act=act,
        by=by,
        programme_id=past_register.programme_id,
        subject=past_register,
        children=children,
        details=details,
    )
