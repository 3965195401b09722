from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from inharmony.accounts.models import User
from programmes.actions.calendar import TermDates
from programmes.forms.days import day_field
from programmes.queries.calendar import CalendarPlace, calendar_places
from schools.models import AcademicYear, Term


def years_to_keep() -> list[int]:
    """Returns the academic years whose dates can be entered: last, this and the next two."""
    this = AcademicYear.year_of(timezone.localdate())
    return [this + 1, this, this - 1, this + 2]


class PlacedForm(forms.Form):
    """Something kept for a place whose dates the person keeps."""

    place = forms.ChoiceField(label="Where")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in calendar_places(by, timezone.localdate())}
        choices: Sequence[tuple[str, str]] = [(key, place.name) for key, place in self.places.items()]
        fields: dict[str, Any] = self.fields
        fields["place"].choices = [("", "Choose"), *choices]

    def chosen(self) -> CalendarPlace:
        """Returns the place a valid form names."""
        return self.places[self.cleaned_data["place"]]


class TermForm(PlacedForm):
    """The dates of one term of a place."""

    year = forms.TypedChoiceField(label="Academic year", coerce=int)
    season = forms.ChoiceField(label="Term", choices=Term.Season.choices)
    starts_on = day_field("First day")
    ends_on = day_field("Last day")
    half_term_starts_on = day_field("First day of the half-term", required=False)
    half_term_ends_on = day_field("Last day of the half-term", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["year"].choices = [(year, str(AcademicYear(year=year))) for year in sorted(years_to_keep())]

    def term_dates(self) -> TermDates:
        """Returns the dates of a valid form."""
        names = ("starts_on", "ends_on", "half_term_starts_on", "half_term_ends_on")
        return TermDates(**{name: self.cleaned_data[name] for name in names})

    def season_chosen(self) -> Term.Season:
        """Returns the season of a valid form."""
        return Term.Season(self.cleaned_data["season"])


class ClosureForm(PlacedForm):
    """Days of a place without sessions."""

    starts_on = day_field("First day")
    ends_on = day_field("Last day", "The same day where it is one.", required=False)
    reason = forms.CharField(
        label="Why",
        max_length=80,
        help_text="Like “INSET day”, “Polling day” or “Snow”. It stands in the timetable.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Returns what was sent; one day, where no last one is given."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["ends_on"] = cleaned.get("ends_on") or cleaned.get("starts_on")
        return cleaned
