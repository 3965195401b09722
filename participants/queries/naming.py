"""Children whom somebody names by searching: on a photo, in a story."""

from django.db.models import QuerySet

from participants.models import Child
from participants.validators.names import folded, matching

MOST = 12


def children_like(children: QuerySet[Child], search: str, *, most: int = MOST) -> list[int]:
    """Returns the ids of the first few of some children in whose names all words stand, by name; one statement."""
    names = children.order_by("sort_key", "pk").values_list("pk", "sort_key", "known_as")
    return matching([(pk, f"{key} {folded(known)}") for pk, key, known in names], search)[:most]
