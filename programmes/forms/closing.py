from typing import Any

from django import forms
from django.utils import timezone

from programmes.forms.days import day_field


class ClosingForm(forms.Form):
    """The first day on which a hub is closed."""

    on = day_field("Closed from", "From this day on nothing of the hub can be changed. Today is at once.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
