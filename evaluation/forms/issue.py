"""Taking an issued report back: why."""

from django import forms


class WithdrawForm(forms.Form):
    """The reason, which stands beside the number for good."""

    because = forms.CharField(
        label="Why is it withdrawn?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands beside the number for good. No names of children.",
        error_messages={"required": "Say why it is withdrawn."},
    )
