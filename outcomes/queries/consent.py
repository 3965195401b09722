"""Of which children a yes about surveys stands."""

from collections.abc import Iterable

from participants.models import Consent


def consenting(children: Iterable[int]) -> frozenset[int]:
    """Returns those of some children, by id, whose standing answer about surveys is yes; one statement."""
    asked = Consent.objects.filter(child__in=list(children), purpose=Consent.Purpose.SURVEY).standing()
    return frozenset(row.child_id for row in asked.only("child_id", "answer") if row.is_given)
