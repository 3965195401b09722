"""
What schools were like in a year: taken from published tables, or entered by hand.

Neither overwrites the other in silence. A number entered by hand stands against a table, which says so; a number of a
table is replaced by hand only by who says that it is to be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from schools.actions.staging import Kept, columns_of, stage
from schools.models import AcademicYear, School, SchoolContext
from schools.models.context import NUMBERS

Number = int | Decimal | None
Origin = SchoolContext.Origin
COLUMNS = (
    *("school", "academic_year", *NUMBERS, "source", "origin"),
    *("is_published", "by_hand", "source_by_hand", "kept_at"),
)


class ContextRefusedError(Exception):
    """What cannot be written down; the text says why and what to do."""


class PublishedStandsError(ContextRefusedError):
    """Numbers of a published table would be replaced, and nobody said that they are to be; `fields` names them."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(
            "A published table gives another number. Put it back, or tick that yours replaces the published one."
        )
        self.fields = fields


@dataclass(frozen=True)
class ContextFacts:
    """What a table says of one school; `fills` are numbers taken only where nothing is known."""

    urn: int
    numbers: Mapping[str, Number]
    fills: Mapping[str, Number]


@dataclass(frozen=True)
class HandStands:
    """A number that was entered by hand, and what the table says instead."""

    urn: int
    field: str
    by_hand: Number
    table: Number


@dataclass(frozen=True)
class Entered:
    """What somebody enters of a school: all its numbers, where they are from, whether anybody can read them there."""

    numbers: Mapping[str, Number]
    source: str
    is_published: bool
    replaces_published: bool = False


@transaction.atomic
def keep_contexts(
    *, facts: Iterable[ContextFacts], year: AcademicYear, source: str, by: User | None
) -> tuple[Kept, list[HandStands]]:
    """Adds and corrects what a published table says of a year; returns counts, and what stands as entered by hand."""
    AcademicYear.objects.get_or_create(year=year.pk)
    standing: dict[int, Any] = {
        row["school_id"]: row for row in SchoolContext.objects.filter(academic_year=year.pk).values()
    }
    stands: list[HandStands] = []
    written: list[dict[str, Any]] = []
    new = changed = unchanged = 0
    for one in facts:
        before = standing.get(one.urn)
        after = _with_table(before or _empty(one.urn, year), one, source, stands)
        if after == before or (before is None and not after["source"]):
            unchanged += 1
            continue
        new, changed = new + (before is None), changed + (before is not None)
        written.append(after)
    _write(written)
    if written:
        publish()
    details = {"year": str(year), "new": new, "changed": changed, "by_hand": len(stands)}
    audit(act="school_context.imported", by=by, details=details)
    return Kept(new, changed, unchanged), stands


def _empty(urn: int, year: AcademicYear) -> dict[str, Any]:
    plain: dict[str, Any] = {"school_id": urn, "academic_year_id": year.pk, "by_hand": [], "source_by_hand": ""}
    return {**plain, **dict.fromkeys(NUMBERS), "source": "", "origin": Origin.TABLE, "is_published": True}


def _with_table(before: dict[str, Any], one: ContextFacts, source: str, stands: list[HandStands]) -> dict[str, Any]:
    """Returns the row with what the table says; a table that says nothing of a number takes nothing off."""
    after, by_hand, took = dict(before), list(before["by_hand"]), False
    fills = {name: value for name, value in one.fills.items() if before[name] is None and not one.numbers.get(name)}
    for name, value in {**one.numbers, **fills}.items():
        if value is None:
            continue
        if name in by_hand:
            if before[name] != value:
                stands.append(HandStands(one.urn, name, before[name], value))
                continue
            by_hand.remove(name)
        after[name], took = value, True
    if took and source not in before["source"].split("; "):
        after["source"] = f"{before['source']}; {source}" if before["source"] else source
    after["by_hand"] = by_hand
    if not by_hand:
        after |= {"origin": Origin.TABLE, "is_published": True, "source_by_hand": ""}
    return after


def _write(rows: list[dict[str, Any]]) -> None:
    columns, table = columns_of(SchoolContext, COLUMNS), SchoolContext._meta.db_table
    now = timezone.now()
    stage("contexts", columns, ([{**row, "kept_at": now}[name] for name in columns] for row in rows))
    names = ", ".join(f'"{name}"' for name in columns)
    new = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if not name.endswith("_id"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM pg_temp.contexts"  # noqa: S608 - names of our model
            f" ON CONFLICT (school_id, academic_year_id) DO UPDATE SET {new}"
        )


@transaction.atomic
def enter(*, school: School, year: AcademicYear, entered: Entered, seen: datetime | None, by: User) -> SchoolContext:
    """
    Writes down what somebody enters of a school and a year. `seen` is when what they saw was last kept.

    Raises ContextRefusedError; PublishedStandsError where a table's number would be replaced unsaid.
    """
    AcademicYear.objects.get_or_create(year=year.pk)
    SchoolContext.objects.get_or_create(
        school=school, academic_year_id=year.pk, defaults={"origin": Origin.HAND, "is_published": False}
    )
    row = SchoolContext.objects.select_for_update().get(school=school, academic_year_id=year.pk)
    is_new = not (row.source or row.source_by_hand)
    if not is_new and row.kept_at != seen:
        raise ContextRefusedError(
            "Somebody else changed these numbers after you opened the page. Nothing of yours has been written: look at "
            "what stands now."
        )
    fields = _changed(row, entered)
    _take(row, entered, fields)
    row.validate_constraints()
    row.save()
    publish()
    details = {"fields": fields, "school": school.pk, "year": str(year)}
    audit(act="school_context.entered", by=by, subject=row, details=details)
    return row


def _changed(row: SchoolContext, entered: Entered) -> list[str]:
    """Returns which fields are entered otherwise than they stand; refuses nothing at all, and what a table holds."""
    if all(value is None for value in entered.numbers.values()):
        raise ContextRefusedError("Enter at least one number.")
    fields = [name for name in NUMBERS if getattr(row, name) != entered.numbers.get(name)]
    of_table = [name for name in fields if getattr(row, name) is not None and name not in row.by_hand]
    if of_table and not entered.replaces_published:
        raise PublishedStandsError(of_table)
    said = (row.source_by_hand, row.is_published) != (entered.source, entered.is_published) and bool(row.by_hand)
    if not fields and not said:
        raise ContextRefusedError("Nothing is different from what stands already. Change something, or go back.")
    return fields


def _take(row: SchoolContext, entered: Entered, fields: list[str]) -> None:
    for name in fields:
        setattr(row, name, entered.numbers.get(name))
    mine = {*row.by_hand, *fields}
    row.by_hand = [name for name in NUMBERS if name in mine and getattr(row, name) is not None]
    row.origin = Origin.HAND if row.by_hand else Origin.TABLE
    row.source_by_hand = entered.source if row.by_hand else ""
    row.is_published = entered.is_published or not row.by_hand
