"""What an entry says, as versions keep it (JSON) and as a form takes it; nothing is lost on the way there and back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from programmes.kinds.kind import Kind, Row, Values

Stored = dict[str, Any]


def told_of(kind: Kind, row: Row) -> Stored:
    """Returns what a row that is written says, field by field, as JSON."""
    many = {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in kind.many}
    return {name: many[name] if name in many else _told(kind, row, name) for name in kind.names}


def told_in_memory(kind: Kind, row: Row, values: Values) -> Stored:
    """Returns what a row that is not written yet would say: what names several rows stands in `values` alone."""
    many = {name: sorted(one.pk for one in values.get(name, [])) for name in kind.many}
    return {name: many[name] if name in many else _told(kind, row, name) for name in kind.names}


def _told(kind: Kind, row: Row, name: str) -> Any:
    column = _column(kind, name)
    return _as_json(_kept(column, getattr(row, column.attname)))


def _kept(column: Any, value: Any) -> Any:
    """A number in memory has not yet the places that the database gives it."""
    if isinstance(column, models.DecimalField) and value is not None:
        return value.quantize(Decimal(1).scaleb(-column.decimal_places))
    return value


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def read(kind: Kind, stored: Mapping[str, Any]) -> Values:
    """Returns the values of a version as a row holds them: dates and sums again, other rows by their keys."""
    return {name: _read(kind, name, stored[name]) for name in kind.names if name in stored}


def _read(kind: Kind, name: str, value: Any) -> Any:
    if name in kind.many:
        return list(value)
    return value if value is None else _column(kind, name).to_python(value)


def as_posted(kind: Kind, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values of a version as a browser would send them."""
    posted: dict[str, Any] = {}
    for name, value in stored.items():
        if name not in kind.names or value is None or value is False:
            continue
        posted[name] = value if isinstance(value, list) else "on" if value is True else str(value)
    return posted


def assign(kind: Kind, row: Row, values: Values) -> Row:
    """Gives a row in memory what was said of it; what names several rows is written with it, and not before."""
    for name, value in values.items():
        if name not in kind.many:
            column = _column(kind, name)
            setattr(row, name if isinstance(value, models.Model) else column.attname, value)
    return row


def _column(kind: Kind, name: str) -> Any:
    return kind.model._meta.get_field(name)
