"""Awards as they are recorded: one award on top, and of each child the mark or the result."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from outcomes.actions.award import Taken
from outcomes.awards.boards import BY_KEY, choices
from outcomes.awards.structure import AwardKind, Result
from outcomes.queries.award import Choices
from participants.models import Child
from programmes.forms.days import day_field
from programmes.instruments import Instrument


class ChoiceForm(forms.Form):
    """For whom, which award, and when it was taken: as the address names it."""

    of = forms.ChoiceField(label="For whom")
    award = forms.ChoiceField(label="Award")
    taken_on = day_field("Taken on")

    def __init__(self, address: Mapping[str, Any], *, groups: Choices, today: date) -> None:
        usual = {"taken_on": today.isoformat(), "of": "", "award": ""}
        told = {name: address.get(name) or value for name, value in usual.items()}
        # a link may name for whom; nothing is wrong before somebody has pressed the button
        self.is_asked = "award" in address
        super().__init__(told if self.is_asked else None, initial=told)
        self.today = today
        choose = [("", "Choose")]
        self.fields["of"].choices = [*choose, *groups]  # type: ignore[attr-defined]
        self.fields["award"].choices = [*choose, *choices()]  # type: ignore[attr-defined]
        for name in self.fields:
            self.fields[name].widget.attrs["class"] = "input"

    def clean_taken_on(self) -> date:
        """Returns the day; refuses one that is to come."""
        day: date = self.cleaned_data["taken_on"]
        if day > self.today:
            raise forms.ValidationError("Write the day it was taken: it is not in the future.")
        return day

    @property
    def kind(self) -> AwardKind:
        """Returns the award asked for; call it once the form is valid."""
        return BY_KEY[self.cleaned_data["award"]]


def read(
    posted: Mapping[str, str], children: Iterable[Child], kind: AwardKind
) -> tuple[dict[Child, Taken], dict[int, str]]:
    """
    Returns what was typed of each child of whom something was, and what cannot be read, by the child's id.

    A row whose mark, or result, is empty says nothing of its child.
    """
    taken, problems = {}, {}
    for child in children:
        told = posted.get(f"m-{child.pk}", "").strip()
        if not told:
            continue
        instrument = posted.get(f"i-{child.pk}", "")
        if instrument and instrument not in Instrument.values:
            problems[child.pk] = f"“{instrument[:20]}” is no instrument of the list. Choose one from it."
        elif kind.syllabus.marks is None:
            result = Result(told) if told in Result.values else None
            taken[child] = Taken(result=result, instrument=instrument)
        elif told.isascii() and told.isdigit() and len(told) <= 4:
            taken[child] = Taken(mark=int(told), instrument=instrument)
        else:
            problems[child.pk] = f"“{told[:20]}” is no mark. Write a whole number, {kind.syllabus.marks.words}."
    return taken, problems
