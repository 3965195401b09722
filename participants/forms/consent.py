from typing import Any

from django import forms
from django.utils import timezone

from inharmony.pages import dates
from participants.models import Consent
from participants.wordings import WORDINGS


def _versions() -> list[tuple[str, str]]:
    """The versions families may have answered to, newest first."""
    starts = {one.version: one.starts_on for versions in WORDINGS.values() for one in versions}
    newest_first = sorted(starts.items(), key=lambda item: item[1], reverse=True)
    return [(version, f"{version}, in use since {dates.day(day)}") for version, day in newest_first]


class WithdrawalForm(forms.Form):
    """Who takes a consent back."""

    given_by = forms.CharField(
        label="Who withdraws it",
        max_length=120,
        help_text="The parent’s or carer’s name, or “school records”.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    """An answer about one purpose, as the family's form or the school has it."""

    purpose = forms.ChoiceField(label="About", choices=Consent.Purpose.choices, widget=forms.RadioSelect)
    answer = forms.ChoiceField(label="The answer", choices=Consent.Answer.choices, widget=forms.RadioSelect)
    given_by = forms.CharField(
        label="Who gave it",
        max_length=120,
        help_text="The parent’s or carer’s name, or “school records”.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    answered_on = forms.DateField(
        label="On which day",
        help_text="The day on the form, like 17/11/2026.",
        widget=forms.DateInput({"autocomplete": "off", "inputmode": "numeric", "class": "input-short"}),
        error_messages={"invalid": "The day cannot be read. Write it like 17/11/2026."},
    )
    wording_version = forms.ChoiceField(
        label="To which words",
        help_text="The version at the foot of the form the family answered.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["wording_version"].choices = _versions()
        fields["answered_on"].initial = timezone.localdate()

    def facts(self) -> dict[str, Any]:
        """Returns what a valid form says, in the words of the act."""
        cleaned = dict(self.cleaned_data)
        return cleaned | {
            "purpose": Consent.Purpose(cleaned["purpose"]),
            "answer": Consent.Answer(cleaned["answer"]),
        }
