"""What is destroyed of stories on its date."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from inharmony.access.scope import Scope, scoped
from outcomes.actions.story import delete
from outcomes.models import Story, StoryChild
from participants.models import Enrolment
from programmes.models import Programme
from schools.models import AcademicYear

YEARS = 3


def destroy_due(*, today: date) -> int:
    """
    Destroys stories of academic years that ended three years ago, and those whose every child has left.

    Returns how many went. Harmless twice.
    """
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        due = list(Story.objects.filter(_due(today)))
        for story in due:
            delete(story=story, by=None)
    return len(due)


def first_kept(today: date) -> int:
    """Returns the first academic year whose stories are kept: three years after its last day they go."""
    return AcademicYear.year_of(today) - YEARS


def _due(today: date) -> Q:
    named = StoryChild.objects.filter(story=OuterRef("pk"))
    here = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    has_left = Exists(named) & ~Exists(named.filter(child__in=here.values("child")))
    return Q(academic_year_id__lt=first_kept(today)) | has_left
