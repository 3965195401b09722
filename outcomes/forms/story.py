"""A quotation or a case study as it is written: fields of its kind, and the version of what the page shows."""

from datetime import date
from typing import Any

from django import forms

from outcomes.actions.story import MOST, Told, version_of, wrong_with
from outcomes.actions.story_keeping import first_kept
from outcomes.models import Story
from outcomes.models.story import NAME, TITLE
from programmes.models import Indicator
from schools.models import AcademicYear

Kind = Story.Kind
OFF = {"autocomplete": "off"}
OF_KIND = {
    Kind.QUOTATION: ("words", "said_by", "permission", "permission_on", "indicator", "academic_year", "seen"),
    Kind.CASE_STUDY: ("title", "words", "indicator", "academic_year", "seen"),
}


class StoryForm(forms.Form):
    """What is written of a story of one kind."""

    title = forms.CharField(
        label="Title", max_length=TITLE, required=False, widget=forms.TextInput(OFF), help_text="No child’s name."
    )
    words = forms.CharField(label="Words", widget=forms.Textarea({"rows": 4}))
    said_by = forms.ChoiceField(label="Who said it", choices=[("", "Choose"), *Story.SaidBy.choices], required=False)
    permission = forms.CharField(
        label="Who agreed that it is shown",
        max_length=NAME,
        required=False,
        widget=forms.TextInput(OFF),
        help_text="The name of the adult who is quoted. It is shown to nobody outside the office.",
    )
    permission_on = forms.DateField(
        label="When they agreed",
        required=False,
        widget=forms.DateInput({**OFF, "inputmode": "numeric", "class": "input-short"}),
        help_text="Like 17/11/2026.",
        error_messages={"invalid": "The day cannot be read. Write it like 17/11/2026."},
    )
    indicator = forms.ChoiceField(label="Speaks on", choices=Indicator.choices, initial=Indicator.MUSIC)
    academic_year = forms.TypedChoiceField(label="Year", coerce=int)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, kind: Story.Kind, today: date, story: Story | None = None) -> None:
        now = AcademicYear.year_of(today)
        initial: dict[str, Any] = {"academic_year": now}
        if story is not None:
            names = [name for name in OF_KIND[kind] if name not in {"academic_year", "seen"}]
            initial = {name: getattr(story, name) for name in names}
            initial |= {"academic_year": story.academic_year_id, "seen": version_of(story)}
        super().__init__(data, initial=initial)
        self.kind, self.today = kind, today
        fields: dict[str, Any] = {name: self.fields[name] for name in OF_KIND[kind]}
        self.fields = fields
        years = {*range(now, first_kept(today) - 1, -1), initial["academic_year"]}
        fields["academic_year"].choices = [(year, str(AcademicYear(year=year))) for year in sorted(years, reverse=True)]
        fields["words"].help_text = _help(kind)
        fields["words"].widget.attrs["rows"] = 4 if kind is Kind.QUOTATION else 14

    def clean(self) -> dict[str, Any]:
        """Refuses what the act refuses, beside the field it is about."""
        cleaned = super().clean() or {}
        if not self.errors:
            for name, words in wrong_with(self.told(), self.today).items():
                self.add_error(name, words)
        return cleaned

    def told(self) -> Told:
        """Returns what was written, in the words of the act."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"seen", "indicator"}}
        return Told(kind=self.kind, indicator=Indicator(self.cleaned_data["indicator"]), **said)


def _help(kind: Story.Kind) -> str:
    # what families are promised (participants.wordings)
    promised = "Without a name, a school or a birthday: families are promised at most the year group and the town."
    if kind is Kind.QUOTATION:
        return f"As they were said. {promised} At most {MOST[kind]} characters."
    return f"What happened. {promised} An empty line begins a new paragraph. At most {MOST[kind]:,} characters."


class ChoiceForm(forms.Form):
    """Of which year and in which state the list shows stories."""

    year = forms.ChoiceField(label="Year", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), *Story.State.choices])

    def __init__(self, address: Any, *, today: date) -> None:
        super().__init__({"year": address.get("year", ""), "state": address.get("state", "")})
        years = [str(AcademicYear(year=year)) for year in range(AcademicYear.year_of(today), first_kept(today) - 1, -1)]
        self.fields["year"].choices = [("", "All"), *((year, year) for year in years)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """Returns what is asked for, call it once the form is valid: a state, and a year where one is named."""
        year = self.cleaned_data["year"]
        return {"state": self.cleaned_data["state"], "year": AcademicYear.parse(year).pk if year else None}
