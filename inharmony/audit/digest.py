"""
One SHA-256 a day over everything the trail keeps, chained from day to day and kept outside the database.

Whoever runs the server can change a row of the trail past every grant; they cannot make it fit a digest that lies
somewhere else. Rows never leave the database: it hashes each, and then the hashes in the order of their keys. What was
hashed (tables, columns) stands in the file, so that a column added later does not make old days differ.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models

from inharmony.access.privacy import Wall
from inharmony.access.scope import Scope, figures, scoped
from inharmony.access.walls import privacy_of
from inharmony.audit.history import histories
from inharmony.audit.models import AuditEvent, Breach, BreachVersion
from inharmony.audit.period import midnight
from inharmony.stored import listed

FOLDER = "trail"
DAY = timedelta(days=1)
Model = type[models.Model]


class UnreadableError(Exception):
    """A file of the folder that is no digest; the text says which, and what to do."""


@dataclass(frozen=True)
class Sum:
    """What one table holds of one day."""

    rows: int
    sha256: str


NOTHING = Sum(0, hashlib.sha256().hexdigest())


@dataclass(frozen=True)
class Digest:
    """One day as it was written down: the file before it, the columns and the sums of each table."""

    day: date
    before: str
    columns: Mapping[str, Sequence[str]]
    sums: Mapping[str, Sum]

    def text(self) -> str:
        """Returns the file's content; the same digest always gives the same."""
        tables = {
            table: {"columns": list(self.columns[table]), "rows": found.rows, "sha256": found.sha256}
            for table, found in self.sums.items()
        }
        return json.dumps({"day": f"{self.day}", "before": self.before, "tables": tables}, indent=1, sort_keys=True)

    def sha256(self) -> str:
        """Returns the hash by which the next day names this one."""
        return hashlib.sha256(self.text().encode()).hexdigest()


def kept() -> dict[str, tuple[Model, str]]:
    """Returns the models whose rows are digested, by table, each with the field that says when a row was made."""
    found: list[tuple[Model, str]] = [(AuditEvent, "at"), (Breach, "noted_at"), (BreachVersion, "written_at")]
    found += [(history, "pgh_created_at") for history in histories()]
    return {model._meta.db_table: (model, moment) for model, moment in found}


def columns_of(model: Model) -> list[str]:
    """Returns the columns a digest made now is over."""
    return [field.column for field in model._meta.concrete_fields if field.column]


def sums(table: str, columns: Sequence[str], *, since: date, until: date) -> dict[date, Sum]:
    """Returns what a table holds of each of London's days that has rows, from `since` to `until`, both included."""
    model, moment = kept()[table]
    stamps = {field.column for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)}
    # written in UTC whatever the session's time zone, for the text of a moment is what is hashed
    values = ", ".join(f"{column} AT TIME ZONE 'UTC'" if column in stamps else column for column in columns)
    # names of tables and columns come from the models
    statement = (
        f"SELECT ({moment} AT TIME ZONE 'Europe/London')::date, count(*),"  # noqa: S608
        f" encode(sha256(string_agg(sha256(convert_to(jsonb_build_array({values})::text, 'UTF8')), ''::bytea"
        f" ORDER BY {model._meta.pk.column})), 'hex')"
        f" FROM {table} WHERE {moment} >= %s AND {moment} < %s GROUP BY 1"
    )
    with scoped(_reading(model)), connection.cursor() as cursor:
        cursor.execute(statement, [midnight(since), midnight(until + DAY)])
        return {day: Sum(rows, sha256) for day, rows, sha256 in cursor.fetchall()}


def first_day() -> date | None:
    """Returns the day of the oldest row that is kept, in whichever table."""
    found = []
    for table, (model, moment) in kept().items():
        with scoped(_reading(model)), connection.cursor() as cursor:
            cursor.execute(f"SELECT (min({moment}) AT TIME ZONE 'Europe/London')::date FROM {table}")  # noqa: S608
            found += [day for (day,) in cursor.fetchall() if day is not None]
    return min(found, default=None)


def _reading(model: Model) -> Scope:
    """The role that looks over every wall; what stands behind none is the login's own to read."""
    return figures() if privacy_of(model).wall is not Wall.NONE else Scope()


def names() -> list[str]:
    """Returns the names of the files that are kept, by day."""
    return sorted(listed(FOLDER)[1])


def read(name: str) -> Digest:
    """Returns what a file says; raises UnreadableError where it says nothing that was written here."""
    try:
        with default_storage.open(f"{FOLDER}/{name}") as file:
            told: dict[str, Any] = json.load(file)
        return Digest(
            day=date.fromisoformat(told["day"]),
            before=told["before"],
            columns={table: found["columns"] for table, found in told["tables"].items()},
            sums={table: Sum(found["rows"], found["sha256"]) for table, found in told["tables"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        words = f"{FOLDER}/{name} is not a digest. Bring the file back from where it is copied to."
        raise UnreadableError(words) from error


def write(digest: Digest) -> None:
    """Writes a day down, once; storage never writes over what is there."""
    default_storage.save(f"{FOLDER}/{digest.day}.json", ContentFile(digest.text().encode()))


def days(first: date, last: date) -> Iterable[date]:
    """Returns the days of a period, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
