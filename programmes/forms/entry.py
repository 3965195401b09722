"""The form of an entry, whatever its kind: its declared fields, why it changes, and the version that was seen."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.forms.days import day_field
from programmes.kinds import KIND_OF, Kind
from programmes.kinds.kind import Asked, Row, Values
from programmes.kinds.lines import first_of
from programmes.kinds.soundness import require_sound
from programmes.kinds.values import as_posted, assign, told_in_memory, told_of
from programmes.models import Precision, Programme
from programmes.queries.entry import rows_of

IN_PRINT = [
    (Precision.DAY, "The day is in print"),
    (Precision.MONTH, "Only the month is in print"),
    (Precision.YEAR, "Only the year is in print"),
]
WHOLE = "In Harmony as a whole"
# what fits on a page as radios
FEW = 5
# letters: of where something was found, and of any other text; a transcript is the longest
LONGEST_SOURCE, LONGEST = 2_000, 20_000


class WhyForm(forms.Form):
    """Why something is taken off or brought back, and the version that was seen."""

    why = forms.CharField(
        label="Why",
        max_length=200,
        help_text="For whoever reads its versions later, like “The report says 720, not 702”.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class EntryForm(forms.Form):
    """What an entry says. A new one has no `row` that is written, and is not asked why."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: Kind, by: User, row: Row = None, seen: int = 0, **kwargs: Any) -> None:
        self.kind, self.by = kind, by
        self.row = row if row is not None else kind.model()
        kwargs["initial"] = {
            **_initial(kind, self.row),
            **self._only_hub(),
            "version": seen,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        for name, one in kind.asked.items():
            self.fields[name] = self._field(one)
            if one.precision:
                self.fields[one.precision] = _precision(one)
        if self.row.pk is not None:
            why: Any = WhyForm.base_fields["why"]
            self.fields["why"] = forms.CharField(
                label="Why it changes", max_length=200, help_text=why.help_text, widget=why.widget
            )

    def groups(self) -> Iterator[tuple[str, list[list[Any]]]]:
        """Yields the fields under their headings; what says how much of a date is in print stands beside the date."""
        for group in self.kind.groups:
            rows = [[self[one.name], *([self[one.precision]] if one.precision else [])] for one in group.fields]
            yield group.title, rows

    def clean(self) -> dict[str, Any]:
        """Lets a month or a year be its first day, and refuses what may not be said."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, one in self.kind.asked.items():
            if one.precision and cleaned.get(name):
                cleaned[name] = first_of(cleaned[name], cleaned.get(one.precision) or Precision.DAY)
        if not self.errors:
            try:
                require_sound(self.kind, self.entry(), self.values())
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def values(self) -> Values:
        """Returns what a valid form says, by the names of the fields."""
        found = {name: self.cleaned_data.get(name) for name in self.kind.names if name in self.fields}
        for name, value in found.items():
            column = self.kind.model._meta.get_field(name)
            if value is None and isinstance(column, models.CharField | models.TextField):
                found[name] = ""
            if name in self.kind.many:
                found[name] = list(value or [])
        return found

    def entry(self) -> Row:
        """Returns the entry in memory as a valid form says it; the one that is written stays as it is."""
        shown = self.kind.model()
        for column in self.kind.model._meta.concrete_fields:
            setattr(shown, column.attname, getattr(self.row, column.attname))
        return assign(self.kind, shown, self.values())

    def is_changed(self) -> bool:
        """Returns whether a valid form says anything that the entry does not say."""
        return self.row.pk is None or told_in_memory(self.kind, self.entry(), self.values()) != told_of(
            self.kind, self.row
        )

    def _field(self, one: Asked) -> forms.Field:
        column: Any = self.kind.model._meta.get_field(one.name)
        said: dict[str, Any] = {"label": one.label, "help_text": one.hint, "required": one.is_needed}
        if column.is_relation:
            return self._choice(column, one, said)
        if isinstance(column, models.DateField):
            return day_field(one.label, one.hint, required=one.is_needed)
        if column.choices:
            return _choices(column, said, one)
        if isinstance(column, models.BooleanField):
            return forms.BooleanField(**said | {"required": False})
        if isinstance(column, models.URLField):
            return forms.URLField(assume_scheme="https", max_length=column.max_length, **said)
        if isinstance(column, models.TextField):
            # every page that shows it is as long as what is written here
            said["max_length"] = column.max_length or (LONGEST_SOURCE if one.name == "source" else LONGEST)
        made: forms.Field = column.formfield(**said)
        if isinstance(column, models.TextField):
            made.widget = forms.Textarea({"rows": 3 if one.name == "source" else 5})
        return made

    def _choice(self, column: Any, one: Asked, said: dict[str, Any]) -> forms.Field:
        """What is chosen among other rows: of the programmes the person's own, of entries those that they keep."""
        rows = self._offered(column.related_model, one)
        whole = column.related_model is Programme and not one.is_needed
        if whole and not self.by.reach.may_everywhere(Permission.KEEP_RECORD):
            # what is of the country is the operator's
            said["required"], whole = True, False
        if column.many_to_many:
            return forms.ModelMultipleChoiceField(rows, widget=forms.CheckboxSelectMultiple, **said)
        return forms.ModelChoiceField(rows, empty_label=WHOLE if whole else "Choose", **said)

    def _only_hub(self) -> dict[str, Any]:
        """Of who keeps one hub, a new entry is of that hub unless they say otherwise."""
        own = self.by.reach.programmes_for(Permission.KEEP_RECORD)
        if self.row.pk is None and len(own) == 1 and not self.by.reach.may_everywhere(Permission.KEEP_RECORD):
            return {"programme": next(iter(own)), "programmes": list(own)}
        return {}

    def _offered(self, model: type[models.Model], one: Asked) -> Any:
        if model is Programme:
            keeper = self.by.reach
            everywhere = keeper.may_everywhere(Permission.KEEP_RECORD)
            own = keeper.programmes_for(Permission.KEEP_RECORD)
            return Programme.objects.all() if everywhere else Programme.objects.filter(pk__in=own)
        if model in KIND_OF:
            kind = KIND_OF[model]
            rows = rows_of(kind)
            rows = rows.filter(pk__in=kind.kept_by(self.by).values("pk")) if one.is_own else rows
            return rows.filter(withdrawn_on__isnull=True) if kind.can_withdraw else rows
        return model._default_manager.all()


def of_version(kind: Kind, stored: dict[str, Any], *, by: User, row: Row, seen: int, why: str) -> EntryForm:
    """Returns the form as it would be sent for what an earlier version says: what may not be said now is refused."""
    return EntryForm({**as_posted(kind, stored), "why": why, "version": seen}, kind=kind, by=by, row=row, seen=seen)


def _initial(kind: Kind, row: Row) -> dict[str, Any]:
    if row.pk is None:
        return {name: getattr(row, name) for name in kind.names if name not in kind.many and _has_default(kind, name)}
    return {name: _shown(kind, row, name) for name in kind.names}


def _shown(kind: Kind, row: Row, name: str) -> Any:
    if name in kind.many:
        return list(getattr(row, name).values_list("pk", flat=True))
    column: Any = kind.model._meta.get_field(name)
    return getattr(row, column.attname)


def _has_default(kind: Kind, name: str) -> bool:
    column: Any = kind.model._meta.get_field(name)
    return bool(column.has_default())


def _precision(one: Asked) -> forms.Field:
    return forms.ChoiceField(
        label="How much of that date is in print", choices=IN_PRINT, widget=forms.RadioSelect, required=one.is_needed
    )


def _choices(column: Any, said: dict[str, Any], one: Asked) -> forms.Field:
    offered = [(value, label) for value, label in column.choices if value != ""]
    empty = dict(column.choices).get("", "Choose" if one.is_needed else "Not said")
    if len(offered) <= FEW and one.is_needed:
        return forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **said)
    return forms.ChoiceField(choices=[("", empty), *offered], **said)
