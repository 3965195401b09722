"""What a person says of rows of a class list."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django import forms

from participants.models import RosterImport
from participants.queries.roster import ClassOnList, EnsembleOffered
from programmes.forms.days import day_field

LONGEST = 500


class Cell(Protocol):
    """A cell as it stands, and whether it is shown with dots only."""

    @property
    def text(self) -> str: ...
    @property
    def is_masked(self) -> bool: ...


class Listed(Protocol):
    """A child in a row of a page."""

    @property
    def child_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


def texts_in(posted: Mapping[str, str], cells: Mapping[str, Cell]) -> dict[str, str]:
    """Returns what a post puts in the place of cells, by field: those only in which something else stands now."""
    texts = {}
    for name, cell in cells.items():
        text = posted.get(f"cell-{name}")
        if text is None or (cell.is_masked and not text.strip()):
            continue
        text = text.replace("\0", "").strip()[:LONGEST]
        if text != cell.text:
            texts[name] = text
    return texts


class LeaversForm(forms.Form):
    """Who of those on roll and not on the list has left, and their last day."""

    last_day = day_field("Last day at the school")

    def __init__(self, *args: Any, roster_import: RosterImport, rows: Sequence[Listed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(row.child_id): row.child_id for row in rows}
        self.fields["last_day"].initial = roster_import.leaves_on
        self.fields["child"] = forms.MultipleChoiceField(
            label="Has left", required=False, choices=[(str(row.child_id), row.name) for row in rows]
        )

    @property
    def leaving(self) -> list[int]:
        """Returns the ids of those who left."""
        return [int(value) for value in self.cleaned_data["child"]]


def _box(on_list: ClassOnList, choice: EnsembleOffered) -> str:
    """The name of a box: of the class itself, and not of its place on a page that may be an old one."""
    return f"j{hashlib.sha256(on_list.name.encode()).hexdigest()[:16]}-{choice.ensemble.pk}"


class JoinsForm(forms.Form):
    """A box for each class of the list and each ensemble of its school."""

    def __init__(
        self, *args: Any, offered: Sequence[ClassOnList], chosen: Sequence[Mapping[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        so_far = {(each["school_class"], each["ensemble"]) for each in chosen}
        self.pairs = {
            _box(on_list, choice): (on_list.name, choice.ensemble.pk)
            for on_list in offered
            for choice in on_list.choices
        }
        for name, pair in self.pairs.items():
            self.fields[name] = forms.BooleanField(required=False, initial=pair in so_far)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Returns the classes, each with its ensembles: the box, how many of the class are in it by now."""
        return [
            {
                "on_list": on_list,
                "choices": [{"choice": choice, "box": self[_box(on_list, choice)]} for choice in on_list.choices],
            }
            for on_list in self.offered
        ]

    @property
    def joins(self) -> list[tuple[str, int]]:
        """Returns the pairs that were chosen: class, and ensemble by id."""
        return [pair for name, pair in self.pairs.items() if self.cleaned_data[name]]
