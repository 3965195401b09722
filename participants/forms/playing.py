"""What is said of children's instruments: which each plays, and from when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from inharmony.pages import dates
from participants.models import Child
from programmes.forms.days import day_field
from programmes.instruments import Instrument

# how long ago a child can have begun, and how far ahead a change can be planned
_BEFORE, _AHEAD = timedelta(days=20 * 365), timedelta(days=366)


class UnknownInstrumentError(Exception):
    """The form names an instrument that no page offers."""


class FromDayForm(forms.Form):
    """The day from which it holds."""

    starts_on = day_field("From", "The first day with it. What a child played until then ends the day before.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate

    def clean_starts_on(self) -> date:
        """Returns the day; refuses one that lies too far from today to be meant."""
        day: date = self.cleaned_data["starts_on"]
        today = timezone.localdate()
        if not today - _BEFORE <= day <= today + _AHEAD:
            raise forms.ValidationError(f"{dates.day(day)} is too far from today. Write the day like 01/09/2026.")
        return day


def read(posted: Mapping[str, str], children: Iterable[Child]) -> dict[Child, Instrument | None]:
    """
    Returns the children whose instrument differs from the one their page showed, each with the new one.

    Whom the page did not show is not among them. Raises UnknownInstrumentError.
    """
    changed = {}
    for child in children:
        value, was = posted.get(f"i-{child.pk}"), posted.get(f"was-{child.pk}", "")
        if value is None or value == was:
            continue
        if value and value not in Instrument.values:
            raise UnknownInstrumentError(f"“{value[:20]}” is no instrument of the list. Choose one from it.")
        changed[child] = Instrument(value) if value else None
    return changed
