"""What the link of a school opens: its class list, and what came by the link so far."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Subquery

from inharmony.pages import dates
from participants.models import Enrolment, ListAnswer, ListCheck, ListProposal, Placement
from participants.models.enrolment import YearGroup
from participants.validators.list_check import is_lead, is_partner, shut_since
from programmes.queries.agreement import agreement_gap
from programmes.queries.feed import hash_of

Kind, State = ListProposal.Kind, ListProposal.State
YEAR_GROUPS = dict(YearGroup.choices)
_ORDER = {group.value: place for place, group in enumerate(YearGroup)}
Facts = Mapping[str, Any]


def check_of(secret: str) -> ListCheck | None:
    """Returns what the secret of a link opens, alive or dead; None for one that was never made or made anew."""
    found = ListCheck.objects.filter(secret_hash=hash_of(secret))
    return found.select_related("programme", "school", "academic_year", "asked_by").first()


def why_shut(check: ListCheck, today: date) -> str:
    """Returns why a link opens nothing on a day, in a sentence for who holds it; an empty text while it lives."""
    if check.ended_at is not None:
        return "The hub has ended this link."
    if today > check.ends_on:
        return f"This link was open until {dates.weekday(check.ends_on)}."
    return shut_since(check.programme, today) or _why_not_theirs(check, today)


def _why_not_theirs(check: ListCheck, today: date) -> str:
    """What was right when the school was asked may be wrong by now."""
    if check.lead_id is not None and not is_lead(check.lead_id, check.school_id):
        return "Whoever this link was sent to does not lead the school in this portal any more."
    if not is_partner(check.programme_id, check.school_id, today):
        return f"The school does not work with {check.programme.short_name} any more."
    if agreement_gap(check.programme, today):
        return "The agreement to share children’s data has ended."
    return ""


@dataclass(frozen=True)
class Listed:
    """A child as the school is shown one: name, year group and class, and nothing else."""

    child_id: int
    forename: str
    surname: str
    year_group: str
    school_class: str

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def class_words(self) -> str:
        """Year group and class, as the heading over them says it."""
        return class_words(self.year_group, self.school_class)

    @property
    def mark(self) -> str:
        """By what it is known whether the child still stands on the list as somebody saw it."""
        return mark_of(vars(self))

    def facts(self, kind: str) -> dict[str, Any]:
        """Returns what the list has of a child, of the kind that a school may correct."""
        if kind == Kind.NAME:
            return {"forename": self.forename, "surname": self.surname}
        if kind == Kind.CLASS:
            return {"year_group": self.year_group, "school_class": self.school_class}
        return {"ends_on": None}


def mark_of(facts: Any) -> str:
    """Returns a short text that differs where facts differ; it guards against mistakes, not against forgery."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def class_words(year_group: str, school_class: str) -> str:
    """Returns "Year 4, 4B"; of a child without either, that there is none."""
    return _class_words(year_group, school_class) or "No year group or class"


def _class_words(year_group: str, school_class: str) -> str:
    return ", ".join(filter(None, [YEAR_GROUPS.get(year_group, ""), school_class]))


def listed(check: ListCheck, today: date) -> list[Listed]:
    """
    Returns who is enrolled at the school of a check on a day, in the check's hub: by year group, class, name.

    No child at risk is among them, for the link is a school's lead at best. One statement.
    """
    place = Placement.objects.filter(enrolment=OuterRef("pk"), academic_year_id=check.academic_year_id)
    stays = (
        Enrolment.objects.on(today)
        .filter(programme_id=check.programme_id, school_id=check.school_id, is_at_risk=False)
        .annotate(
            of_year=Subquery(place.values("year_group")[:1]),
            of_class=Subquery(place.values("school_class")[:1]),
        )
        .order_by("child__sort_key", "child_id")
    )
    rows = [
        Listed(child, forename, surname, year_group or "", school_class or "")
        for child, forename, surname, year_group, school_class in stays.values_list(
            "child_id", "child__forename", "child__surname", "of_year", "of_class"
        )
    ]
    return sorted(rows, key=lambda row: (_ORDER.get(row.year_group, len(_ORDER)), row.school_class))


def classes(rows: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Returns the rows of a list by school class, each with its words."""
    return [(words, list(same)) for words, same in groupby(rows, key=lambda row: row.class_words)]


def told_by(check: ListCheck) -> list[ListProposal]:
    """Returns what came by a link and is not decided yet, oldest first."""
    return list(ListProposal.objects.filter(list_check=check, state=State.OPEN).order_by("sent_at", "id"))


def answers_of(check: ListCheck) -> list[ListAnswer]:
    """Returns what was answered by a link, newest first."""
    return list(ListAnswer.objects.filter(list_check=check))


def in_words(kind: str, facts: Facts) -> str:
    """Returns what a proposal is about as it stood, or as it should: the words before and after."""
    if kind == Kind.LEFT:
        day = facts["ends_on"]
        return f"Left, last day {dates.day(date.fromisoformat(day))}" if day else "At the school"
    if kind == Kind.CLASS:
        return class_words(facts["year_group"], facts["school_class"])
    name = f"{facts['forename']} {facts['surname']}".strip()
    if kind == Kind.MISSING:
        return ", ".join(filter(None, [name, _class_words(facts["year_group"], facts["school_class"])]))
    return name
