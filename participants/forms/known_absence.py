from typing import Any

from django import forms

from participants.models import KnownAbsence
from participants.models.attendance import Mark
from participants.models.known_absence import mark_for

Choices = list[tuple[str, Any]]


class _Day(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"


def _reasons() -> list[tuple[str, str]]:
    """The reasons, each with the mark it stands for where that is not the usual one."""
    return [
        (value, f"{label} (counts as excused)" if mark_for(value) == Mark.EXCUSED else label)
        for value, label in KnownAbsence.Reason.choices
    ]


class AbsenceForm(forms.Form):
    """Who will be absent, from when to when, and why in one of a few words."""

    who = forms.ChoiceField(label="Who", error_messages={"required": "Choose who will be absent."})
    starts_on = forms.DateField(label="First day", widget=_Day(format="%Y-%m-%d"))
    ends_on = forms.DateField(label="Last day", widget=_Day(format="%Y-%m-%d"))
    reason = forms.ChoiceField(
        label="Why",
        choices=_reasons,
        widget=forms.RadioSelect,
        help_text="No detail is asked for: it is enough that somebody knows.",
        error_messages={"required": "Choose why."},
    )

    def __init__(self, *args: Any, who: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["who"].choices = [("", "Choose"), *who]
