from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.queries.trail import people_in_trail
from inharmony.audit.words import Kind

EVERYTHING = ("", "Everything")


class Day(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PeriodFilter(forms.Form):
    """From which day to which; without them in the address, the last `days`."""

    since = forms.DateField(label="From", widget=Day)
    until = forms.DateField(label="Until", widget=Day)

    def __init__(self, address: Any, *, days: int) -> None:
        today = timezone.localdate()
        usual = {"since": today - timedelta(days=days), "until": today}
        given = {name: address.get(name) or usual.get(name, "") for name in self.base_fields}
        super().__init__(given)

    def clean(self) -> dict[str, Any]:
        """Refuses a period that ends before it begins."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", f"“Until” is before “From”, {since:%-d %B %Y}. Choose that day or a later one.")
        return cleaned

    def period(self) -> tuple[date, date]:
        """Returns first and last day, none of them to come; call it once the form is valid."""
        return self.cleaned_data["since"], min(self.cleaned_data["until"], timezone.localdate())


class TrailFilter(PeriodFilter):
    """Which part of the trail: period, person, kind of act."""

    person = forms.ModelChoiceField(User.objects.none(), label="Person", required=False, empty_label="Everybody")
    kind = forms.ChoiceField(label="Kind", required=False, choices=[EVERYTHING, *Kind.choices])

    def __init__(self, address: Any, *, days: int, reader: User) -> None:
        super().__init__(address, days=days)
        self.fields["person"].queryset = people_in_trail(reader)  # type: ignore[attr-defined]
