"""The icons of static/img/icons.svg and the words and shapes of a mark."""

from functools import cache
from typing import NamedTuple

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = frozenset(
    {
        *("present", "late", "reason", "absent", "excused", "not-taken", "no-photo", "unsent"),
        *("stop", "about", "tick", "get", "print", "back", "next", "up", "down", "mark"),
        *("today", "hub", "country", "registers", "children", "person", "note", "sheet", "report", "mail"),
        *("search", "photo", "record"),
    },
)


class State(NamedTuple):
    """How a mark looks: the letter of its classes, its icon, its word."""

    letter: str
    icon: str
    word: str


PRESENT = State("p", "present", "Present")
LATE = State("l", "late", "Late")
REASON = State("r", "reason", "Reason known")
ABSENT = State("a", "absent", "Absent")
EXCUSED = State("e", "excused", "Excused")
NOT_TAKEN = State("n", "not-taken", "Not taken")
STATES = {state.letter: state for state in (PRESENT, LATE, REASON, ABSENT, EXCUSED, NOT_TAKEN)}


@cache
def sprite() -> str:
    """Returns the address of the sprite; the same for the life of the process, so that a register asks once."""
    return static("img/icons.svg")


@cache
def icon(name: str, label: str = "", css: str = "i") -> SafeString:
    """Returns an <svg> that uses one symbol of the sprite.

    Without a label it is decoration beside words and is hidden from screen readers; with one it is an image of that
    name. An unknown name is a mistake in a template and raises KeyError.
    """
    if name not in ICONS:
        raise KeyError(f"There is no icon {name!r}. Known: {', '.join(sorted(ICONS))}.")
    meaning = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="{}" {}><use href="{}#{}"/></svg>', css, meaning, sprite(), name)


def stave(percent: float) -> SafeString:
    """Returns the five lines filled to `percent` (0 to 100), with the notehead at the end of what is filled.

    Sizes are SVG attributes, for the policy allows no inline style. It repeats what words beside it say, so it is
    hidden from screen readers.
    """
    filled = min(max(round(percent), 0), 100)
    lines = SafeString('<path shape-rendering="crispEdges" d="M0 .5h3e3M0 3.5h3e3M0 6.5h3e3M0 9.5h3e3M0 12.5h3e3"/>')
    return format_html(
        '<svg class="stave" aria-hidden="true"><svg class="stave-rest">{}</svg>'
        '<svg class="stave-done" width="{}%">{}</svg>'
        '<ellipse class="stave-note" cx="{}%" cy="6.5" rx="6.5" ry="5"/></svg>',
        lines,
        filled,
        lines,
        min(max(filled, 1.5), 98.5),
    )
