import calendar
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from programmes.actions.timetable import HEADS_NOT_COUNTED
from programmes.forms.days import day_field
from programmes.models import Ensemble, Session, Tutor, Venue
from programmes.queries.timetable import Planned, days_of

ONCE = "once"
WEEKDAYS = list(enumerate(calendar.day_name))
EVERY = [(1, "Every week"), (2, "Every second week"), (3, "Every third week"), (4, "Every fourth week")]
# two academic years: more at once is a mistyped year
LONGEST = timedelta(days=2 * 366)


def time_field(label: str) -> forms.TimeField:
    """Returns a field for a time of day, written by the browser's own clock."""
    return forms.TimeField(
        label=label, widget=forms.TimeInput({"type": "time", "class": "input-short"}, format="%H:%M")
    )


class WhereAndWhoForm(forms.Form):
    """Times, venue and cover tutor of sessions, and who joins them; offered is what the hub of the ensemble has."""

    starts_at = time_field("Starts at")
    ends_at = time_field("Ends at")
    venue = forms.ModelChoiceField(Venue.objects.none(), label="Venue", required=False, empty_label="No venue yet")
    tutor = forms.ModelChoiceField(
        Tutor.objects.none(), label="Cover tutor", required=False, empty_label="No cover: the ensemble’s own tutors"
    )
    joined_by = forms.ModelMultipleChoiceField(
        Ensemble.objects.none(), label="Plays together with", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, ensemble: Ensemble, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ensemble = ensemble
        fields: dict[str, Any] = self.fields
        own = {"programme": ensemble.programme_id}
        # a session stays where it is, though the venue is not used any more
        here = getattr(self.initial.get("venue"), "pk", None)
        used = Q(pk__in=Venue.objects.used_on(timezone.localdate()).values("pk")) | Q(pk=here)
        fields["venue"].queryset = Venue.objects.visible_to(by).filter(used, **own).select_related("school")
        fields["tutor"].queryset = Tutor.objects.visible_to(by).filter(**own)
        others = Ensemble.objects.visible_to(by).filter(**own).exclude(pk=ensemble.pk)
        # whoever joins it now stays on offer, though it may have ended since
        now = others.filter(pk__in=[each.pk for each in self.initial.get("joined_by", ())])
        fields["joined_by"].queryset = (others.playing() | now).select_related("school")

    def clean(self) -> dict[str, Any]:
        """Returns the values; refuses an end before the start."""
        chosen = self.cleaned_data
        starts_at, ends_at = chosen.get("starts_at"), chosen.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "The session ends after it starts, on the same day. Change one of the times.")
        return chosen


class PlanForm(WhereAndWhoForm):
    """Which sessions of an ensemble are proposed."""

    weekday = forms.ChoiceField(label="On which day", choices=[("", "Choose"), *WEEKDAYS, (ONCE, "One day only")])
    every = forms.TypedChoiceField(label="How often", choices=EVERY, coerce=int, initial=1)
    starts_on = day_field("From")
    ends_on = day_field("To", "Left empty for one day only.", required=False)
    kind = forms.ChoiceField(label="Kind", choices=Session.Kind.choices)
    is_headcount = forms.BooleanField(
        label="Count heads, without names",
        required=False,
        help_text="Of family and taster sessions, where whoever likes to comes.",
    )

    field_order = (
        *("weekday", "every", "starts_on", "ends_on", "starts_at", "ends_at"),
        *("venue", "tutor", "kind", "is_headcount", "joined_by"),
    )

    def clean(self) -> dict[str, Any]:
        """Returns the values; refuses days and times out of order, and more than two years at once."""
        chosen = super().clean()
        if chosen.get("is_headcount") and chosen.get("kind") not in Session.MAY_COUNT_HEADS:
            self.add_error("is_headcount", HEADS_NOT_COUNTED)
        first, last = chosen.get("starts_on"), chosen.get("ends_on")
        if first is None or chosen.get("weekday") in (None, "", ONCE):
            return chosen
        if last is None:
            self.add_error("ends_on", "Enter the last day, or choose “One day only”.")
        elif last < first:
            self.add_error("ends_on", "The last day comes before the first. Change one of them.")
        elif last - first > LONGEST:
            self.add_error("ends_on", "That is more than two years. Choose an earlier last day.")
        return chosen

    def planned(self) -> list[Planned]:
        """Returns the sessions a valid form asks for, by day."""
        chosen = self.cleaned_data
        what = {name: chosen[name] for name in self.field_order[4:]} | {"joined_by": tuple(chosen["joined_by"])}
        return [Planned(ensemble=self.ensemble, day=day, **what) for day in self._days()]

    def _days(self) -> list[date]:
        chosen = self.cleaned_data
        if chosen["weekday"] == ONCE:
            return [chosen["starts_on"]]
        return days_of(chosen["starts_on"], chosen["ends_on"], weekday=int(chosen["weekday"]), every=chosen["every"])
