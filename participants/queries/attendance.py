"""Reads of registers: who is expected at a session, and what stands."""

from dataclasses import dataclass

from inharmony.accounts.models import User
from participants.models import Attendance, Child, Consent, Membership
from participants.models.attendance import Mark
from programmes.models import Session


def expected_ids(session: Session) -> list[int]:
    """Returns the ids of the children expected at a session: members of its ensemble on that day."""
    return list(
        Membership.objects.filter(ensemble_id=session.ensemble_id).on(session.day).values_list("child_id", flat=True)
    )


@dataclass(frozen=True)
class RegisterLine:
    """One child's row of a register page."""

    child_id: int
    name: str
    mark: Mark
    refuses_photos: bool


def register_lines(session: Session, user: User) -> list[RegisterLine]:
    """Returns a line for each child expected or marked, in name order; before the register is taken all are present.

    Three statements whatever the size: children, marks, refusals.
    """
    marks = dict(Attendance.objects.visible_to(user).filter(session=session).values_list("child_id", "mark"))
    ids = set(expected_ids(session)) | set(marks)
    refusing = set(
        Consent.objects.visible_to(user)
        .filter(child__in=ids, purpose__in=[Consent.Purpose.PHOTO_INSIDE, Consent.Purpose.PHOTO_PUBLIC])
        .standing()
        .values_list("child_id", "answer")
    )
    refuses = {child for child, answer in refusing if answer != Consent.Answer.GIVEN}
    children = Child.objects.visible_to(user).filter(pk__in=ids).only("id", "forename", "surname", "known_as")
    return [RegisterLine(c.pk, c.name, Mark(marks.get(c.pk, Mark.PRESENT)), c.pk in refuses) for c in children]
