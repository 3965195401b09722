"""Schools with published numbers, and choices of the cast: for tests of comparison schools."""

from outcomes.actions import comparison
from schools.actions.context import ContextFacts, keep_contexts
from schools.models import AcademicYear
from tests.factories import schools

YEAR = AcademicYear(year=2023)


def publish(year, numbers):
    """Publishes numbers of schools (school to field to number) of a year."""
    facts = [ContextFacts(school.pk, told, {}) for school, told in numbers.items()]
    keep_contexts(facts=facts, year=AcademicYear(year=year), source=f"DfE, {year}", by=None)


def chosen(cast, name="Farfield Primary", *, year=YEAR, reason="As many pupils, as poor.", **fields):
    """Returns the choice of a new school by Liverpool's manager."""
    school = schools.school(name, **fields)
    return comparison.choose(programme=cast.liverpool, school=school, year=year, reason=reason, by=cast.joanne)
