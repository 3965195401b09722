from typing import Any

from django import forms

from programmes.forms.days import day_field
from programmes.models import Programme, SharingAgreement


class AgreementForm(forms.Form):
    """A sharing agreement as it was signed."""

    signed_on = day_field("Signed on", "The day the last party signed.")
    valid_until = day_field("Valid until", "Its last day. Leave it empty where it has none.", required=False)
    parties = forms.CharField(
        label="Parties", max_length=300, help_text="Who signed: the hub’s lead body, and the schools or their trusts."
    )
    reference = forms.CharField(
        label="Reference", max_length=120, help_text="Where the paper is kept. The portal keeps no copy."
    )

    def clean(self) -> dict[str, Any]:
        """Checks the order of the days."""
        cleaned = super().clean() or {}
        signed_on, valid_until = cleaned.get("signed_on"), cleaned.get("valid_until")
        if signed_on and valid_until and valid_until < signed_on:
            self.add_error("valid_until", "An agreement cannot run out before it was signed.")
        return cleaned

    def agreement(self, programme: Programme) -> SharingAgreement:
        """Returns the agreement, not written yet."""
        return SharingAgreement(programme=programme, **self.cleaned_data)


class LastDayForm(forms.Form):
    """The last day of something that goes on."""

    on = day_field("Last day")
