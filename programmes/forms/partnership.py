from typing import Any

from django import forms
from django.utils import timezone

from programmes.forms.days import day_field
from programmes.models import Partnership, Programme
from schools.models import School


class PartnerForm(forms.Form):
    """A school that begins to work with a hub, named by its URN, because names do not identify schools."""

    urn = forms.RegexField(
        r"^[1-9]\d{5}$",
        label="URN",
        help_text="The six figures by which the register of schools knows it.",
        error_messages={"invalid": "A URN has six figures, such as 123456. Write it without spaces."},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}),
    )
    starts_on = day_field("First day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate

    def clean_urn(self) -> School:
        """Returns the school; refuses a number no school here has, and a school that has closed."""
        urn = self.cleaned_data["urn"]
        school: School | None = School.objects.filter(pk=int(urn)).first()
        if school is None:
            raise forms.ValidationError(
                f"No school here has the URN {urn}. Check it, or load the register of schools anew."
            )
        if school.status == School.Status.CLOSED or (school.closed_on and school.closed_on <= timezone.localdate()):
            raise forms.ValidationError(f"{school.name} ({urn}) has closed. Use the URN of its successor.")
        return school

    def partnership(self, programme: Programme) -> Partnership:
        """Returns the partnership, not written yet."""
        chosen = self.cleaned_data
        return Partnership(
            programme=programme, school=chosen["urn"], starts_on=chosen["starts_on"], source="Entered in the portal"
        )
