"""What the page of leavers sends: where each goes and how they go on, what holds for the rest, and the last day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from participants.actions.destination import Going
from participants.models import Destination
from participants.queries.destination import Leaver
from programmes.forms.days import day_field
from schools.models import School

GoesTo, Plays = Destination.GoesTo, Destination.Plays
Choices = list[tuple[str, str]]
REST = "rest"
# schools that a search of this page has found, more than which no page needs
_MOST = 60


class LastDayForm(forms.Form):
    """The last day at the school, and in what ends with it."""

    last_day = day_field("Last day")


def where_to(schools: Iterable[School]) -> list[tuple[str, Choices]]:
    """Returns where a child can go, as grouped choices: schools by their URN, then what is no school."""
    named = [(str(school.pk), f"{school.name}, {school.town}" if school.town else school.name) for school in schools]
    other = [(str(way.value), str(way.label)) for way in GoesTo if way != GoesTo.SCHOOL]
    return [*([("Schools", named)] if named else []), ("No school", other)]


def ways_on(*, is_gone: bool = False) -> Choices:
    """Returns how a child can go on playing; of who `is_gone`, outside the programme."""
    return [(str(way.value), str(way.label)) for way in Plays if not (is_gone and way == Plays.HERE)]


@dataclass(frozen=True)
class Sent:
    """
    What was posted: choices by enrolment and for the rest, URNs found before, what is looked for, the day as written.

    `finds` is whether schools are looked for, and nothing is to be written.
    """

    to: dict[str, str] = field(default_factory=dict)
    plays: dict[str, str] = field(default_factory=dict)
    # what a page showed, so that who left a row alone undoes nobody else's
    was: dict[str, str] = field(default_factory=dict)
    known: frozenset[int] = frozenset()
    words: str = ""
    finds: bool = False

    def going(self, leavers: Iterable[Leaver], schools: Mapping[str, int]) -> dict[int, Going]:
        """
        Returns where those go of whom it is said, by enrolment; who is left open is not among them.

        What a row leaves open, the choice for the rest fills. A choice that was not on the page leaves open.
        """
        found = {}
        for leaver in leavers:
            key = str(leaver.row.enrolment_id)
            to = self.to.get(key) or (self.to.get(REST, "") if leaver.is_at_the_end else "")
            plays = self.plays.get(key) or self.plays.get(REST, "") or Plays.UNKNOWN
            if going := _going(to, plays, schools):
                found[leaver.row.enrolment_id] = going
        return found

    def amended(self, rows: Iterable[Destination], schools: Mapping[str, int]) -> dict[int, Going]:
        """Returns, by destination, where those went of whom something else is said now than their page showed."""
        found = {}
        for row in rows:
            to, plays = self.to.get(str(row.pk), ""), self.plays.get(str(row.pk), "")
            going = _going(to, plays, schools)
            if going and going.plays != Plays.HERE and f"{to}|{plays}" != self.was.get(str(row.pk)):
                found[row.pk] = going
        return found


def _going(to: str, plays: str, schools: Mapping[str, int]) -> Going | None:
    if plays not in Plays.values:
        return None
    if to in schools:
        return Going(GoesTo.SCHOOL, Plays(plays), schools[to])
    return Going(GoesTo(to), Plays(plays)) if to in GoesTo.values and to != GoesTo.SCHOOL else None


def read(posted: Any) -> Sent:
    """Returns what was sent; whatever no page sends is as if it had not been."""
    known = [text for text in posted.getlist("known") if text.isascii() and text.isdigit() and len(text) < 10]
    words = " ".join(posted.get("find", "").replace("\0", "").split())[:60]
    return Sent(
        {name[3:]: value for name, value in posted.items() if name.startswith("to-")},
        {name[6:]: value for name, value in posted.items() if name.startswith("plays-")},
        {name[4:]: value for name, value in posted.items() if name.startswith("was-")},
        frozenset(int(text) for text in known[:_MOST]),
        words,
        "look" in posted,
    )
