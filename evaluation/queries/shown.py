"""What stands in reports by consent, whatever it is: which of it may not be shown any more, by its marks."""

from collections.abc import Iterable

from django.utils import timezone

from outcomes.queries.story import hubs_of
from outcomes.queries.story import not_shown as stories_not_shown
from outcomes.queries.story import taken_back as stories_taken_back
from participants.queries.photo import MARK, photos_not_public, photos_taken_back
from programmes.models import Closing, Programme


def not_shown(marks: Iterable[str]) -> set[str]:
    """Returns those marks of stories and photos that are not shown as they were, wherever; at most two statements."""
    photos, stories = _sorted(marks)
    return photos_not_public(photos) | stories_not_shown(stories)


def taken_back(marks: Iterable[str]) -> set[str]:
    """Returns those marks that somebody took back, in a scope of their hub. Not what is gone on its date."""
    photos, stories = _sorted(marks)
    return photos_taken_back(photos) | stories_taken_back(stories)


def closed_hub_of(marks: Iterable[str], programme: Programme | None) -> Programme | None:
    """
    Returns a hub that is closed today and of which something with one of the marks is; None where there is none.

    The marks are of the programme, or where there is no programme of any; at most two statements.
    """
    asked = set(marks)
    if not asked:
        return None
    closed = Closing.objects.on(timezone.localdate())
    speak = closed.filter(programme=programme) if programme else closed.filter(programme__in=hubs_of(_sorted(asked)[1]))
    found = speak.select_related("programme").first()
    return found.programme if found else None


def _sorted(marks: Iterable[str]) -> tuple[set[str], set[str]]:
    asked = set(marks)
    photos = {mark for mark in asked if mark.startswith(MARK)}
    return photos, asked - photos
