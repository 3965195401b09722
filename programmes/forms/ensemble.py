from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from programmes.forms.days import day_field
from programmes.instruments import by_family
from programmes.models import Ensemble, Partnership, Programme, Tutor
from schools.models import School


class EnsembleForm(forms.ModelForm):
    """What an ensemble is; the values go into the ensemble in memory, and the act writes them."""

    starts_on = day_field("First day")
    instruments = forms.MultipleChoiceField(
        label="Instruments it teaches", required=False, choices=by_family, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Ensemble
        fields = ("name", "kind", "level", "school", "capacity", "starts_on", "tutors", "instruments")
        labels = {"capacity": "Places", "tutors": "Who leads it"}
        help_texts = {
            "capacity": "When more children join, the page says so. Nobody is kept out.",
            "tutors": "Whoever leads an ensemble and has an account sees its sessions and its children.",
        }
        widgets = {"tutors": forms.CheckboxSelectMultiple, "name": forms.TextInput({"autocomplete": "off"})}

    def __init__(self, *args: Any, programme: Programme, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        partners = Partnership.objects.visible_to(by).on(timezone.localdate()).filter(programme=programme)
        own = Q(pk__in=partners.values("school")) | Q(pk=self.instance.school_id)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [("", "Choose"), *Ensemble.Kind.choices]
        fields["school"].queryset = School.objects.visible_to(by).filter(own)
        fields["school"].empty_label = "No one school: it plays for the whole hub"
        tutors = Tutor.objects.visible_to(by).filter(programme=programme)
        fields["tutors"].queryset = tutors
        fields["tutors"].required = False
        self.offers_tutors = tutors.exists()
        fields["starts_on"].initial = timezone.localdate

    def clean_capacity(self) -> int | None:
        """Returns the number of places; refuses none at all."""
        places: int | None = self.cleaned_data["capacity"]
        if places is not None and places < 1:
            raise forms.ValidationError("Write how many children it holds, at least 1, or leave it empty.")
        return places

    def clean_name(self) -> str:
        """Returns the name; refuses one that another ensemble of the hub plays under."""
        name: str = self.cleaned_data["name"]
        others = Ensemble.objects.playing().filter(programme=self.instance.programme, name__iexact=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"The hub has an ensemble named “{name}” already. Give this one another name.")
        return name


class EndForm(forms.Form):
    """The last day of an ensemble."""

    last_day = day_field("Last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate
