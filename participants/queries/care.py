"""
What whoever lists children must know of each: may they be in a picture, may they stand on paper.

Every list of children takes it from here: pages, prints and, when there are exports, these too. One statement,
whatever the number of children; withdrawn is withdrawn at the next request.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from inharmony.accounts.models import User
from participants.models import Child, Consent
from participants.models.visibility import Ids

GIVEN, PURPOSE = Consent.Answer.GIVEN, Consent.Purpose


class PhotoBadge(StrEnum):
    """What stands beside the name of a child; nothing where both kinds of pictures are consented to."""

    NONE = ""
    NOT_PUBLIC = "No public photos"
    NOT_ASKED = "No photo consent yet"
    NEVER = "No photos"

    @property
    def is_refusal(self) -> bool:
        """Whether no picture of the child may be taken at all."""
        return self is PhotoBadge.NEVER


@dataclass(frozen=True)
class Care:
    """How to treat one child in a list: the badge that must stand beside the name, and whether paper may show it."""

    badge: PhotoBadge
    is_printed: bool = True


class CareOfChildren(dict[int, Care]):
    """What to heed, by child; of one about whom nothing could be read, the most careful."""

    def __missing__(self, child_id: int) -> Care:
        return Care(PhotoBadge.NEVER, is_printed=False)

    @property
    def off_paper(self) -> int:
        """How many of them no paper may show."""
        return sum(not care.is_printed for care in self.values())


def photo_badge(inside: str | None, public: str | None) -> PhotoBadge:
    """
    Returns the badge for the standing answers about photos inside the programme and in public; None is never asked.

    No answer is no consent. Who may not be photographed inside may not be photographed.
    """
    if inside == GIVEN:
        return PhotoBadge.NONE if public == GIVEN else PhotoBadge.NOT_PUBLIC
    if inside is None and (public is None or public == GIVEN):
        return PhotoBadge.NOT_ASKED
    return PhotoBadge.NEVER


def with_answers(children: QuerySet[Child]) -> QuerySet[Child]:
    """Returns the same children with the standing answers about photos that `care_for` reads; no statement more."""
    answers = Consent.objects.filter(child=OuterRef("pk")).order_by("-answered_on", "-id").values("answer")
    return children.annotate(
        photo_inside=Subquery(answers.filter(purpose=PURPOSE.PHOTO_INSIDE)[:1]),
        photo_public=Subquery(answers.filter(purpose=PURPOSE.PHOTO_PUBLIC)[:1]),
    )


def care_for(child: Child) -> Care:
    """Returns what to heed of a child that came `with_answers`."""
    if child.is_at_risk:
        # in no picture, whatever was answered
        return Care(PhotoBadge.NEVER, is_printed=False)
    answered: Any = child
    return Care(photo_badge(answered.photo_inside, answered.photo_public))


def care_of(children: Iterable[int], user: User, *, inside: Ids = None) -> CareOfChildren:
    """Returns what to heed of the children given by id, by id; `inside` as for `visible_to`. One statement."""
    seen = Child.objects.visible_to(user, inside=inside).filter(pk__in=set(children)).order_by()
    return CareOfChildren((child.pk, care_for(child)) for child in with_answers(seen).only("id", "is_at_risk"))
