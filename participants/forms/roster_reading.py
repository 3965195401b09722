"""What a person says of how a class list is to be read."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

_BLANK_MEANS: dict[str, bool | None] = {"no": False, "unknown": None}
NOT_READ = ("", "Not read")


class ReadingForm(forms.Form):
    """One choice a column, and the row of the headings.

    `columns` are those of the import (index, letters, heading, field, forbidden), `fields` what they can be read as
    (name and words), `chosen` what was said of them so far, by index, `postcodes` the headings of postcodes of homes.
    """

    heading_row = forms.IntegerField(
        label="Row of the headings",
        min_value=0,
        max_value=200,
        required=False,
        help_text="As the spreadsheet program numbers it; 0 where the list has none.",
        widget=forms.NumberInput({"class": "input input-short", "inputmode": "numeric"}),
    )

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Mapping[str, Any]],
        heading_row: int | None,
        fields: Sequence[tuple[str, str]],
        chosen: Mapping[int, str],
        postcodes: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self.was, self.words, self.chosen = columns, heading_row, dict(fields), chosen
        self.postcodes = postcodes
        self.fields["heading_row"].initial = heading_row
        for column in columns:
            if not column["forbidden"]:
                name = column["heading"] or f"Column {column['letters']}"
                self.fields[f"c{column['index']}"] = forms.ChoiceField(
                    label=f"Read “{name}” as",
                    choices=[NOT_READ, *fields],
                    required=False,
                    initial=chosen.get(column["index"], column["field"]),
                    widget=forms.Select({"class": "input", "aria-label": f"Read “{name}” as"}),
                )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """
        Returns the columns in order, each with its choice; of those that are never kept there is none.

        `is_postcode` says that the heading is of the home's postcode, which was looked up and forgotten, or dropped.
        """
        return [
            {
                **column,
                "control": self[f"c{column['index']}"] if not column["forbidden"] else None,
                "is_postcode": column["heading"] in self.postcodes,
            }
            for column in self.columns
        ]

    def clean(self) -> dict[str, Any]:
        """Refuses a field that two columns would be read as."""
        cleaned = super().clean() or {}
        taken: dict[str, str] = {}
        for column in self.columns:
            field = cleaned.get(f"c{column['index']}", "")
            if field and field in taken:
                both = f"Columns {taken[field]} and {column['letters']} would both be read as “{self.words[field]}”."
                self.add_error(f"c{column['index']}", f"{both} Choose one of the two.")
            taken.setdefault(field, column["letters"])
        return cleaned

    @property
    def is_moved(self) -> bool:
        """Whether the headings are said to be in another row."""
        row = self.cleaned_data["heading_row"]
        return row is not None and row != self.was

    @property
    def said(self) -> dict[int, str]:
        """Returns what was said of columns, by index. One left as it was found goes on being found.

        What was said under other headings was said of those.
        """
        if self.is_moved:
            return {}
        said = dict(self.chosen)
        for column in self.columns:
            field = self.cleaned_data.get(f"c{column['index']}")
            if field is not None and field != column["field"]:
                said[column["index"]] = field
        return said


def blanks_in(posted: Mapping[str, str], flags: Collection[str]) -> dict[str, bool | None]:
    """Returns what a post says of blanks in columns of yes or no, by field; anything else in it is passed over."""
    return {
        name: _BLANK_MEANS[posted[f"blank-{name}"]] for name in flags if posted.get(f"blank-{name}") in _BLANK_MEANS
    }
