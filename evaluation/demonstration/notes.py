"""Invented access notes: a few children of each hub, as a hub administrator would type them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from django.utils import timezone

from evaluation.demonstration.children import DemoChild
from participants.models import AccessNote
from programmes.models import Programme

ToldBy, Condition = AccessNote.ToldBy, AccessNote.Condition
NOTES = (
    ("Sits near the door; likes to know beforehand when it gets loud.", ToldBy.FAMILY, Condition.CONSENT),
    ("Large print, please: music on A3.", ToldBy.SCHOOL, Condition.EQUALITY),
    ("Hears better on the left; face them when you explain.", ToldBy.CHILD, Condition.CONSENT),
)


def write_notes(
    children: Sequence[DemoChild], ids: Mapping[int, int], programmes: Sequence[Programme], recorders: Mapping[int, int]
) -> int:
    """Writes the notes of three of the youngest children of each hub; returns how many."""
    noted_at = timezone.make_aware(datetime.combine(timezone.localdate().replace(day=1), time(9)))
    rows = []
    for programme in programmes:
        own = [child for child in children if child.programme_id == programme.pk and child.stays[-1].ends_on is None]
        rows += [
            AccessNote(
                programme_id=programme.pk,
                child_id=ids[child.number],
                words=words,
                told_by=told_by,
                condition=condition,
                noted_at=noted_at,
                noted_by_id=recorders[programme.pk],
            )
            for child, (words, told_by, condition) in zip(own[-len(NOTES) :], NOTES, strict=False)
        ]
    return len(AccessNote.objects.bulk_create(rows))
