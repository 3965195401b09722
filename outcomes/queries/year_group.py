"""The year group that stands beside what a child said."""

from outcomes.models import Story, StoryChild
from participants.models import Placement
from participants.models.enrolment import YearGroup

# as many as must have answered before anything is told of an answer
LEAST = 10


def year_group_of(story: Story) -> str:
    """
    Returns the year group of the children in a story in its year; "" where they are of several, or it is not told.

    It is told of a quotation of a child alone, and where ten children of the programme or more are of it in that year.
    """
    if story.said_by != Story.SaidBy.CHILD:
        return ""
    placed = Placement.objects.filter(programme_id=story.programme_id, academic_year_id=story.academic_year_id)
    named = StoryChild.objects.filter(story=story).values("child")
    groups = dict(placed.filter(child__in=named).order_by("enrolment__starts_on").values_list("child", "year_group"))
    told = set(groups.values())
    if len(told) != 1 or len(groups) < named.count() or told <= {"", YearGroup.X}:
        return ""
    (group,) = told
    many = placed.filter(year_group=group).values("child").distinct().count()
    return group if many >= LEAST else ""
