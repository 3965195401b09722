"""Looking for comparison schools, and saying why one is chosen or is one no more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from outcomes.queries.candidates import NEAR, Wanted
from outcomes.queries.comparison import BY_FIELD
from schools.models import AcademicYear, School

ANY = ("", "any")
OF_MEAN = (ANY, ("10", "within a tenth"), ("25", "within a quarter"), ("50", "within a half"))
OF_POINTS = (ANY, ("5", "within 5 points"), ("10", "within 10 points"), ("20", "within 20 points"))


class FindForm(forms.Form):
    """What is looked for, as the address says it; what it does not know is taken as not asked."""

    q = forms.CharField(
        label="Name, town or URN", max_length=80, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    phase = forms.ChoiceField(label="Phase", required=False, choices=(ANY, *School.Phase.choices))

    def __init__(self, address: Mapping[str, Any], *, phase: str) -> None:
        asked = {"q": address.get("q", ""), "phase": address.get("phase", phase)}
        super().__init__(asked | {field: address.get(field, "") for field in NEAR})
        for field in NEAR:
            self.fields[field] = forms.ChoiceField(
                label=BY_FIELD[field].name, required=False, choices=OF_MEAN if field == "roll" else OF_POINTS
            )

    @property
    def wanted(self) -> Wanted:
        """Returns what is looked for; call it once the form is asked whether it is valid."""
        said = self.cleaned_data
        near = {field: float(said[field]) if said.get(field) else None for field in NEAR}
        return Wanted(said.get("q", ""), said.get("phase", ""), near)

    def near(self) -> list[forms.BoundField]:
        """Returns the fields of nearness."""
        return [self[field] for field in NEAR]


def _one_line(said: object) -> str:
    return " ".join(str(said).split())


class ChooseForm(forms.Form):
    """From which year on a school is compared with, and why this one."""

    reason = forms.CharField(
        label="Why this school",
        max_length=300,
        help_text="Why it is like your schools, and what you knew of its results when you chose it. It stands beside "
        "every comparison.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why this school: whoever reads the comparison asks it first."},
    )
    year = forms.ChoiceField(label="First year compared", help_text="The year before your schools began, or that year.")

    def __init__(
        self, data: QueryDict | None = None, *, years: Sequence[AcademicYear], began: AcademicYear | None
    ) -> None:
        super().__init__(data, initial={"year": str(began)})
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        """Returns the reason on one line."""
        return _one_line(self.cleaned_data["reason"])

    @property
    def chosen_year(self) -> AcademicYear:
        """Returns the year of a valid form."""
        return AcademicYear.parse(self.cleaned_data["year"])


class EndForm(forms.Form):
    """Why a school is a comparison no more."""

    because = forms.CharField(
        label="Why it is ended",
        max_length=300,
        help_text="It stays to be read that this school was compared with, and why it is no more.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why: one dropped in silence looks like one whose numbers did not please."},
    )

    def clean_because(self) -> str:
        """Returns the reason on one line."""
        return _one_line(self.cleaned_data["because"])
