"""Names of children as words are searched for them: those of stories, and what a hub says itself in its reports."""

from django.db.models import QuerySet

from outcomes.validators.story import Named
from participants.models import Child


def names_of(children: QuerySet[Child]) -> list[Named]:
    """Returns the names of some children; one statement."""
    return [Named(*each) for each in children.order_by().values_list("forename", "surname", "known_as")]
