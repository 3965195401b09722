from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

# outside of these it is a mistyped year, and nothing can be reckoned from the last days of the calendar
FIRST, LAST = date(1800, 1, 1), date(2100, 12, 31)
MISTYPED = "Write the year in four figures, like 2026."


def day_field(label: str, hint: str = "", *, required: bool = True) -> forms.DateField:
    """Returns a field for one day, written by the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    meant = [MinValueValidator(FIRST, MISTYPED), MaxValueValidator(LAST, MISTYPED)]
    return forms.DateField(label=label, help_text=hint, required=required, widget=widget, validators=meant)
