"""Invented schools: their numbers can belong to no real one."""

import itertools
from datetime import date

from schools.models import AcademicYear, Closure, LocalAuthority, School, Term

# a run of all tests makes more schools than there are such numbers; no test makes nearly as many
_urns = itertools.cycle(range(990_104, 1_000_000))
OF_THE_CAST = (990_101, 990_102, 990_103)


def school(name: str = "Saltwharf Primary", *, authority: str = "341", **fields) -> School:
    """Returns a new demonstration school."""
    LocalAuthority.objects.get_or_create(code=authority, defaults={"name": f"Authority {authority}"})
    fields = {"urn": next(_urns), "phase": School.Phase.PRIMARY} | fields
    return School.objects.create(name=name, local_authority_id=authority, is_demonstration=True, **fields)


def this_year() -> AcademicYear:
    """Returns the academic year of today."""
    return AcademicYear.current()


LONG_AGO = date(2020, 9, 1)


def term(season: str, starts_on: date, ends_on: date, *half_term: date, **owner) -> Term:
    """Returns a new term of a school or of a local authority, with its half-term break where two days are given."""
    first, last = half_term or (None, None)
    year = AcademicYear.objects.get_or_create(year=AcademicYear.year_of(starts_on))[0]
    return Term.objects.create(
        year=year,
        season=season,
        starts_on=starts_on,
        ends_on=ends_on,
        half_term_starts_on=first,
        half_term_ends_on=last,
        **owner,
    )


def closure(reason: str, starts_on: date, ends_on: date | None = None, **owner) -> Closure:
    """Returns new days without sessions, one unless told."""
    return Closure.objects.create(reason=reason, starts_on=starts_on, ends_on=ends_on or starts_on, **owner)
