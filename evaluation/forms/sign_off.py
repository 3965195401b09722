"""Signing a term again: why its figures are others now."""

from typing import Any

from django import forms


class SignOffForm(forms.Form):
    """The reason, asked for where the term was signed before."""

    reason = forms.CharField(
        label="Why do the figures differ from what you signed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the history of sign-offs. No names of children.",
        error_messages={"required": "Say why the figures differ from what you signed."},
    )

    def __init__(self, data: Any = None, *, is_again: bool) -> None:
        super().__init__(data)
        if not is_again:
            del self.fields["reason"]
