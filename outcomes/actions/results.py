"""What is published of a comparison school in a year, entered by hand where no table of it is loaded."""

from datetime import datetime

from django.db import transaction

from inharmony.accounts.models import User
from outcomes.actions.comparison import ComparisonRefusedError, have_reckoned
from outcomes.models import ComparisonSchool
from schools.actions import context
from schools.models import AcademicYear, SchoolContext


class NotPublishedError(ComparisonRefusedError):
    """Another hub holds numbers of the school and year that are not published."""


@transaction.atomic
def enter_published(
    *, comparison: ComparisonSchool, year: AcademicYear, entered: context.Entered, seen: datetime | None, by: User
) -> SchoolContext:
    """
    Writes down what is published of a comparison school in a year, as `schools.actions.context.enter` does.

    Raises NotPublishedError where numbers stand that a school told its own hub: they are neither shown nor overwritten.
    Raises ContextRefusedError as `enter` does.
    """
    standing = SchoolContext.objects.select_for_update().filter(school=comparison.school_id, academic_year=year.pk)
    if standing.filter(is_published=False).exists():
        raise NotPublishedError(
            f"Numbers of {comparison.school} in {year} were entered that are not published, and must not be mixed with "
            "these. Ask the operator."
        )
    kept = context.enter(school=comparison.school, year=year, entered=entered, seen=seen, by=by)
    have_reckoned()
    return kept
