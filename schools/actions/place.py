from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from schools.actions.staging import Kept, upsert_many
from schools.models import Postcode, SmallArea


@dataclass(frozen=True)
class PostcodeFacts:
    """A postcode, squeezed; degrees on the WGS84 grid; the code of its small area or empty."""

    code: str
    latitude: float | None
    longitude: float | None
    small_area: str


@dataclass(frozen=True)
class AreaFacts:
    """A small area and its deciles, 1 the most deprived; None where not published."""

    code: str
    imd_decile: int | None
    idaci_decile: int | None


@transaction.atomic
def keep_postcodes(*, facts: Iterable[PostcodeFacts], by: User | None) -> Kept:
    """Adds and corrects postcodes, then places the schools that had no place."""
    rows = ((one.code, one.latitude, one.longitude, one.small_area) for one in facts)
    fields = ["latitude", "longitude", "small_area"]
    kept = upsert_many(Postcode, ["code", *fields], rows, update=fields)
    placed = place_schools()
    audit(act="postcodes.imported", by=by, details={"new": kept.new, "changed": kept.changed, "schools_placed": placed})
    return kept


@transaction.atomic
def keep_small_areas(*, facts: Iterable[AreaFacts], given: frozenset[str], by: User | None) -> Kept:
    """Adds small areas and corrects the `given` deciles of known ones, then gives them to schools that had none."""
    rows = ((one.code, one.imd_decile, one.idaci_decile) for one in facts)
    kept = upsert_many(SmallArea, ["code", "imd_decile", "idaci_decile"], rows, update=given)
    placed = place_schools()
    audit(act="deciles.imported", by=by, details={"new": kept.new, "changed": kept.changed, "schools_placed": placed})
    return kept


def place_schools() -> int:
    """
    Fills latitude, longitude and deciles of schools from the tables of postcodes and small areas, only where absent.

    Returns how many schools gained something.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE schools_school school SET
              latitude = COALESCE(school.latitude, known.latitude),
              longitude = COALESCE(school.longitude, known.longitude),
              imd_decile = COALESCE(school.imd_decile, known.imd_decile),
              idaci_decile = COALESCE(school.idaci_decile, known.idaci_decile),
              updated_at = now()
            FROM (
              SELECT postcode.code, latitude, longitude, imd_decile, idaci_decile FROM schools_postcode postcode
              LEFT JOIN schools_smallarea area ON area.code = postcode.small_area
            ) known
            WHERE known.code = replace(upper(school.postcode), ' ', '')
              AND ((school.latitude IS NULL AND known.latitude IS NOT NULL)
                OR (school.longitude IS NULL AND known.longitude IS NOT NULL)
                OR (school.imd_decile IS NULL AND known.imd_decile IS NOT NULL)
                OR (school.idaci_decile IS NULL AND known.idaci_decile IS NOT NULL))
            """
        )
        return int(cursor.rowcount)
