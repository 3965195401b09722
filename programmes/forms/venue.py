import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from programmes.forms.days import day_field
from programmes.models import Partnership, Programme, Venue
from schools.models import School

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")


class VenueForm(forms.ModelForm):
    """What a venue is called and where it is; the values go into the venue in memory, and the act writes them."""

    class Meta:
        model = Venue
        fields = ("name", "school", "postcode")
        help_texts = {
            "name": "As people say it: Hall, Music room, Town Hall.",
            "postcode": "For a place outside schools, so that people find it. Like L5 3LW.",
        }
        widgets = {name: forms.TextInput({"autocomplete": "off"}) for name in ("name", "postcode")}

    def __init__(self, *args: Any, programme: Programme, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        partners = Partnership.objects.visible_to(by).on(timezone.localdate()).filter(programme=programme)
        school: Any = self.fields["school"]
        school.queryset = School.objects.visible_to(by).filter(
            Q(pk__in=partners.values("school")) | Q(pk=self.instance.school_id)
        )
        school.required, school.empty_label = False, "No school: a place of its own"

    def clean_postcode(self) -> str:
        """Returns the postcode as it is written on a letter; refuses what is none."""
        squeezed = "".join(self.cleaned_data["postcode"].upper().split())
        if not squeezed:
            return ""
        found = POSTCODE.fullmatch(squeezed)
        if found is None:
            raise forms.ValidationError("This is no postcode. Write it like L5 3LW, or leave it empty.")
        return " ".join(found.groups())

    def clean(self) -> dict[str, Any]:
        """Returns the values; refuses a name that the school, or the hub outside schools, has for a venue already."""
        chosen = super().clean() or {}
        name, school = chosen.get("name"), chosen.get("school")
        same = Venue.objects.filter(programme=self.instance.programme, school=school, name__iexact=name or "")
        if name and same.exclude(pk=self.instance.pk).exists():
            where = school or "The hub"
            self.add_error("name", f"{where} has a venue named “{name}” already. Give this one another name.")
        return chosen


class EndForm(forms.Form):
    """The last day of a venue, and which one takes over the sessions after it."""

    last_day = day_field("Last day it is used")
    instead = forms.ModelChoiceField(
        Venue.objects.none(), label="Its later sessions go to", required=False, empty_label="None: it has no later ones"
    )

    def __init__(self, *args: Any, venue: Venue, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate
        others = Venue.objects.visible_to(by).filter(programme_id=venue.programme_id, ends_on__isnull=True)
        instead: Any = self.fields["instead"]
        instead.queryset = others.exclude(pk=venue.pk).select_related("school")
