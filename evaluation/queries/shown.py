"""What stands in reports by consent, whatever it is: which of it may not be shown any more, by its marks."""

from collections.abc import Iterable

from outcomes.queries.story import not_shown as stories_not_shown
from outcomes.queries.story import taken_back as stories_taken_back
from participants.queries.photo import MARK, photos_not_public, photos_taken_back


def not_shown(marks: Iterable[str]) -> set[str]:
    """Returns those marks of stories and photos that are not shown as they were, wherever; at most two statements."""
    photos, stories = _sorted(marks)
    return photos_not_public(photos) | stories_not_shown(stories)


def taken_back(marks: Iterable[str], year: int) -> set[str]:
    """
    Returns those marks of what was shown in an academic year that somebody took back, in a scope of their hub.

    Not what is gone because it is kept no longer.
    """
    photos, stories = _sorted(marks)
    return photos_taken_back(photos) | stories_taken_back(stories, year)


def _sorted(marks: Iterable[str]) -> tuple[set[str], set[str]]:
    asked = set(marks)
    photos = {mark for mark in asked if mark.startswith(MARK)}
    return photos, asked - photos
