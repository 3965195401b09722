"""Takes an extract of the register of schools, or the list of local authorities, into the portal."""

from dataclasses import fields
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.spreadsheets.sheet import Unreadable
from schools.actions.authority import AuthorityFacts, keep_authorities
from schools.actions.school import NumberTaken, SchoolFacts, keep_schools
from schools.actions.staging import Kept
from schools.imports import cells
from schools.imports.gias.columns import AUTHORITY_HEADINGS, SCHOOL_HEADINGS, region_of, undated
from schools.imports.gias.rows import Reader, SchoolRow
from schools.imports.outcome import Outcome
from schools.imports.table import RowRefused, Table, TableRow, open_table

FACTS = {field.name for field in fields(SchoolFacts)}


def import_schools(path: Path, *, by: User | None) -> Outcome:
    """
    Adds and corrects the schools of the file, set by set; never deletes one. A row that cannot be taken is left out.

    Raises Unreadable, whose text is for the person, when the file as a whole cannot be taken.
    """
    with open_table(path, SCHOOL_HEADINGS, AUTHORITY_HEADINGS, undated=undated) as table:
        outcome = Outcome(ignored_columns=table.ignored, noun="schools")
        if "urn" not in table.fields and {"code", "name"} <= table.fields:
            outcome.noun = "local authorities"
            return outcome.with_kept(keep_authorities(facts=table.read(_authority, outcome), by=by))
        table.require("urn", "name", known=SCHOOL_HEADINGS)
        return _take_schools(table, outcome, by)


def _take_schools(table: Table, outcome: Outcome, by: User | None) -> Outcome:
    reader = Reader(timezone.localdate())
    taken = list(table.read(reader.school, outcome))
    kept, numbers_taken = _keep(taken, _given(table.fields), by)
    for number in numbers_taken:
        table.note(outcome, reader.met[number.urn], _taken_number(number))
    return outcome.with_kept(kept)


def _keep(taken: list[SchoolRow], given: frozenset[str], by: User | None) -> tuple[Kept, list[NumberTaken]]:
    try:
        with transaction.atomic():
            keep_authorities(facts=[row.authority for row in taken if row.authority], by=by)
            kept, numbers_taken = keep_schools(
                facts=[row.facts for row in taken],
                given=given,
                small_areas={row.facts.urn: row.small_area for row in taken if row.small_area},
                by=by,
            )
    except IntegrityError as error:
        raise Unreadable(
            "conflict",
            f"The schools of this file do not fit those already there, and nothing was changed: {error}. "
            "Import a newer extract with its columns “LA (code)” and “EstablishmentNumber”.",
        ) from error
    return kept, list(numbers_taken)


def _given(headed: frozenset[str]) -> frozenset[str]:
    """Returns the fields of a school that the file speaks of, some of them by way of others."""
    given = headed & FACTS
    if "authority_code" in headed:
        given |= {"local_authority"}
    if headed & {"type", "type_group"}:
        given |= {"phase"}
    if "closed_on" in headed:
        given |= {"status"}
    return frozenset(given)


def _taken_number(number: NumberTaken) -> RowRefused:
    return RowRefused(
        "establishment_number",
        number.laestab,
        f"this LAESTAB belongs to the open school with URN {number.holder}: import an extract in which that one is "
        "closed, or correct the number",
    )


def _authority(row: TableRow) -> AuthorityFacts:
    code = row.take("code", cells.authority_code)
    name = row.take("name", lambda value: cells.text(value, longest=80))
    if not (code and name):
        raise row.refused("name" if code else "code", "number and name are both needed: fill it in")
    return AuthorityFacts(code, name, region_of(row.told("region")))
