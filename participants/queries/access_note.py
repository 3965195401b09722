"""Reads of access notes: of one child for who keeps them, and of those on a register around its session."""

from django.db.models import F, OuterRef, QuerySet, Subquery

from inharmony.accounts.models import User
from participants.models import AccessNote, Child


def with_note(children: QuerySet[Child]) -> QuerySet[Child]:
    """Returns the same children with their access notes, which `note_of` reads; no statement more."""
    standing = AccessNote.objects.standing().filter(child=OuterRef("pk"))
    return children.annotate(access_note=Subquery(standing.values("words")[:1]))


def note_of(child: Child) -> str:
    """Returns the access note of a child; an empty text where there is none, or it did not come `with_note`."""
    return getattr(child, "access_note", None) or ""


def last_note(child: Child, user: User) -> AccessNote | None:
    """Returns the access note of a child that stands, else the last that was ended; None where there never was one."""
    notes = AccessNote.objects.visible_to(user).filter(child=child).select_related("noted_by", "ended_by")
    return notes.order_by(F("ended_at").desc(nulls_first=True)).first()
