"""Brings rows of the record into a table: what is missing is added, what says otherwise corrected, nothing deleted."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models

from schools.actions.staging import Kept

Values = dict[str, Any]
Same = Callable[[models.Model, Values], bool]


def add_missing(model: type[models.Model], rows: Sequence[Values], key: Sequence[str] = ()) -> Kept:
    """Adds the rows whose key (the primary key unless told) is not there."""
    assert model._meta.pk is not None
    names = list(key) or [model._meta.pk.attname]
    there = set(model._default_manager.values_list(*names))
    missing = [row for row in rows if tuple(row[name] for name in names) not in there]
    model._default_manager.bulk_create([model(**row) for row in missing])
    return Kept(new=len(missing), unchanged=len(rows) - len(missing))


def keep(model: type[models.Model], rows: Iterable[Values], nature: Sequence[str] = ()) -> Kept:
    """
    Adds the facts that are not there and corrects the rows that say something else.

    A row is known by the fact's key; one that has none yet, by what it is of (`nature`). A row that a person changed or
    withdrew is left alone, and so is the time of which somebody entered a row by themselves.
    """
    there = list(model._default_manager.all())
    by_key = {one.key: one for one in there if one.key}  # type: ignore[attr-defined]
    by_nature = {_values(one, nature): one for one in there if not one.key} if nature else {}  # type: ignore[attr-defined]
    new, changed, unchanged = list[models.Model](), list[models.Model](), 0
    fields: set[str] = set()
    for row in rows:
        known = by_key.get(row["key"]) or by_nature.get(tuple(row[name] for name in nature))
        if known is None and not any(_same_time(row, other, nature) for other in there):
            new.append(model(**row))
            continue
        others = [one for one in there if one is not known and one.is_by_hand]  # type: ignore[attr-defined]
        is_taken = any(_same_time(row, other, nature) for other in others)
        differing = _correct(known, row) if known and not is_taken else set()
        fields |= differing
        if known and differing:
            changed.append(known)
        unchanged += not differing
    # first: what begins may stand where something ends now
    if changed:
        model._default_manager.bulk_update(changed, sorted(fields))
    model._default_manager.bulk_create(new)
    return Kept(len(new), len(changed), unchanged)


def _correct(known: Any, row: Values) -> set[str]:
    """Lets a row say what the fact says, unless a person keeps it, and returns the fields that were otherwise."""
    if known.is_by_hand:
        return set()
    differing = {name for name, value in row.items() if getattr(known, name) != value}
    for name in differing:
        setattr(known, name, row[name])
    return differing


def _values(one: models.Model, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(one, name) for name in names)


def _same_time(row: Values, other: models.Model, nature: Sequence[str]) -> bool:
    """Returns whether a dated row is of the same thing as one that is there and shares a day with it."""
    names = [name for name in nature if name != "starts_on"]
    if len(names) == len(nature) or any(getattr(other, name) != row[name] for name in names):
        return False
    starts_on, ends_on = (getattr(other, name) or date.max for name in ("starts_on", "ends_on"))
    return bool(starts_on <= (row["ends_on"] or date.max) and row["starts_on"] <= ends_on)
