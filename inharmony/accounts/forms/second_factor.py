from django import forms

from inharmony.accounts.models import SecondFactorReset


class ResetForm(forms.Form):
    """How the person was known who lost their second factor."""

    how_known = forms.ChoiceField(
        label="How do you know that it is them?", choices=SecondFactorReset.Check, widget=forms.RadioSelect
    )


class CodeForm(forms.Form):
    """The code that whoever vouched told the person."""

    code = forms.CharField(
        label="The code you were told",
        help_text="Eight digits, from the manager of your hub.",
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
