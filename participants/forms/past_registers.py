"""A sheet of past registers and what a person says of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any, Protocol

from django import forms
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.spreadsheets import limits, precheck
from participants.queries.past_registers import ensembles_to_fill
from programmes.models import Ensemble
from schools.models import AcademicYear

YEARS_BACK = 10
OUT = "out"


class LetterToSay(Protocol):
    """A letter of a sheet, what it is taken to mean, and the name of its field."""

    @property
    def letter(self) -> str: ...
    @property
    def means(self) -> str: ...
    @property
    def key(self) -> str: ...


class EnsembleField(forms.ModelChoiceField):
    """An ensemble, named with its school."""

    def label_from_instance(self, obj: Ensemble) -> str:
        """Returns the words of one choice."""
        return f"{obj.name}, {obj.school.name}" if obj.school else obj.name


class PastRegisterForm(forms.Form):
    """A sheet, and the ensemble and year it is of. What is offered is what the person may bring in."""

    ensemble = EnsembleField(queryset=Ensemble.objects.none(), label="Ensemble", empty_label="Choose")
    year = forms.TypedChoiceField(label="Academic year", coerce=int)
    file = forms.FileField(
        label="Sheet of registers",
        help_text="Children down the side, dates across the top, a letter in each cell: .xlsx, .ods, .csv or .tsv, up"
        " to 20 MB.",
        widget=forms.FileInput({"accept": ".xlsx,.ods,.csv,.tsv,.xls,.txt"}),
    )
    sheet = forms.CharField(
        label="Name of the sheet",
        required=False,
        max_length=100,
        help_text="Only where you know it; where a workbook has several registers, you are asked.",
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = AcademicYear.year_of(timezone.localdate())
        fields: dict[str, Any] = self.fields
        fields["ensemble"].queryset = ensembles = ensembles_to_fill(by)
        fields["year"].choices = [
            (year, str(AcademicYear(year=year))) for year in range(current, current - YEARS_BACK - 1, -1)
        ]
        fields["year"].initial = current - 1
        only = list(ensembles[:2])
        self.has_ensembles = bool(only)
        if len(only) == 1:
            fields["ensemble"].initial = only[0]

    def clean_file(self) -> Any:
        """Refuses a file that is too large, before a byte of it is read."""
        file = self.cleaned_data["file"]
        if file.size > limits.FILE_BYTES:
            raise forms.ValidationError(precheck.too_large(file.size, file.name))
        return file


class LettersForm(forms.Form):
    """What each letter of a sheet means, and when the sessions were that are made."""

    starts_at = forms.TimeField(label="From", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    ends_at = forms.TimeField(label="To", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def __init__(
        self,
        *args: Any,
        letters: Sequence[LetterToSay],
        meanings: Sequence[tuple[str, str]],
        usual: tuple[time, time] | None,
        needs_times: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.letters, self.needs_times = letters, needs_times
        for name, proposed in zip(("starts_at", "ends_at"), usual or (None, None), strict=True):
            self.fields[name].initial = proposed
            self.fields[name].required = needs_times
        for letter in letters:
            label = f"What “{letter.letter}” means"
            self.fields[letter.key] = forms.ChoiceField(
                label=label,
                choices=[("", "Choose"), *meanings],
                initial=letter.means,
                error_messages={"required": f"Say what “{letter.letter}” means."},
                widget=forms.Select({"class": "input", "aria-label": label}),
            )

    @property
    def rows(self) -> list[tuple[LetterToSay, Any]]:
        """Returns the letters, each with its choice."""
        return [(letter, self[letter.key]) for letter in self.letters]

    def clean(self) -> dict[str, Any]:
        """Refuses times of which one is missing, or that are the wrong way round."""
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "A session ends after it starts, on the same day.")
        elif bool(starts_at) != bool(ends_at) and not self.errors:
            self.add_error("ends_at" if starts_at else "starts_at", "Give both times, or none.")
        return cleaned

    @property
    def said(self) -> dict[str, str]:
        """Returns what was said, by letter."""
        return {letter.letter: self.cleaned_data[letter.key] for letter in self.letters}

    @property
    def times(self) -> tuple[time, time] | None:
        """Returns the times that were said, or None."""
        starts_at, ends_at = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        return (starts_at, ends_at) if starts_at and ends_at else None


def rows_in(posted: Mapping[str, str], offered: Mapping[int, Collection[int]]) -> dict[int, int | str | None]:
    """
    Returns what a post says of rows, by number: whom they mean, of the children (ids) offered for each, OUT, or None
    for later.

    Anything else in it is passed over.
    """
    said: dict[int, int | str | None] = {}
    for row, children in offered.items():
        value = posted.get(f"row-{row}")
        if value == OUT:
            said[row] = OUT
        elif value == "":
            said[row] = None
        elif value is not None and value.isascii() and value.isdigit() and len(value) < 19 and int(value) in children:
            said[row] = int(value)
    return said
