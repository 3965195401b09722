"""The school a list is for: a partner school, today, of a hub whose lists the person may import."""

import re
from datetime import date

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from participants.queries.roster import importable_partnerships
from programmes.models import Partnership
from schools.models import School

DEMONSTRATION = "demo"


class SchoolRefusedError(Exception):
    """No list can be imported for the school named; the text says why and what to do."""


def partner_school(written: str, *, by: User, day: date) -> Partnership:
    """Returns the partnership of a URN, or of the first demonstration school for the word `demo`.

    Raises SchoolRefusedError for what is no URN, and for a school that is unknown, closed, or no partner.
    """
    if not by.reach.may(Permission.IMPORT_ROSTER):
        raise SchoolRefusedError(f"{by.name} may not import class lists: that takes a hub administrator or manager.")
    partnerships = importable_partnerships(by, day)
    if written == DEMONSTRATION:
        found = partnerships.filter(school__is_demonstration=True).first()
        if found is None:
            raise SchoolRefusedError("This hub has no demonstration school. Name a partner school by its URN.")
        return found
    if not re.fullmatch(r"[1-9]\d{5}", written):
        raise SchoolRefusedError(f"“{written}” is not a URN. Write the six figures of a partner school.")
    school = School.objects.filter(pk=int(written)).first()
    if school is None:
        raise SchoolRefusedError(f"No school here has the URN {written}. Check it, or load the register of schools.")
    require_open(school, day)
    partnership = partnerships.filter(school=school).first()
    if partnership is None:
        raise SchoolRefusedError(
            f"{school.name} ({written}) is no partner school of your hub today. A list can be imported once the"
            " partnership is entered."
        )
    return partnership


def require_open(school: School, day: date) -> None:
    """Refuses a school that has closed, naming the day."""
    if school.closed_on is not None and school.closed_on <= day:
        raise SchoolRefusedError(
            f"{school.name} ({school.pk}) closed on {school.closed_on:%d/%m/%Y}. Use its successor’s URN."
        )
    if school.status == School.Status.CLOSED:
        raise SchoolRefusedError(f"{school.name} ({school.pk}) has closed. Use its successor’s URN.")
