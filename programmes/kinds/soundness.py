"""Whether an entry may be kept as it is: what its columns take, what its kind asks for, safe addresses."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models

from programmes.kinds.kind import Kind, Row, Values
from programmes.validators.entry import is_safe_address

UNSAFE = (
    "Only addresses that begin with https:// are shown. Copy it from the browser, without a name or password in it."
)


def require_sound(kind: Kind, row: Row, values: Values) -> None:
    """Raises ValidationError, by field, for a row in memory that may not be kept so."""
    wrong: dict[str, list[str]] = defaultdict(list)
    empty = [f.name for f in kind.model._meta.concrete_fields if f.null and getattr(row, f.attname) is None]
    try:
        row.clean_fields(exclude={*empty, *(kind.leaves if row.pk is None else ())})
    except ValidationError as error:
        for name, words in error.message_dict.items():
            wrong[name] += words
    for name, one in kind.asked.items():
        if one.is_needed and _is_empty(row, name) and not wrong[name]:
            wrong[name].append(f"{one.label} is missing.")
        column = kind.model._meta.get_field(name)
        if isinstance(column, models.URLField) and (said := getattr(row, name)) and not is_safe_address(said):
            wrong[name] = [UNSAFE]
    if not any(wrong.values()):
        for check in kind.checks:
            for name, sentence in check(row, values):
                wrong[name].append(sentence)
    if said_of := {name: words for name, words in wrong.items() if words}:
        raise ValidationError(said_of)


def _is_empty(row: Row, name: str) -> bool:
    column = row._meta.get_field(name)
    value = getattr(row, column.attname)
    return value is None or (isinstance(value, str) and not value.strip())
