"""The targets of a year as a hub's manager enters them: words, a number and its unit for each indicator."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from outcomes.actions.target import NOTHING, Aim, version_of
from outcomes.indicators import INDICATORS
from schools.models import AcademicYear

OFF = {"autocomplete": "off"}
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3}){1,2}|\d{1,7})(\.\d{1,2})?\s?%?", re.ASCII)


@dataclass(frozen=True)
class TargetRow:
    """One indicator on the page: its boxes."""

    key: str
    title: str
    words: BoundField
    value: BoundField
    unit: BoundField


class NumberField(forms.Field):
    """A number as people write it: "85", "1,200" or "7.5 %"; None where nothing is written."""

    def to_python(self, value: Any) -> Decimal | None:
        """Returns the number."""
        text = str(value or "").strip()
        if not text:
            return None
        found = _NUMBER.fullmatch(text)
        if found is None:
            raise forms.ValidationError("Write the number in figures, like 85 or 1,200 or 7.5, up to 9,999,999.")
        return Decimal(found[1].replace(",", "") + (found[2] or ""))


class TargetsForm(forms.Form):
    """Three boxes for each indicator, and the version of what the page shows."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, standing: Mapping[str, Aim]) -> None:
        initial: dict[str, Any] = {"seen": version_of(standing)}
        for indicator, aim in standing.items():
            value = None if aim.value is None else written(aim.value)
            initial |= {f"words_{indicator}": aim.words, f"value_{indicator}": value, f"unit_{indicator}": aim.unit}
        super().__init__(data, initial=initial)
        for one in INDICATORS:
            # as wide as the table lets it be
            words = forms.CharField(required=False, max_length=200)
            self._add(f"words_{one.key}", f"{one.title}: target", words, size="60")
            number = NumberField(required=False)
            self._add(f"value_{one.key}", f"{one.title}: number", number, size="8", inputmode="decimal")
            unit = forms.CharField(required=False, max_length=20)
            self._add(f"unit_{one.key}", f"{one.title}: unit", unit, size="8")

    def _add(self, name: str, label: str, field: forms.Field, **attributes: str) -> None:
        field.label = label
        field.widget = forms.TextInput({**OFF, **attributes, "class": "input", "aria-label": label})
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Refuses a number without words, and a unit of no number."""
        cleaned = super().clean() or {}
        for one in INDICATORS:
            words, value, unit = (cleaned.get(f"{name}_{one.key}") for name in ("words", "value", "unit"))
            if value is not None and not words and f"words_{one.key}" not in self.errors:
                self.add_error(f"words_{one.key}", "Say in words what the number is.")
            if unit and value is None and f"value_{one.key}" not in self.errors:
                self.add_error(f"value_{one.key}", "Write the number that the unit is of, or clear the unit.")
        return cleaned

    @property
    def aims(self) -> dict[str, Aim]:
        """Returns what was entered, by indicator."""
        entered = (
            (one.key, Aim(*(self.cleaned_data[f"{name}_{one.key}"] for name in ("words", "value", "unit"))))
            for one in INDICATORS
        )
        return {indicator: aim for indicator, aim in entered if aim != NOTHING}

    def rows(self) -> list[TargetRow]:
        """Returns the indicators in their order."""
        return [
            TargetRow(one.key, one.title, *(self[f"{name}_{one.key}"] for name in ("words", "value", "unit")))
            for one in INDICATORS
        ]


def written(value: Decimal) -> str:
    """Returns a number as people write it: "1,200", "7.5"."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


class YearForm(forms.Form):
    """The year of the page, as the address names it; of none named, that of today."""

    year = forms.ChoiceField(label="Year", required=False)

    def __init__(self, address: Mapping[str, Any], *, years: Iterable[AcademicYear], usual: AcademicYear) -> None:
        super().__init__({"year": address.get("year") or str(usual)})
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> AcademicYear:
        """Returns the year asked for; call it once the form is valid."""
        return AcademicYear.parse(self.cleaned_data["year"])
