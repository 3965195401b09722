"""Children are built by the acts that build them in life."""

from datetime import date

from django.utils import timezone

from participants.actions import consent, enrolment, membership
from participants.actions.enrolment import NewChild
from participants.models import Child, Consent, HubMove
from participants.validators.identity import pair_hash
from participants.wordings import wording_on
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


def may_have_moved(child, *, counts_from=None, **fields) -> HubMove:
    """Returns the question whether a child has moved to another hub, as the night leaves it."""
    given = {"counts_from": counts_from or timezone.localdate(), "pair": pair_hash(child.pk, 0), **fields}
    return HubMove.objects.create(programme_id=child.programme_id, child=child, **given)


def answer(child, purpose, answer=Consent.Answer.REFUSED, *, by, given_by="Their mother", answered_on=None) -> Consent:
    """Returns an answer about a purpose, given today unless told, to the wording of that day."""
    day = answered_on or timezone.localdate()
    return consent.answer_consent(
        child=child,
        purpose=purpose,
        answer=answer,
        given_by=given_by,
        answered_on=day,
        wording_version=wording_on(purpose, day).version,
        by=by,
    )
