"""The numbers of one school and year as a person enters them."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from schools.actions.context import Entered
from schools.models.context import NUMBERS, SHARES
from schools.queries.context import MEASURES, Context

GROUPS = (
    ("Pupils", NUMBERS[:5]),
    ("Where the school is", NUMBERS[5:7]),
    ("Attendance", NUMBERS[7:9]),
    ("End of key stage 2", NUMBERS[9:]),
)
OFF = {"autocomplete": "off"}
DECIMAL = {**OFF, "inputmode": "decimal"}


def _number(field: str, name: str, unit: str, definition: str) -> forms.Field:
    label = f"{name}, per cent" if unit else name
    told: dict[str, Any] = {"label": label, "help_text": definition, "required": False}
    if field in SHARES:
        wrong = "Write a share between 0 and 100 with one decimal place at most, like 46.2."
        return forms.DecimalField(
            **told,
            min_value=0,
            max_value=100,
            max_digits=4,
            decimal_places=1,
            widget=forms.TextInput(DECIMAL | {"class": "input-short"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), wrong
            ),
        )
    most = 10 if field.endswith("decile") else 20_000
    least = 1 if field.endswith("decile") else 0
    return forms.IntegerField(
        **told,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(OFF | {"inputmode": "numeric", "class": "input-short"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Write a whole number from {least} to {most:,}."
        ),
    )


class ContextForm(forms.Form):
    """Each number may be left empty; where they are from may not."""

    source = forms.CharField(
        label="Where the numbers are from",
        max_length=500,
        help_text="What it is, from whom, of when: “School’s own January census return, seen 12 March 2026”.",
        widget=forms.TextInput(OFF),
    )
    is_published = forms.TypedChoiceField(
        label="Can anybody read these numbers elsewhere?",
        choices=(("yes", "Yes, they are published"), ("no", "No, only we have them")),
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        help_text="Numbers that are not published stay with the hub and national staff: the share of a small school "
        "can give a child away.",
        error_messages={"required": "Say whether they are published."},
    )
    replaces_published = forms.BooleanField(label="My numbers replace those of the published table", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, context: Context | None, source: str = "") -> None:
        initial: dict[str, Any] = {}
        if context is not None:
            initial = {**context.numbers(), "seen": context.kept_at.isoformat() if context.kept_at else ""}
            if context.by_hand:
                initial["is_published"] = "yes" if context.is_published else "no"
        super().__init__(data, initial=initial | {"source": source})
        for measure in MEASURES:
            self.fields[measure.field] = _number(measure.field, measure.name, measure.unit, measure.definition)
        self.of_table = context is not None and any(
            value is not None and name not in context.by_hand for name, value in context.numbers().items()
        )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Returns the fields of numbers, group by group."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def clean_source(self) -> str:
        """Returns the source on one line."""
        return " ".join(str(self.cleaned_data["source"]).split())

    def clean_seen(self) -> datetime | None:
        """Returns when what the person saw was kept; None for nothing, and for what is no moment."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None

    def entered(self) -> Entered:
        """Returns what a valid form says."""
        said: dict[str, Any] = self.cleaned_data
        numbers = {name: said[name] for name in NUMBERS}
        return Entered(numbers, said["source"], said["is_published"], said["replaces_published"])
