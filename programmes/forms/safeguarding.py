from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from inharmony.accounts.models import User
from programmes.actions.safeguarding import Caller
from programmes.models.safeguarding import PHONE
from programmes.queries.safeguarding import ContactPlace, contact_places

CANNOT_BE_DIALLED = (
    "This cannot be dialled. Write figures and blanks, like 0151 496 0000; an extension goes into the role."
)


class ContactForm(forms.Form):
    """Who is called for a place, and from when on. What is offered is what the person keeps."""

    place = forms.ChoiceField(label="Who is this")
    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="Of the person, or of the team.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    role = forms.CharField(
        label="Role", max_length=120, required=False, help_text="As the place itself says it, like “Deputy head”."
    )
    phone = forms.CharField(
        label="Phone number",
        max_length=25,
        validators=[RegexValidator(PHONE, CANNOT_BE_DIALLED)],
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label="Email address", required=False, widget=forms.EmailInput({"autocomplete": "off"}))
    starts_on = forms.DateField(
        label="From which day",
        help_text="Like 17/11/2026. Who was called before ends the day before.",
        widget=forms.DateInput({"autocomplete": "off", "inputmode": "numeric", "class": "input-short"}),
        error_messages={"invalid": "The day cannot be read. Write it like 17/11/2026."},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {kept.place.key: kept.place for kept in contact_places(by, timezone.localdate())}
        fields: dict[str, Any] = self.fields
        fields["place"].choices = [("", "Choose"), *((key, place.title) for key, place in self.places.items())]
        fields["starts_on"].initial = timezone.localdate()

    def chosen(self) -> ContactPlace:
        """Returns the place a valid form names."""
        return self.places[self.cleaned_data["place"]]

    def caller(self) -> Caller:
        """Returns who answers, of a valid form."""
        return Caller(**{name: self.cleaned_data[name] for name in ("name", "phone", "role", "email")})
