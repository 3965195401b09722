"""What is destroyed of stories on its date."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from inharmony.access.scope import Scope, scoped
from outcomes.actions.story import destroy
from outcomes.models import Story, StoryChild
from participants.models import Enrolment
from programmes.models import Programme
from schools.models import AcademicYear

YEARS = 3
# who left by a list that was wrong is here again by then: so long a list can be taken back
AFTER_LEAVING = timedelta(days=30)


def destroy_due(*, today: date) -> int:
    """
    Destroys stories of academic years that ended three years ago, and those whose every child has left.

    Returns how many went; one transaction a story. Harmless twice.
    """
    reach, due = Scope(frozenset(Programme.objects.values_list("pk", flat=True))), _due(today)
    with scoped(reach):
        found = list(Story.objects.filter(due))
    gone = 0
    for story in found:
        with scoped(reach):
            gone += destroy(story=story, due=due)
    return gone


def first_kept(today: date) -> int:
    """Returns the first academic year whose stories are kept: three years after its last day they go."""
    return AcademicYear.year_of(today) - YEARS


def goes_on(story: Story) -> date:
    """
    Returns the day on which a story is destroyed, as it stands today.

    That is three years after its academic year. Where every child in it has left it is thirty days after the last one
    did, and not before the end of the calendar year in which its academic year ends: reports of that year carry it.
    """
    last = date(story.academic_year_id + YEARS + 1, 9, 1)
    named = set(StoryChild.objects.filter(story=story).values_list("child", flat=True))
    ends = list(Enrolment.objects.filter(child__in=named).values_list("ends_on", flat=True))
    if not named or None in ends:
        return last
    left_on = max([day for day in ends if day], default=date(story.academic_year_id, 9, 1))
    return min(last, max(date(story.academic_year_id + 2, 1, 1), left_on + AFTER_LEAVING + timedelta(days=1)))


def _due(today: date) -> Q:
    named = StoryChild.objects.filter(story=OuterRef("pk"))
    here = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today - AFTER_LEAVING))
    has_left = Exists(named) & ~Exists(named.filter(child__in=here.values("child")))
    return Q(academic_year_id__lt=first_kept(today)) | (Q(academic_year_id__lt=today.year - 1) & has_left)
