from django import forms

from programmes.actions.session import Slot
from programmes.forms.days import day_field
from programmes.forms.timetable import WhereAndWhoForm
from programmes.models import Session


class SlotForm(WhereAndWhoForm):
    """When and where one session is, and who covers it."""

    day = day_field("Day")

    field_order = ("day", "starts_at", "ends_at", "venue", "tutor")

    def slot(self) -> Slot:
        """Returns the values of a valid form."""
        return Slot(**{name: self.cleaned_data[name] for name in self.field_order})


class CancelForm(forms.Form):
    """Why a session does not take place."""

    reason = forms.ChoiceField(label="Why it is cancelled", choices=[("", "Choose"), *Session.CancelReason.choices])
