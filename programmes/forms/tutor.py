from typing import Any

from django import forms

from inharmony.accounts.models import User
from programmes.models import Ensemble, Programme, Tutor


class LeadsForm(forms.Form):
    """Which ensembles of a hub somebody leads; and, the first time, whether the hub knows them as a tutor already."""

    def __init__(self, *args: Any, person: User, programme: Programme, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ensembles = Ensemble.objects.visible_to(by).playing().filter(programme=programme)
        tutors = Tutor.objects.visible_to(by).filter(programme=programme)
        # whether the hub has an ensemble to choose
        self.offers_anything = ensembles.exists()
        known = tutors.filter(user=person).first()
        nameless = tutors.filter(user__isnull=True)
        if known is None and nameless:
            self.fields["tutor"] = forms.ModelChoiceField(
                nameless,
                label="Who they are among the tutors",
                required=False,
                empty_label="Not among the tutors yet",
                help_text="What that tutor leads is theirs then as well.",
            )
        self.fields["ensembles"] = forms.ModelMultipleChoiceField(
            ensembles,
            label="Ensembles they lead",
            required=False,
            initial=known.ensembles.all() if known else None,
            widget=forms.CheckboxSelectMultiple,
        )
