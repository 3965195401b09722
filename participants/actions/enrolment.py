"""Enrolling children: the door through which a child comes into a programme. One child is a list of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Child, Enrolment, Identity, Placement, RosterImport
from participants.validators.identity import person_hash, seal, upn_hash
from participants.validators.names import sort_key
from programmes.models import Programme
from schools.models import AcademicYear


@dataclass(frozen=True)
class NewChild:
    """A child not yet in the programme, as a class list or a form gives one. Unknown flags are None."""

    forename: str
    surname: str
    date_of_birth: date
    school_id: int | None
    year_group: str = ""
    school_class: str = ""
    known_as: str = ""
    sex: str = Child.Sex.UNKNOWN
    upn: str = ""
    ethnicity: str = ""
    first_language: str = ""
    sen: str = ""
    is_eal: bool | None = None
    is_pupil_premium: bool | None = None
    is_fsm: bool | None = None
    is_fsm6: bool | None = None
    home_decile: int | None = None


@transaction.atomic
def enrol_many(
    *,
    programme: Programme,
    children: Sequence[NewChild],
    academic_year: AcademicYear,
    starts_on: date,
    by: User,
    roster_import: RosterImport | None = None,
) -> list[Child]:
    """Makes the children, their enrolments and their placements of the year; returns the children in the same order.

    A fixed number of statements whatever the number of children.
    """
    made = Child.objects.bulk_create([_child(programme, new, roster_import) for new in children])
    Identity.objects.bulk_create(
        [
            Identity(
                child=child,
                programme=programme,
                upn_hash=child.upn_hash,
                person_hash=person_hash(child.forename, child.surname, child.date_of_birth),
            )
            for child in made
        ]
    )
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(
                programme=programme,
                child=child,
                school_id=new.school_id,
                starts_on=starts_on,
                roster_import=roster_import,
            )
            for child, new in zip(made, children, strict=True)
        ]
    )
    Placement.objects.bulk_create(
        [
            Placement(
                programme=programme,
                child=enrolment.child,
                enrolment=enrolment,
                academic_year=academic_year,
                year_group=new.year_group,
                school_class=new.school_class,
                roster_import=roster_import,
            )
            for enrolment, new in zip(enrolments, children, strict=True)
        ]
    )
    audit(
        act="children.enrolled",
        by=by,
        programme_id=programme.pk,
        subject=roster_import,
        children=[child.pk for child in made],
        details={"academic_year": academic_year.pk},
    )
    return made


def _child(programme: Programme, new: NewChild, roster_import: RosterImport | None) -> Child:
    return Child(
        programme=programme,
        forename=new.forename,
        surname=new.surname,
        known_as=new.known_as,
        sort_key=sort_key(new.surname, new.forename),
        date_of_birth=new.date_of_birth,
        sex=new.sex,
        upn_hash=upn_hash(new.upn),
        upn_sealed=seal(new.upn),
        ethnicity=new.ethnicity,
        first_language=new.first_language,
        sen=new.sen,
        is_eal=new.is_eal,
        is_pupil_premium=new.is_pupil_premium,
        is_fsm=new.is_fsm,
        is_fsm6=new.is_fsm6,
        home_decile=new.home_decile,
        roster_import=roster_import,
    )
