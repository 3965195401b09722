from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from schools.actions.place import place_schools
from schools.actions.staging import Kept, stage, upsert_many
from schools.models import School

# A school keeps its place where a newer file does not give one.
PLACE = ("latitude", "longitude", "imd_decile", "idaci_decile")


@dataclass(frozen=True)
class SchoolFacts:
    """One school as the register of schools knows it; names of fields are those of the model."""

    urn: int
    name: str
    local_authority: str | None = None
    establishment_number: int | None = None
    town: str = ""
    postcode: str = ""
    phase: str = School.Phase.OTHER
    type: str = ""
    status: str = School.Status.OPEN
    opened_on: date | None = None
    closed_on: date | None = None
    low_age: int | None = None
    high_age: int | None = None
    pupils: int | None = None
    fsm_percent: Decimal | None = None
    latitude: float | None = None
    longitude: float | None = None
    imd_decile: int | None = None
    idaci_decile: int | None = None


FIELDS = [field.name for field in fields(SchoolFacts)]


@dataclass(frozen=True)
class NumberTaken:
    """A school left out: its LAESTAB belongs to another open school."""

    urn: int
    laestab: str
    holder: int


@transaction.atomic
def keep_schools(
    *, facts: Iterable[SchoolFacts], given: frozenset[str], small_areas: dict[int, str], by: User | None
) -> tuple[Kept, Sequence[NumberTaken]]:
    """
    Adds schools and brings the `given` fields of known ones to what the register says; never deletes one.

    `small_areas` (LSOA by URN) gives deciles where the facts have none. Schools whose LAESTAB another open school
    holds are left out and returned. Local authorities named must exist.
    """
    wanted = {one.urn: one for one in facts}
    _stage_numbers(wanted.values(), given)
    taken = _numbers_taken()
    for refusal in taken:
        del wanted[refusal.urn]
    _free_numbers()
    now = timezone.now()
    kept = upsert_many(
        School,
        [*FIELDS, "is_demonstration", "updated_at"],
        ((*astuple(one), False, now) for one in wanted.values()),
        update=given - {"urn", *PLACE},
        keep_if_empty=given & set(PLACE),
    )
    _give_deciles(small_areas)
    placed = place_schools()
    audit(act="schools.imported", by=by, details={"new": kept.new, "changed": kept.changed, "schools_placed": placed})
    return kept, taken


def _stage_numbers(facts: Iterable[SchoolFacts], given: frozenset[str]) -> None:
    """Stages who will hold which LAESTAB; empty when the file does not speak of them."""
    rows = (
        (one.urn, one.local_authority, one.establishment_number, one.status == School.Status.OPEN)
        for one in facts
        if {"local_authority", "establishment_number"} <= given
    )
    stage("numbers", {"urn": "integer", "authority": "text", "number": "smallint", "is_open": "boolean"}, rows)


def _numbers_taken() -> list[NumberTaken]:
    """Returns staged open schools whose number is held by an open school outside the file, or earlier in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH wanting AS (
              SELECT *, first_value(urn) OVER (PARTITION BY authority, number ORDER BY urn) AS first
              FROM pg_temp.numbers WHERE is_open AND authority IS NOT NULL AND number IS NOT NULL
            )
            SELECT wanting.urn, wanting.authority || lpad(wanting.number::text, 4, '0'),
                   COALESCE(holding.urn, wanting.first)
            FROM wanting
            LEFT JOIN schools_school holding
              ON holding.local_authority_id = wanting.authority AND holding.establishment_number = wanting.number
              AND holding.status = 'open' AND NOT EXISTS (SELECT FROM pg_temp.numbers n WHERE n.urn = holding.urn)
            WHERE holding.urn IS NOT NULL OR wanting.first <> wanting.urn
            ORDER BY wanting.urn
            """
        )
        return [NumberTaken(*row) for row in cursor.fetchall()]


def _free_numbers() -> None:
    """Lets go of numbers that change hands inside the file, so that their order in it does not matter."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE schools_school school SET establishment_number = NULL FROM pg_temp.numbers new
            WHERE new.urn = school.urn AND school.status = 'open' AND school.establishment_number IS NOT NULL
              AND (NOT new.is_open OR (new.authority, new.number)
                   IS DISTINCT FROM (school.local_authority_id::text, school.establishment_number))
            """
        )


def _give_deciles(small_areas: dict[int, str]) -> None:
    stage("areas", {"urn": "integer", "code": "text"}, small_areas.items())
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE schools_school school SET
              imd_decile = COALESCE(school.imd_decile, area.imd_decile),
              idaci_decile = COALESCE(school.idaci_decile, area.idaci_decile),
              updated_at = now()
            FROM pg_temp.areas named JOIN schools_smallarea area ON area.code = named.code
            WHERE named.urn = school.urn
              AND ((school.imd_decile IS NULL AND area.imd_decile IS NOT NULL)
                OR (school.idaci_decile IS NULL AND area.idaci_decile IS NOT NULL))
            """
        )
