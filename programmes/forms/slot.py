from django import forms

from programmes.actions.session import Slot
from programmes.forms.days import day_field
from programmes.forms.timetable import WhereAndWhoForm
from programmes.models import Session


class SlotForm(WhereAndWhoForm):
    """When and where one session is, who covers it, and which ensembles join it."""

    day = day_field("Day")

    field_order = ("day", "starts_at", "ends_at", "venue", "tutor", "joined_by")

    def slot(self) -> Slot:
        """Returns the values of a valid form."""
        chosen = self.cleaned_data
        return Slot(**{name: chosen[name] for name in self.field_order} | {"joined_by": tuple(chosen["joined_by"])})


class CancelForm(forms.Form):
    """Why a session does not take place."""

    reason = forms.ChoiceField(label="Why it is cancelled", choices=[("", "Choose"), *Session.CancelReason.choices])
