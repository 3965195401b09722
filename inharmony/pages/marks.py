"""
The rows of a register: a child's name and five choices, one of which is chosen.

Put together here and not in a template: thirty rows of five choices are what the page of a register is, and walking
them in a template took a third of its time. What does not differ from child to child is put together once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from inharmony.pages.icons import ABSENT, EXCUSED, LATE, PRESENT, REASON, State, icon

STATES = (PRESENT, LATE, REASON, ABSENT, EXCUSED)
# no mark: the row goes with the next save
TAKEN_OFF = State("x", "not-taken", "Taken off")
# words of a choice, where they differ from the state's: what is heard before them, and they themselves
SAID = {REASON.letter: ("Absent, ", "Reason known"), ABSENT.letter: ("Absent, ", "No reason")}
# of each choice: its letter, what is heard before its words, its words
CHOICES = tuple((s.letter, *SAID.get(s.letter, ("", s.word))) for s in STATES)


@dataclass(frozen=True)
class MarkRow:
    """
    One child's row: the key within the page, the name of its radios, the mark chosen (p l r a e), the badge.

    `about` are further words below the name; `more` is where an absence on other days is noted; `note` is what helps
    the child, and never on paper. A child who is not in the ensemble carries a `walk_in`, the token of whoever added
    them, and a sixth choice (x) that takes them off again.
    """

    key: int
    field: str
    name: str
    value: str
    badge: Any = ""
    is_off_paper: bool = False
    about: tuple[str, ...] = ()
    more: str = ""
    note: str = ""
    walk_in: str = ""


def mark_rows(rows: Iterable[MarkRow]) -> SafeString:
    """Returns the rows as list items."""
    return format_html_join("\n", "{}", ((_row(row),) for row in rows))


def _row(row: MarkRow) -> SafeString:
    shape = _shape(row.value, is_off_paper=row.is_off_paper, has_more=bool(row.more), is_walk_in=bool(row.walk_in))
    about = badge(row.badge) + format_html_join("", "<span>{}</span>", ((words,) for words in row.about))
    if row.note:
        about += format_html('<span class="access-note off-paper"><b>Access:</b> {}</span>', row.note)
    return format_html(
        shape, key=row.key, field=row.field, name=row.name, about=about, more=row.more, walk_in=row.walk_in
    )


def badge(said: Any) -> SafeString:
    """Returns a badge that must not be missed beside a name; nothing where there is none."""
    if not said:
        return SafeString("")
    css = "badge badge-no" if getattr(said, "is_refusal", False) else "badge"
    return format_html('<span class="{}">{}{}</span>', css, icon("no-photo"), said)


@cache
def _shape(value: str, *, is_off_paper: bool, has_more: bool, is_walk_in: bool) -> str:
    """Returns the row as a format: what is left to fill in is the child."""
    states = format_html_join(
        "",
        '<span class="mark-is state state-{}" aria-hidden="true">{}{}</span>',
        ((s.letter, s.word, icon(s.icon)) for s in (*STATES, *([TAKEN_OFF] if is_walk_in else []))),
    )
    # beside this page: what is marked here and not saved yet stays
    more = '<a class="mark-more" href="{more}" target="_blank">Away on other days too?</a>' if has_more else ""
    choices = "".join(_choice(s.letter, s.word, value) for s in STATES)
    choices += _choice(TAKEN_OFF.letter, "Take off the register", value) if is_walk_in else ""
    token = '<input type="hidden" name="w{key}" value="{walk_in}">' if is_walk_in else ""
    return (
        f'<li class="mark{" off-paper" if is_off_paper else ""}" id="child-{{key}}">'
        '<div class="mark-in" role="group" aria-labelledby="name-{key}"><div class="mark-who">'
        '<span class="mark-name" id="name-{key}">{name}</span><span class="mark-about">{about}</span></div>\n'
        f'{states}\n<div class="mark-choices">{choices}{more}</div>{token}</div></li>'
    )


def _choice(letter: str, word: str, value: str) -> str:
    before, said = SAID.get(letter, ("", word))
    heard = f'<span class="vh">{before}</span>' if before else ""
    chosen = " checked" if letter == value else ""
    return (
        f'<label class="choice choice-{letter}"><input type="radio" name="{{field}}" value="{letter}"{chosen}>'
        f"{heard}{said}</label>"
    )
