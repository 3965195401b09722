"""Schools that a hub compares its own with: chosen with a reason, and ended with one."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.broker import tell
from outcomes.models import ComparisonSchool
from outcomes.queries.comparison import partners_since
from programmes.models import Programme
from schools.models import AcademicYear, School

# the task that reckons how the groups changed; what it misses it finds at its next beat
RECKON_DIFFERENCES = "outcomes.reckon_differences"


class ComparisonRefusedError(Exception):
    """A choice that cannot be made or ended so; the text says why and what to do."""


class ChosenAlreadyError(ComparisonRefusedError):
    """The hub compares with the school already."""


class TakesPartError(ComparisonRefusedError):
    """The school works with a hub in those years."""


class EndedAlreadyError(ComparisonRefusedError):
    """Somebody has ended the choice before."""


@transaction.atomic
def choose(*, programme: Programme, school: School, year: AcademicYear, reason: str, by: User) -> ComparisonSchool:
    """
    Writes down that a hub compares its schools with this one from a year on, and returns it.

    Raises TakesPartError for a school that has worked with any hub since that year began, ChosenAlreadyError.
    """
    taking = partners_since(year).filter(school=school).select_related("programme").first()
    if taking is not None:
        raise TakesPartError(
            f"{school} works, or worked since {year}, with {taking.programme.short_name}: a school that takes part is "
            "no comparison. Choose another, or a later year."
        )
    AcademicYear.objects.get_or_create(year=year.pk)
    try:
        with transaction.atomic():
            chosen = ComparisonSchool.objects.create(
                programme=programme, school=school, academic_year_id=year.pk, reason=reason, chosen_by=by
            )
    except IntegrityError as error:
        if "once_at_a_time" not in str(error):
            raise
        raise ChosenAlreadyError(f"{school} is compared with {programme.short_name} already.") from error
    _audit("comparison.chosen", chosen, by)
    return chosen


@transaction.atomic
def end(*, comparison: ComparisonSchool, because: str, by: User) -> ComparisonSchool:
    """Ends a choice from now on and returns it; it stays to be read. Raises EndedAlreadyError."""
    locked = ComparisonSchool.objects.select_for_update(of=("self",)).select_related("school")
    ending = locked.get(pk=comparison.pk)
    if ending.ended_at is not None:
        raise EndedAlreadyError(f"{ending.school} is no comparison school any more: somebody ended it before.")
    ending.ended_at, ending.ended_by, ending.ended_because = timezone.now(), by, because
    ending.save(update_fields=["ended_at", "ended_by", "ended_because"])
    _audit("comparison.ended", ending, by)
    return ending


def have_reckoned() -> None:
    """Tells the workers, once this is committed, that schools or numbers are others than before."""
    transaction.on_commit(lambda: tell(RECKON_DIFFERENCES) and None, robust=True)


def _audit(act: str, comparison: ComparisonSchool, by: User) -> None:
    details = {"school": comparison.school_id, "year": str(AcademicYear(year=comparison.academic_year_id))}
    audit(act=act, by=by, programme_id=comparison.programme_id, subject=comparison, details=details)
    have_reckoned()
