"""Children are built by the acts that build them in life."""

from datetime import date

from participants.actions import enrolment, membership
from participants.actions.enrolment import NewChild
from participants.models import Child
from tests.factories.schools import LONG_AGO, this_year

NAMES = (
    ("Amara", "Adeyemi"),
    ("Yusuf", "Ali"),
    ("Ellie", "Barrow"),
    ("Nadia", "Begum"),
    ("Callum", "Byrne"),
    ("Zoë", "O’Connell"),
    ("Siân", "Price-Évans"),
)


def children(programme, school, *, by, names=NAMES[:3], year_group="4", school_class="4B", **fields) -> list[Child]:
    """Returns newly enrolled children of one school class, in the order of their names."""
    new = [
        NewChild(
            forename=forename,
            surname=surname,
            date_of_birth=date(2017, 9, 1 + number),
            school_id=school.pk if school else None,
            year_group=year_group,
            school_class=school_class,
            **fields,
        )
        for number, (forename, surname) in enumerate(names)
    ]
    return enrolment.enrol_many(programme=programme, children=new, academic_year=this_year(), starts_on=LONG_AGO, by=by)


def join(ensemble, children, *, by, starts_on=LONG_AGO):
    """Returns the memberships of children who join an ensemble."""
    return membership.join(ensemble=ensemble, children=children, starts_on=starts_on, by=by)
