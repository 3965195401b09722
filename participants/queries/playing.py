"""What children play."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from inharmony.accounts.models import User
from participants.models import Child, Playing
from participants.models.visibility import Ids
from programmes.instruments import Instrument

NOT_SAID = "Not said"


def played_on(children: Iterable[int], user: User, day: date, *, inside: Ids = None) -> dict[int, Playing]:
    """Returns what the children given by id play on a day, by child; `inside` as for `visible_to`. One statement."""
    found = Playing.objects.visible_to(user, inside=inside).on(day).filter(child__in=set(children))
    return {each.child_id: each for each in found}


def played_by(child: Child, user: User) -> QuerySet[Playing]:
    """Returns what a child plays and has played, the latest first, each with its ensemble."""
    return Playing.objects.visible_to(user).filter(child=child).select_related("ensemble").order_by("-starts_on")


def counted(playing: Iterable[Playing | None]) -> list[tuple[str, int]]:
    """
    Returns how many children play which instrument, in the order of the list, and last of whom it is not said (None).

    Nothing where it is said of nobody.
    """
    many = Counter(each.instrument if each else "" for each in playing)
    found = [(str(one.label), many[one]) for one in Instrument if many[one]]
    return [*found, *([(NOT_SAID, many[""])] if many[""] else [])] if found else []
