"""Year and term, as an address names them."""

from typing import Any

from django import forms
from django.utils import timezone

from evaluation.figures.period import Period
from evaluation.queries.calendar import period_of, years_on_record
from programmes.models import Programme
from schools.models import AcademicYear, Term

WHOLE_YEAR = ("", "Whole year")


class PeriodForm(forms.Form):
    """The period of a page of figures; without one in the address this whole year, or the period that is `usual`."""

    year = forms.ChoiceField(label="Year", required=False)
    term = forms.ChoiceField(label="Term", required=False, choices=[WHOLE_YEAR, *Term.Season.choices])

    def __init__(self, address: Any, *, usual: Period | None = None) -> None:
        years = [str(year) for year in years_on_record(timezone.localdate())]
        given = {"year": address.get("year") or years[0], "term": address.get("term", "")}
        self.usual = None if "year" in address or "term" in address else usual
        if self.usual is not None:
            given = {"year": self.usual.written_year, "term": self.usual.term}
        super().__init__(given)
        self.fields["year"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]

    def period(self, programme: Programme | None = None) -> Period:
        """Returns the period asked for; call it once the form is valid."""
        if self.usual is not None:
            return self.usual
        year = AcademicYear.parse(self.cleaned_data["year"])
        return period_of(year.year, self.cleaned_data["term"], programme)
