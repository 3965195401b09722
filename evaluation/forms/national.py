"""What else the address of a national page asks for: an indicator, a characteristic, a programme."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.http import Http404, HttpRequest

from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.compared import OF_THE_WHOLE
from evaluation.menu.dimensions import DIMENSIONS

EVERY_PROGRAMME = ("", "All programmes")


class _Asked(forms.Form):
    """A form of an address: what is not in it is the first choice, what is no choice leads to nothing."""

    @classmethod
    def of(cls, request: HttpRequest, names: Mapping[str, str] | None = None) -> Self:
        """Returns the form, valid; raises Http404 for what is no choice."""
        form = cls()
        if "programme" in form.fields:
            form.fields["programme"].choices = [EVERY_PROGRAMME, *(names or {}).items()]  # type: ignore[attr-defined]
        first: dict[str, Any] = {name: field.choices[0][0] for name, field in form.fields.items()}  # type: ignore[attr-defined]
        form.data = {name: request.GET.get(name) or usual for name, usual in first.items()}
        form.is_bound = True
        if not form.is_valid():
            raise Http404
        return form


class IndicatorForm(_Asked):
    """A figure of the catalogue that programmes have too."""

    indicator = forms.ChoiceField(
        label="Indicator",
        choices=[(key, definitions.ALL[key].name) for key in FIGURES if key not in OF_THE_WHOLE],
    )


class TrendForm(_Asked):
    """A figure of the catalogue, of the country or of one programme; of the country where no programme has it."""

    indicator = forms.ChoiceField(label="Indicator", choices=[(key, definitions.ALL[key].name) for key in FIGURES])
    programme = forms.ChoiceField(label="Programme", required=False)

    def clean(self) -> dict[str, Any]:
        """Returns what is asked for; a programme that stood in the form before the indicator was chosen gives way."""
        asked = dict(self.cleaned_data)
        if asked.get("indicator") in OF_THE_WHOLE:
            # what the page shows as chosen, too
            self.data = {**self.data, "programme": ""}
            asked["programme"] = ""
        return asked


class ChildrenForm(_Asked):
    """A characteristic of children, and a programme."""

    by = forms.ChoiceField(label="By", choices=[(one.key, one.heading) for one in DIMENSIONS.values()])
    programme = forms.ChoiceField(label="Programme", required=False)
