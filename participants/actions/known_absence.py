"""Absences known beforehand: written down for a child or for many at once, and taken back."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.models import Child, KnownAbsence

# longer is a child who has left, and an ensemble left is another act
LONGEST = timedelta(days=92)


class AbsenceRefusedError(Exception):
    """An absence that cannot be written down; the text says why and what to do, `about` which fact is wrong."""

    about: str | None = None


class AbsenceBackwardsError(AbsenceRefusedError):
    """The last day is before the first."""

    about = "ends_on"


class AbsenceTooLongError(AbsenceRefusedError):
    """It lasts longer than a term."""

    about = "ends_on"


@transaction.atomic
def note_absences(
    *, children: Sequence[Child], starts_on: date, ends_on: date, reason: KnownAbsence.Reason, by: User
) -> list[KnownAbsence]:
    """
    Writes down that children of one programme will be away from a first to a last day; returns the absences made.

    Of whom exactly this is known already, it is not written twice. Raises AbsenceBackwardsError, AbsenceTooLongError.
    """
    _require_possible(starts_on, ends_on)
    if not children:
        return []
    ids = sorted(child.pk for child in children)
    # two who press at once: the second finds what the first wrote
    list(Child.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    same = KnownAbsence.objects.standing().filter(starts_on=starts_on, ends_on=ends_on, reason=reason)
    known = set(same.filter(child__in=ids).values_list("child_id", flat=True))
    programme_id, press = children[0].programme_id, uuid.uuid4()
    made = KnownAbsence.objects.bulk_create(
        KnownAbsence(
            programme_id=programme_id,
            child_id=pk,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            press=press,
            noted_by=by,
        )
        for pk in ids
        if pk not in known
    )
    if made:
        audit(
            act="absence.noted",
            by=by,
            programme_id=programme_id,
            children=[absence.child_id for absence in made],
            details={"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()},
        )
    return made


@transaction.atomic
def take_back_absences(*, absences: Iterable[KnownAbsence], by: User) -> list[KnownAbsence]:
    """
    Takes absences of one programme back and returns them: the children are expected again.

    What was taken back before is left as it is.
    """
    ids = [absence.pk for absence in absences]
    found = list(KnownAbsence.objects.select_for_update().standing().filter(pk__in=ids).order_by("pk"))
    if not found:
        return []
    KnownAbsence.objects.filter(pk__in=[each.pk for each in found]).update(
        taken_back_at=timezone.now(), taken_back_by=by
    )
    children = sorted({each.child_id for each in found})
    audit(act="absence.taken_back", by=by, programme_id=found[0].programme_id, children=children)
    return found


def _require_possible(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise AbsenceBackwardsError(
            f"{dates.day(ends_on)} is before {dates.day(starts_on)}. Write the last day of the absence."
        )
    if ends_on - starts_on > LONGEST:
        raise AbsenceTooLongError(
            "An absence lasts three months at most. If the child does not come back, take them out of the ensemble."
        )
