"""The versions of an entry: what each says, in words, and what it changed field by field."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from inharmony.pages import dates
from inharmony.pages.money import pounds
from programmes.kinds import Kind
from programmes.kinds.kind import Row
from programmes.kinds.lines import number
from programmes.kinds.values import read, told_of
from programmes.models import EntryVersion

NOTHING = "nothing"
MONEY = frozenset({"amount"})


@dataclass(frozen=True)
class Said:
    """One field of an entry: what it is called and what it says."""

    label: str
    words: str


@dataclass(frozen=True)
class Change:
    """One field that an act changed."""

    label: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Version:
    """A version with what it changed."""

    row: EntryVersion
    changes: Sequence[Change]
    is_last: bool
    is_first: bool

    @property
    def who(self) -> str:
        """Who wrote it."""
        return self.row.written_by.name if self.row.written_by else "It came with the portal"


def last_version(kind: Kind, row: Row) -> EntryVersion | None:
    """Returns the last version of an entry; None while it says what came with the portal."""
    found = EntryVersion.objects.filter(kind=kind.key, entry=row.pk).select_related("written_by")
    return found.order_by("-number").first()


def number_of(kind: Kind, row: Row) -> int:
    """Returns the number of an entry's version, 0 before anybody changed it."""
    last = last_version(kind, row)
    return last.number if last else 0


def facts(kind: Kind, row: Row) -> list[Said]:
    """Returns what an entry says, every field that says something."""
    stored = told_of(kind, row)
    names = _Names(kind, [stored])
    return [
        Said(label, words) for name, label in _labels(kind).items() if (words := names.words(name, stored)) != NOTHING
    ]


def versions(kind: Kind, row: Row) -> list[Version]:
    """Returns the versions of an entry, the last first, each with what it changed."""
    rows = list(EntryVersion.objects.filter(kind=kind.key, entry=row.pk).select_related("written_by"))
    names = _Names(kind, [one.values for one in rows])
    found = []
    for at, one in enumerate(rows):
        before = rows[at + 1].values if at + 1 < len(rows) else None
        changes = differences(kind, before, one.values, names) if before is not None else []
        found.append(Version(one, changes, is_last=at == 0, is_first=before is None))
    return found


def differences(
    kind: Kind, before: Mapping[str, Any], now: Mapping[str, Any], names: "_Names | None" = None
) -> list[Change]:
    """Returns what one version says otherwise than another, field by field."""
    names = names or _Names(kind, [before, now])
    labels = _labels(kind)
    return [
        Change(labels[name], names.words(name, before), names.words(name, now))
        for name in labels
        if before.get(name) != now.get(name)
    ]


def _labels(kind: Kind) -> dict[str, str]:
    """What each field is called, with how much of a date is in print after its date."""
    found = {}
    for name, one in kind.asked.items():
        found[name] = one.label
        if one.precision:
            found[one.precision] = f"{one.label}: how much is in print"
    return found


class _Names:
    """The rows that versions name by their keys, read once for all of them."""

    def __init__(self, kind: Kind, stored: Iterable[Mapping[str, Any]]) -> None:
        self.kind = kind
        self.columns: dict[str, Any] = {name: kind.model._meta.get_field(name) for name in kind.names}
        keys: dict[type[models.Model], set[Any]] = defaultdict(set)
        for name, column in self.columns.items():
            if column.is_relation:
                for one in stored:
                    value = one.get(name)
                    keys[column.related_model].update(value if isinstance(value, list) else [value] if value else [])
        self.rows = {model: model._default_manager.in_bulk(found) if found else {} for model, found in keys.items()}

    def words(self, name: str, stored: Mapping[str, Any]) -> str:
        """Returns what a field says in a version, as people read it."""
        column, value = self.columns[name], stored.get(name)
        if column.is_relation:
            found = self.rows[column.related_model]
            keys = value if isinstance(value, list) else [value] if value else []
            return ", ".join(str(found.get(key, key)) for key in keys) or NOTHING
        return written(column, name, read(self.kind, {name: value})[name])


def written(column: Any, name: str, value: Any) -> str:
    """Returns the value of a column as people read it."""
    if value is None or value == "":
        return dict(column.choices).get("", NOTHING) if column.choices and value == "" else NOTHING
    if column.choices:
        return str(dict(column.choices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return dates.day(value)
    if isinstance(column, models.DecimalField):
        return pounds(value) if name in MONEY else number(value)
    return str(value)
