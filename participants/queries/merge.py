"""Every row that hangs on a child, as the database writes it down: what a merge is reckoned from and undone to."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models
from django.db.models.fields.reverse_related import ForeignObjectRel

from participants.models import Child

Image = dict[str, Any]
# rows by table and key
Images = dict[str, dict[str, Image]]

# what a merge does with the rows of a table; every table that points at a child stands here
# - stays, memberships, playings, marks, notes: see actions/merge.py
# - carried: they are the other record's from now on
# - written: the link by hashes, written anew from what stands in the record
# - counted: the database keeps them by the marks
RULES = {
    "AccessNote": "notes",
    "Attendance": "marks",
    "ChildMonth": "counted",
    "Consent": "carried",
    "Destination": "stays",
    "Enrolment": "stays",
    "HubMove": "carried",
    "Identity": "written",
    "KnownAbsence": "carried",
    "Membership": "memberships",
    "Merge": "carried",
    "Placement": "stays",
    "Playing": "playings",
    "RosterRow": "carried",
}
_WITHOUT_IMAGE = {"counted", "written"}


class UnknownTableError(LookupError):
    """A table points at a child, and nobody has said what a merge does with its rows."""


def tables() -> dict[str, type[models.Model]]:
    """Returns the models of all rows that hang on a child and of which a merge keeps images, by table."""
    found = {relation.related_model for relation in relations()}
    return {
        model._meta.db_table: model
        for model in sorted(found, key=lambda model: model.__name__)
        if rule_of(model) not in _WITHOUT_IMAGE
    }


def relations() -> list[Any]:
    """Returns every relation from a row to a child, from whatever app."""
    fields = Child._meta.get_fields(include_hidden=True)
    return [relation for relation in fields if isinstance(relation, ForeignObjectRel)]


def rule_of(model: type[models.Model]) -> str:
    """Returns what a merge does with the rows of a model; raises UnknownTableError."""
    if model.__name__ not in RULES:
        raise UnknownTableError(f"{model._meta.label} points at a child: say in RULES what merging does with its rows.")
    return RULES[model.__name__]


CHILD = Child._meta.db_table


def images_of(children: Iterable[int]) -> Images:
    """Returns all rows of some children, their own among them, by table and key; one statement."""
    ids = sorted(children)
    parts = [f"SELECT '{CHILD}', to_jsonb(t) FROM {CHILD} t WHERE t.id = ANY(%s)"]  # noqa: S608 - names of tables
    parts += [f"SELECT '{table}', to_jsonb(t) FROM {table} t WHERE t.child_id = ANY(%s)" for table in tables()]  # noqa: S608
    found: Images = {CHILD: {}, **{table: {} for table in tables()}}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [ids] * len(parts))
        for table, row in cursor.fetchall():
            image = json.loads(row) if isinstance(row, str) else row
            found[table][key_of(image)] = image
    return found


def images_by_key(keys: Mapping[str, Iterable[str]]) -> Images:
    """Returns the rows of some keys that are there, whosever they are by now; one statement."""
    parts: list[str] = []
    parameters: list[Any] = []
    for table, wanted in keys.items():
        if table == "participants_attendance":
            condition = "(t.session_id || ':' || t.child_id) = ANY(%s) AND t.session_id = ANY(%s)"
            parameters += [list(wanted), sorted({int(key.partition(":")[0]) for key in wanted})]
        else:
            condition = "t.id = ANY(%s)"
            parameters.append(sorted(map(int, wanted)))
        parts.append(f"SELECT '{table}', to_jsonb(t) FROM {table} t WHERE {condition}")  # noqa: S608 - names of tables
    found: Images = {table: {} for table in keys}
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for table, row in cursor.fetchall():
                image = json.loads(row) if isinstance(row, str) else row
                found[table][key_of(image)] = image
    return found


def key_of(image: Image) -> str:
    """Returns what a row is known by within its table: its number, or of a mark session and child."""
    return str(image["id"]) if "id" in image else f"{image['session_id']}:{image['child_id']}"
