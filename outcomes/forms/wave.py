from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from outcomes.actions.wave import Plan
from outcomes.measures.structure import Informant, Measure
from outcomes.models import Wave
from outcomes.queries.measures import askable
from outcomes.queries.wave import WHOM
from outcomes.validators.wave import MOST_SLIPS, OF_CHILDREN
from programmes.forms.days import day_field
from programmes.models import Programme
from schools.models import School

# what a class needs to find an hour for it, with one week to spare
USUAL = timedelta(days=14)


def season(day: date) -> str:
    """Returns how a wave that opens on a day is usually called: "Autumn 2026"."""
    words = "Spring" if day.month < 4 else "Summer" if day.month < 9 else "Autumn"
    return f"{words} {day.year}"


class WaveForm(forms.Form):
    """What a wave asks, whom, and on which days."""

    programme = forms.ModelChoiceField(queryset=Programme.objects.none(), label="Hub", empty_label=None)
    asked = forms.ChoiceField(label="Questionnaire", widget=forms.RadioSelect)
    year_groups = forms.MultipleChoiceField(
        label="Year groups",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whose children are asked, or their families. Leave them empty for school staff and tutors.",
    )
    moment = forms.ChoiceField(
        label="Time of asking",
        choices=Wave.Moment.choices,
        widget=forms.RadioSelect,
        help_text="Answers at the start are compared with those given later.",
    )
    name = forms.CharField(
        label="Name",
        max_length=60,
        help_text="By which the hub knows it. No child and no class reads it.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    opens_on = day_field("First day")
    closes_on = day_field(
        "Last day", "It can be changed until the wave is closed. The night after, it closes by itself."
    )

    def __init__(
        self,
        *args: Any,
        hubs: QuerySet[Programme],
        year_groups: Iterable[tuple[str, str]],
        begun: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        today = timezone.localdate()
        fields["programme"].queryset = hubs
        fields["programme"].initial = hubs.first()
        self.has_choice = len(hubs) > 1
        if not self.has_choice:
            # there is nothing to choose
            fields["programme"].required = False
        self.offered = {
            f"{measure.key}:{informant.value}": (measure, informant)
            for measure in askable()
            for informant in measure.informants
        }
        fields["asked"].choices = [(key, _words(*one)) for key, one in self.offered.items()]
        fields["asked"].initial = next(iter(self.offered), None)
        fields["year_groups"].choices = list(year_groups)
        # what was asked at the start is most likely asked again to see what has changed
        is_begun = any(measure.key in begun for measure, _ in list(self.offered.values())[:1])
        fields["moment"].initial = Wave.Moment.AFTER if is_begun else Wave.Moment.BEFORE
        fields["name"].initial = season(today)
        fields["opens_on"].initial, fields["closes_on"].initial = today, today + USUAL

    def clean_programme(self) -> Programme | None:
        """Returns the hub chosen, or the only one there is."""
        chosen: Programme | None = self.cleaned_data["programme"]
        return chosen or self.fields["programme"].queryset.first()  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """Returns what a valid form asks for."""
        measure, informant = self.offered[self.cleaned_data["asked"]]
        return Plan(
            measure,
            informant,
            Wave.Moment(self.cleaned_data["moment"]),
            self.cleaned_data["name"],
            tuple(self.cleaned_data["year_groups"]) if informant in OF_CHILDREN else (),
            self.cleaned_data["opens_on"],
            self.cleaned_data["closes_on"],
        )


def _words(measure: Measure, informant: Informant) -> str:
    many = "on paper alone, scores are keyed in" if measure.is_scores_only else f"{len(measure.items)} questions"
    return f"{WHOM[informant]}: {measure.title} ({many})"


class LastDayForm(forms.Form):
    """Until when a wave can be answered."""

    closes_on = day_field("Last day", "To the end of this day the wave can be answered. The night after, it closes.")


class AdultsForm(forms.Form):
    """How many slips a school's staff, or a hub's tutors, are given."""

    school = forms.ModelChoiceField(queryset=School.objects.none(), label="School", empty_label="Choose")
    slips = forms.IntegerField(
        label="Slips in all",
        help_text=f"1 to {MOST_SLIPS}. More can be given later.",
        min_value=1,
        max_value=MOST_SLIPS,
    )

    def __init__(self, *args: Any, schools: QuerySet[School] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if schools is None:
            del fields["school"]
        else:
            fields["school"].queryset = schools
