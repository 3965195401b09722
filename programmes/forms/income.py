"""The income of a year as its office enters it: a box and a note for each kind of source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from programmes.actions.income import NOTHING, Line, version_of
from programmes.models import Income
from programmes.validators.pounds import read_pounds, written_pounds
from schools.models import AcademicYear

OFF = {"autocomplete": "off"}


class PoundsField(forms.Field):
    """A sum as people write it; None where nothing is written."""

    def to_python(self, value: Any) -> Decimal | None:
        """Returns the sum."""
        try:
            return read_pounds(str(value or ""))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def prepare_value(self, value: Any) -> Any:
        """Returns the sum as it stands in the box; what was typed, as it was typed."""
        return written_pounds(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True)
class IncomeRow:
    """One source on the page: its boxes, and what came from it in the year before."""

    label: str
    amount: BoundField
    note: BoundField
    before: Decimal | None


class IncomeForm(forms.Form):
    """Two boxes for each source, and the version of what the page shows."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, standing: Mapping[str, Line]) -> None:
        initial: dict[str, Any] = {"seen": version_of(standing)}
        for source, line in standing.items():
            initial |= {f"amount_{source}": line.amount, f"note_{source}": line.note}
        super().__init__(data, initial=initial)
        for source, label in Income.Source.choices:
            shown = {"class": "input input-short", "inputmode": "decimal", "data-pounds": ""}
            self.fields[f"amount_{source}"] = PoundsField(
                label=f"{label}, pounds",
                required=False,
                widget=forms.TextInput({**OFF, **shown, "aria-label": f"{label}, pounds"}),
            )
            self.fields[f"note_{source}"] = forms.CharField(
                label=f"Note on {label}",
                required=False,
                max_length=200,
                widget=forms.TextInput(OFF | {"class": "input", "aria-label": f"Note on {label}"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuses a note on nothing."""
        cleaned = super().clean() or {}
        for source in Income.Source.values:
            name = f"amount_{source}"
            if cleaned.get(f"note_{source}") and cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, "Write the sum that the note is about, or clear the note.")
        return cleaned

    @property
    def lines(self) -> dict[str, Line]:
        """Returns what was entered, by source."""
        entered = (
            (source, Line(self.cleaned_data[f"amount_{source}"], self.cleaned_data[f"note_{source}"]))
            for source in Income.Source.values
        )
        return {source: line for source, line in entered if line != NOTHING}

    def rows(self, before: Mapping[str, Income]) -> list[IncomeRow]:
        """Returns the sources in their order."""
        return [
            IncomeRow(
                str(label),
                self[f"amount_{source}"],
                self[f"note_{source}"],
                before[source].amount if source in before else None,
            )
            for source, label in Income.Source.choices
        ]


class YearForm(forms.Form):
    """The year of the page, as the address names it."""

    year = forms.ChoiceField(label="Year", required=False)

    def __init__(self, address: Mapping[str, Any], *, years: Iterable[AcademicYear]) -> None:
        written = [str(year) for year in years]
        super().__init__({"year": address.get("year") or written[0]})
        self.fields["year"].choices = [(year, year) for year in written]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> AcademicYear:
        """Returns the year asked for; call it once the form is valid."""
        return AcademicYear.parse(self.cleaned_data["year"])
