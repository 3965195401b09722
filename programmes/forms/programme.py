from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from programmes.forms.days import day_field
from programmes.models import Programme
from programmes.validators.programme import require_dark, require_free_slug
from schools.models import LocalAuthority


class PlaceForm(forms.Form):
    """A local authority area, and since when it is served."""

    authority = forms.ModelChoiceField(
        LocalAuthority.objects.order_by("name"),
        label="Place it serves",
        empty_label="Choose",
        help_text="A local authority. Further places can be added on the hub’s page.",
    )
    starts_on = day_field("First day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate


class HubForm(PlaceForm):
    """A new hub: what it is called, where it is, and since when."""

    name = forms.CharField(label="Full name", max_length=80, help_text="Such as In Harmony Liverpool.")
    short_name = forms.CharField(label="Short name", max_length=40, help_text="As pages and reports say it: Liverpool.")
    slug = forms.SlugField(
        label="Address",
        max_length=40,
        help_text="Small letters and hyphens, such as newcastle-gateshead. It never changes.",
    )
    colour = forms.CharField(
        label="Colour of its reports",
        initial="#181c36",
        help_text="A dark one: white words stand on it.",
        widget=forms.TextInput({"type": "color", "class": "input-short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["name", "short_name", "slug", "colour", "authority", "starts_on"])

    def clean_slug(self) -> str:
        """Refuses an address that is taken."""
        slug: str = self.cleaned_data["slug"].lower()
        require_free_slug(slug)
        if Programme.objects.filter(slug=slug).exists():
            raise forms.ValidationError("Another hub has this address. Choose another.")
        return slug

    def clean_colour(self) -> str:
        """Refuses a colour on which white words could not be read."""
        colour: str = self.cleaned_data["colour"].lower()
        require_dark(colour)
        return colour

    def clean_short_name(self) -> str:
        """Refuses a name that another hub has: people choose hubs by it."""
        short_name: str = self.cleaned_data["short_name"]
        if Programme.objects.filter(Q(short_name__iexact=short_name) | Q(name__iexact=short_name)).exists():
            raise forms.ValidationError("Another hub has this name. Choose another.")
        return short_name

    def programme(self) -> Programme:
        """Returns the hub, not written yet."""
        chosen = self.cleaned_data
        return Programme(**{name: chosen[name] for name in ("name", "short_name", "slug", "colour")})
