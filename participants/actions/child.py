"""What becomes of one child within a year: leaves the school, comes into another class, is written otherwise."""

from datetime import date

from django.db import transaction
from django.db.models import F, Max, Q

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.models import Attendance, Child, Enrolment, Identity, Membership, Placement, Playing
from participants.validators.identity import person_hash
from participants.validators.names import sort_key
from schools.models import AcademicYear


class LeavingRefusedError(Exception):
    """A last day on which the child cannot have left; the text says why and what to do."""


@transaction.atomic
def leave(*, enrolment: Enrolment, last_day: date, by: User) -> Enrolment:
    """
    Ends an enrolment on a last day, with the ensembles the child is in and what they play, and returns it.

    Where a whole year group leaves at the turn of the year, that is `destination.leave_school`. Ended on that very day
    already, nothing is written. Raises LeavingRefusedError where something of the child lies after the day.
    """
    # whoever protects the child or takes them into an ensemble locks the child first too, and waits here
    Child.objects.select_for_update().get(pk=enrolment.child_id)
    stay = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if stay.ends_on == last_day:
        return stay
    _require_over(stay, last_day)
    going_on = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    ended = Membership.objects.filter(going_on, child=stay.child_id).update(ends_on=last_day, left_in=None)
    Playing.objects.filter(going_on, child=stay.child_id).update(ends_on=last_day)
    Enrolment.objects.filter(pk=stay.pk).update(ends_on=last_day, revision=F("revision") + 1)
    details = {"fields": ["ends_on"], "ensembles": ended}
    _audit("child.left_school", stay.child_id, stay.programme_id, by, details)
    stay.refresh_from_db()
    return stay


def _require_over(stay: Enrolment, last_day: date) -> None:
    if last_day < stay.starts_on:
        raise LeavingRefusedError(f"The child began at the school on {dates.day(stay.starts_on)}, after that day.")
    if stay.ends_on is not None and stay.ends_on < last_day:
        raise LeavingRefusedError(f"The child left the school on {dates.day(stay.ends_on)} already.")
    mine = {"child": stay.child_id, "starts_on__gt": last_day}
    if Enrolment.objects.filter(**mine).exists():
        raise LeavingRefusedError("The child is enrolled again after that day, by a class list.")
    if Membership.objects.filter(**mine).exists():
        raise LeavingRefusedError("The child joined an ensemble after that day. Choose a later last day.")
    if Playing.objects.filter(**mine).exists():
        raise LeavingRefusedError("The child began an instrument after that day. Choose a later last day.")
    marks = Attendance.objects.filter(child=stay.child_id, session__day__gt=last_day)
    if last := marks.aggregate(last=Max("session__day"))["last"]:
        raise LeavingRefusedError(
            f"The child stood in a register after that day, the last on {dates.day(last)}. Choose that or a later day."
        )


@transaction.atomic
def move_class(
    *, enrolment: Enrolment, academic_year: AcademicYear, year_group: str, school_class: str, by: User
) -> Placement:
    """Writes down the year group and school class of an enrolled child in a year, and returns the placement."""
    Child.objects.select_for_update().get(pk=enrolment.child_id)
    wanted = {"year_group": year_group, "school_class": school_class}
    place = Placement.objects.select_for_update().filter(enrolment=enrolment, academic_year=academic_year).first()
    if place is None:
        place = Placement.objects.create(
            programme_id=enrolment.programme_id,
            enrolment=enrolment,
            child_id=enrolment.child_id,
            academic_year=academic_year,
            **wanted,
        )
        changed = list(wanted)
    else:
        changed = [name for name, value in wanted.items() if getattr(place, name) != value]
    if changed:
        Placement.objects.filter(pk=place.pk).update(**wanted, revision=F("revision") + 1)
        _audit("child.moved_class", enrolment.child_id, enrolment.programme_id, by, {"fields": changed})
        place.refresh_from_db()
    return place


@transaction.atomic
def rename(*, child: Child, forename: str, surname: str, by: User) -> Child:
    """Writes a child's name otherwise, with all that follows from it, and returns the child."""
    found = Child.objects.select_for_update().get(pk=child.pk)
    wanted = {"forename": forename, "surname": surname}
    changed = [name for name, value in wanted.items() if getattr(found, name) != value]
    if changed:
        key = sort_key(surname, forename)
        Child.objects.filter(pk=found.pk).update(**wanted, sort_key=key, revision=F("revision") + 1)
        # by which the child is known again in another programme
        known_by = person_hash(forename, surname, found.date_of_birth)
        Identity.objects.filter(child=found.pk).update(person_hash=known_by)
        _audit("child.renamed", found.pk, found.programme_id, by, {"fields": changed})
        found.refresh_from_db()
    return found


def _audit(act: str, child: int, programme_id: int, by: User, details: dict[str, object]) -> None:
    audit(act=act, by=by, programme_id=programme_id, children=[child], details=details)
