from typing import Any

from django import forms

from participants.models.correction import Correction
from participants.validators.headcount import Headcount
from programmes.models import Session

UNREADABLE = "The page was not complete when it was sent. Open the register again."


def _count_of(who: str) -> forms.IntegerField:
    said = f"Write how many {who} came, in figures from 0 to {Session.MOST_HEADS}."
    return forms.IntegerField(
        label=who.capitalize(),
        min_value=0,
        max_value=Session.MOST_HEADS,
        widget=forms.NumberInput({"class": "input-heads", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


class HeadcountForm(forms.Form):
    """How many came; the version that was seen, the save's own id, and why it changes where that is asked."""

    children = _count_of("children")
    adults = _count_of("adults")
    reason = forms.ChoiceField(
        label="If you change a count: why?", choices=[("", "Choose"), *Correction.Reason.choices], required=False
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, error_messages={"required": UNREADABLE})
    save = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def facts(self) -> dict[str, Any]:
        """Returns what a valid form says, in the words of the act."""
        cleaned = self.cleaned_data
        return {
            "heads": Headcount(cleaned["children"], cleaned["adults"]),
            "version": cleaned["version"],
            "reason": Correction.Reason(cleaned["reason"]) if cleaned["reason"] else None,
            "save": cleaned["save"],
        }
