"""Taking a register: the one place that writes marks, but for whole sheets of earlier years (past_registers.py)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Attendance, Child, Correction
from participants.models.attendance import Mark
from participants.queries.attendance import expected_ids
from participants.queries.walk_in import added_by
from participants.validators.headcount import Headcount
from participants.validators.register import is_locked_for, last_open_day, needs_reason
from programmes.models import Session


class RegisterRefusedError(Exception):
    """A register that cannot be taken as sent; the text says why and what to do."""


class SessionNotYetError(RegisterRefusedError):
    """The session is on a later day."""


class SessionCancelledError(RegisterRefusedError):
    """The session was cancelled."""


class RegisterChangedError(RegisterRefusedError):
    """Somebody saved this register since the page was opened; nothing was overwritten."""


class OtherRegisterError(RegisterRefusedError):
    """Marks for a session that is counted by heads, or a count for one whose register names children."""


class ChildNotExpectedError(RegisterRefusedError):
    """A mark names a child who is not expected at this session."""


class ChildWithoutMarkError(RegisterRefusedError):
    """A child expected at this session has no mark."""


class MemberTakenOffError(RegisterRefusedError):
    """A child of the ensemble was to be taken off its register."""


class RegisterLockedError(RegisterRefusedError):
    """The register can be corrected only by whoever keeps the registers of the hub."""


class CorrectionWithoutReasonError(RegisterRefusedError):
    """A register of an earlier day was changed and nothing was said of why."""


@dataclass(frozen=True)
class WalkIns:
    """Of children who are not in the ensemble: the tokens of those added, by child, and who is taken off again."""

    tokens: Mapping[int, str] = field(default_factory=dict)
    off: Collection[int] = ()


NONE = WalkIns()


@transaction.atomic
def take_register(  # noqa: PLR0913 - all that one form says, and which save of it this is
    *,
    session: Session,
    marks: Mapping[int, Mark],
    version: int,
    by: User,
    reason: Correction.Reason | None = None,
    save: UUID | None = None,
    after: Collection[UUID] = (),
    walk_ins: WalkIns = NONE,
) -> Session:
    """Takes or corrects the register of a session: one mark for each child expected, and returns the session.

    `version` is the register's version the person saw (0 before it was first taken). Sending again exactly what
    stands, on whatever version, changes nothing and is no error: a form sent twice has one effect. A correction after
    the session's day says why (`reason`), and coordinators make none after 14 days.

    `save` is an id that the browser drew for this save. Sent again, when its answer was lost, it has no second effect,
    whatever was saved since. `after` are the ids of saves by the same person that this one replaces and of which it is
    not known whether they arrived: what one of them wrote is nobody else's, and one that arrives later is refused.

    A child who is not in the ensemble is marked by whoever found them (`walk_ins`: see queries/walk_in.py), and stays
    on the register, for whoever saves it, until somebody takes them off.
    """
    # who joins it is read once it is locked: in the same statement it would be what stood before the wait
    locked = Session.objects.select_for_update().get(pk=session.pk)
    _require_can_be_taken(locked)
    before = _standing(locked)
    if save is not None and _is_known(locked, save):
        return locked
    is_unseen = version != locked.register_version and not _is_own(locked, after, by)
    if locked.register_version and before == dict(marks):
        if after and not is_unseen and not is_locked_for(locked, by, timezone.localdate()):
            _outrun(locked, by, save)
        return locked
    if is_unseen:
        raise RegisterChangedError(
            "Somebody else saved this register after you opened it. Nothing of yours has been written over theirs: "
            "look at what stands now and save again."
        )
    first = not locked.is_held
    if not first:
        _require_may_correct(locked, reason, by)
    expected = set(expected_ids(locked))
    _require_no_member(expected & set(walk_ins.off))
    _require_marks_for_expected(locked, marks, expected | set(before) - set(walk_ins.off), walk_ins, by)
    off = sorted(set(before) & set(walk_ins.off))
    _write(locked, marks, before)
    _take_off(locked, off)
    _record(locked, reason, by, save)
    new = sorted(set(marks) - expected - set(before))
    audit(
        act="register.taken" if first else "register.corrected",
        by=by,
        programme_id=locked.programme_id,
        subject=locked,
        # whose mark is new or another one, or gone
        children=sorted({child for child in marks if before.get(child) != marks[child]} | set(off)),
        details={"marks": len(marks)}
        | ({"reason": reason} if reason else {})
        | ({"walk_ins": new} if new else {})
        | ({"taken_off": off} if off else {}),
    )
    return locked


def _standing(session: Session) -> dict[int, str]:
    """Returns the marks that stand; a register that was never taken has none."""
    if not session.is_held:
        return {}
    return dict(Attendance.objects.filter(session=session).values_list("child_id", "mark"))


def _is_known(session: Session, save: UUID) -> bool:
    if session.register_save == save:
        return True
    return session.register_version > 1 and Correction.objects.filter(session=session, replaced_save=save).exists()


def _is_own(session: Session, after: Collection[UUID], by: User) -> bool:
    return session.register_save in after and session.register_taken_by_id == by.pk


def _outrun(session: Session, by: User, save: UUID | None) -> None:
    """What was sent stands already; it takes a version, so that an older one still on its way comes too late."""
    _set_saved(session, by, save)
    audit(act="register.saved_again", by=by, programme_id=session.programme_id, subject=session)


def _require_may_correct(session: Session, reason: Correction.Reason | None, by: User) -> None:
    today = timezone.localdate()
    if is_locked_for(session, by, today):
        raise RegisterLockedError(
            f"This register could be corrected until {last_open_day(session):%-d %B %Y}. "
            "Your hub administrator can still correct it: tell them which mark is wrong."
        )
    if reason is None and needs_reason(session, today):
        raise CorrectionWithoutReasonError("The session is over: choose above Save why its register changes.")


def _require_can_be_taken(session: Session, *, by_heads: bool = False) -> None:
    if session.is_headcount != by_heads:
        how = "counted by heads, without names" if session.is_headcount else "taken by name"
        raise OtherRegisterError(f"The register of this session is {how}. Open it again and save it.")
    if session.is_cancelled:
        raise SessionCancelledError("This session was cancelled. If it took place after all, bring it back first.")
    if session.day > timezone.localdate():
        raise SessionNotYetError(
            f"This session is on {session.day:%-d %B %Y}. Its register can be taken on that day, not before."
        )


def _require_marks_for_expected(
    session: Session, marks: Mapping[int, Mark], expected: Collection[int], walk_ins: WalkIns, by: User
) -> None:
    # who already has a mark stays on the register when the membership has ended since
    strangers = set(marks) - set(expected)
    if strangers:
        strangers -= _found(strangers, session, walk_ins, by)
    if strangers:
        raise ChildNotExpectedError(
            f"{len(strangers)} of the marks are for children who are not in this ensemble on that day. "
            "Open the register again and save it. A child who came without being in it is added anew below the others."
        )
    if missing := set(expected) - set(marks):
        raise ChildWithoutMarkError(
            f"{len(missing)} of the children {'has' if len(missing) == 1 else 'have'} no mark yet. "
            "Nothing is saved: mark them and save again."
        )


def _found(strangers: Collection[int], session: Session, walk_ins: WalkIns, by: User) -> set[int]:
    """Returns those whom the person has found and may still add."""
    tokens = {child: token for child, token in walk_ins.tokens.items() if child in strangers}
    found = added_by(tokens, session, by)
    return set(Child.objects.to_add(by, session).filter(pk__in=found).values_list("pk", flat=True)) if found else set()


def _require_no_member(members: Collection[int]) -> None:
    if members:
        raise MemberTakenOffError(
            f"{len(members)} of the children to be taken off are in this ensemble on that day: they stay on its "
            "register. Mark them as absent; the hub administrator takes a child out of an ensemble."
        )


def _record(
    session: Session, reason: Correction.Reason | None, by: User, save: UUID | None, *, also: Collection[str] = ()
) -> None:
    replaced = session.register_save
    now = _set_saved(session, by, save, also)
    if session.register_version > 1:
        Correction.objects.create(
            programme_id=session.programme_id,
            session=session,
            version=session.register_version,
            at=now,
            by=by,
            reason=reason or "",
            replaced_save=replaced,
        )


def _set_saved(session: Session, by: User, save: UUID | None, also: Collection[str] = ()) -> datetime:
    session.register_taken_at = now = timezone.now()
    session.register_taken_by = by
    session.register_version += 1
    session.register_save = save
    session.save(update_fields=["register_taken_at", "register_taken_by", "register_version", "register_save", *also])
    return now


def _take_off(session: Session, children: Collection[int]) -> None:
    if children:
        Attendance.objects.filter(session=session, child__in=children).delete()


def _write(session: Session, marks: Mapping[int, Mark], before: Mapping[int, str]) -> None:
    changed = [(child, mark) for child, mark in sorted(marks.items()) if before.get(child) != mark]
    if not changed:
        return
    with connection.cursor() as cursor:
        # one statement whatever the size: the rows come from two arrays
        cursor.execute(
            "INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)"
            " SELECT %s, child, %s, mark FROM unnest(%s::bigint[], %s::text[]) AS sent (child, mark)"
            " ON CONFLICT (session_id, child_id) DO UPDATE SET mark = excluded.mark",
            [session.pk, session.programme_id, [c for c, _ in changed], [str(m) for _, m in changed]],
        )


@transaction.atomic
def count_heads(
    *,
    session: Session,
    heads: Headcount,
    version: int,
    by: User,
    reason: Correction.Reason | None = None,
    save: UUID | None = None,
) -> Session:
    """Takes or corrects the register of a session that is counted by heads, and returns the session.

    The rules are those of `take_register`: version, an id of the save, a reason after the day, the lock after 14 days.
    """
    locked = Session.objects.select_for_update().get(pk=session.pk)
    _require_can_be_taken(locked, by_heads=True)
    if save is not None and _is_known(locked, save):
        return locked
    if locked.is_held and (locked.children_counted, locked.adults_counted) == (heads.children, heads.adults):
        return locked
    if version != locked.register_version:
        raise RegisterChangedError(
            "Somebody else saved this count after you opened it. Nothing of yours has been written over theirs: "
            "look at both and save again what is right."
        )
    first = not locked.is_held
    if not first:
        _require_may_correct(locked, reason, by)
    locked.children_counted, locked.adults_counted = heads.children, heads.adults
    _record(locked, reason, by, save, also=("children_counted", "adults_counted"))
    audit(
        act="register.counted" if first else "register.corrected",
        by=by,
        programme_id=locked.programme_id,
        subject=locked,
        details={"children": heads.children, "adults": heads.adults} | ({"reason": reason} if reason else {}),
    )
    return locked
