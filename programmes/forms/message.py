"""What is said of a message by whoever answers it."""

from typing import Any

from django import forms


class HandlingForm(forms.Form):
    """How a message was answered, or why it is closed."""

    note = forms.CharField(
        label="What was done",
        max_length=2000,
        help_text="How and when they were answered, or why nothing is to be done. No name of a child.",
        widget=forms.Textarea({"rows": 4}),
    )
    seen = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def clean_note(self) -> str:
        """Returns the words with their lines ended in one way."""
        note: Any = self.cleaned_data["note"]
        return str(note).replace("\r\n", "\n")
