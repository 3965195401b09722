"""What a hub's pages of figures are asked for: by which characteristic, and of which number."""

from typing import Any

from django import forms

from evaluation.figures import definitions
from evaluation.figures.own import INDICATORS
from evaluation.menu.dimensions import DIMENSIONS


class ByForm(forms.Form):
    """The characteristic that children are told apart by; without one in the address the year group."""

    by = forms.ChoiceField(label="By", choices=[(each.key, each.heading) for each in DIMENSIONS.values()])

    def __init__(self, address: Any) -> None:
        super().__init__({"by": address.get("by") or "year_group"})


class IndicatorForm(forms.Form):
    """The number that is followed over the years; without one in the address the children taking part."""

    indicator = forms.ChoiceField(label="Number", choices=[(key, definitions.ALL[key].name) for key in INDICATORS])

    def __init__(self, address: Any) -> None:
        super().__init__({"indicator": address.get("indicator") or INDICATORS[0]})
