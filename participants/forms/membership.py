"""What is said when children leave an ensemble."""

from django import forms


class LastDayForm(forms.Form):
    """The last day in the ensemble."""

    last_day = forms.DateField()
