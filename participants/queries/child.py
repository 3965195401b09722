"""Reads of children for lists and pages."""

from django.db.models import F, OuterRef, QuerySet, Subquery

from inharmony.accounts.models import User
from participants.models import Child, Enrolment, Placement
from participants.validators.names import folded


def children_list(
    user: User, *, day: object, year: int, search: str = "", school: int | None = None
) -> QuerySet[Child]:
    """Returns the children the person sees who are enrolled on a day, with school, year group and class, by name."""
    enrolled = Enrolment.objects.visible_to(user).on(day)
    if school is not None:
        enrolled = enrolled.filter(school_id=school)
    place = Placement.objects.visible_to(user).filter(child=OuterRef("pk"), academic_year_id=year)
    children = Child.objects.visible_to(user).filter(pk__in=enrolled.values("child"))
    for word in folded(search).split():
        children = children.filter(sort_key__contains=word)
    return children.annotate(
        school_name=Subquery(enrolled.filter(child=OuterRef("pk")).values("school__name")[:1]),
        year_group=Subquery(place.values("year_group")[:1]),
        school_class=Subquery(place.values("school_class")[:1]),
        programme_name=F("programme__short_name"),
    )
