"""Invented schools: their numbers can belong to no real one."""

import itertools
from datetime import date

from schools.models import AcademicYear, LocalAuthority, School

_urns = itertools.count(990_101)


def school(name: str = "Saltwharf Primary", *, authority: str = "341", **fields) -> School:
    """Returns a new demonstration school."""
    LocalAuthority.objects.get_or_create(code=authority, defaults={"name": f"Authority {authority}"})
    fields.setdefault("urn", next(_urns))
    return School.objects.create(
        name=name, local_authority_id=authority, phase=School.Phase.PRIMARY, is_demonstration=True, **fields
    )


def this_year() -> AcademicYear:
    """Returns the academic year of today."""
    return AcademicYear.current()


LONG_AGO = date(2020, 9, 1)
