from typing import Any

from django import forms
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.spreadsheets import limits, precheck
from participants.queries.partner import SchoolRefusedError, require_open
from participants.queries.roster import importable_partnerships
from programmes.models import Partnership
from schools.models import AcademicYear

MOST_FILES = 20


class PartnerSchoolField(forms.ModelChoiceField):
    """A partner school, named with its URN, because names do not identify schools."""

    def label_from_instance(self, obj: Partnership) -> str:
        """Returns the words of one choice."""
        return f"{obj.school.name} ({obj.school_id})"


class FilesInput(forms.FileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none of them too large; the first that is too large refuses them all."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Returns the files as a list."""
        sent = data if isinstance(data, (list, tuple)) else [data]
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(f"At most {MOST_FILES} files can be sent at once; these are {len(sent)}.")
        files = [super(FilesField, self).clean(each, initial) for each in sent or [None]]
        for file in files:
            # before a byte of it is read
            if file.size > limits.FILE_BYTES:
                raise forms.ValidationError(precheck.too_large(file.size, file.name))
        return files


class RosterForm(forms.Form):
    """A class list, and the school and year it is for. What is offered is what the person may import."""

    partnership = PartnerSchoolField(queryset=Partnership.objects.none(), label="School", empty_label="Choose")
    year = forms.TypedChoiceField(label="Academic year", coerce=int)
    file = FilesField(
        label="Class list",
        help_text="As the school sent it: .xlsx, .ods, .csv or .tsv, up to 20 MB each. No template is needed. Choose one"
        " or several, or drop them into the box.",
        widget=FilesInput({"class": "input drop", "accept": ".xlsx,.ods,.csv,.tsv,.xls,.txt", "multiple": True}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        partnerships = importable_partnerships(by, today)
        current = AcademicYear.year_of(today)
        fields: dict[str, Any] = self.fields
        fields["partnership"].queryset = partnerships
        fields["year"].choices = [(year, str(AcademicYear(year=year))) for year in (current + 1, current, current - 1)]
        fields["year"].initial = current
        only = list(partnerships[:2])
        self.has_schools = bool(only)
        if len(only) == 1:
            fields["partnership"].initial = only[0]

    def clean_partnership(self) -> Partnership:
        """Refuses a school that has closed meanwhile."""
        partnership: Partnership = self.cleaned_data["partnership"]
        try:
            require_open(partnership.school, timezone.localdate())
        except SchoolRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return partnership


def decisions_in(posted: Any) -> dict[int, str]:
    """Returns what a posted preview says of close matches, by row; anything else in it is passed over."""
    decisions = {}
    for name, value in posted.items():
        number = name.removeprefix("row")
        if name.startswith("row") and number.isascii() and number.isdigit() and len(number) < 8:
            decisions[int(number)] = value if value in {"same", "another"} else ""
    return decisions
