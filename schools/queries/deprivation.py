"""How deprived the areas of postcodes are, by the tables the operator loaded."""

from collections.abc import Collection, Mapping

from django.db import connection


def idaci_deciles(postcodes: Collection[str]) -> Mapping[str, int] | None:
    """
    Returns the decile (1 to 10) of the small area of each postcode, squeezed and in capitals, that is known.

    None where the table of postcodes with their small areas, or that of deciles, is not loaded. One statement, however
    many postcodes; two where none of them is known.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DECILES, [list(postcodes)])
        found = dict(cursor.fetchall())
        if found:
            return found
        cursor.execute(_ARE_LOADED)
        (are_loaded,) = cursor.fetchone()
    return {} if are_loaded else None


_DECILES = """SELECT postcode.code, area.idaci_decile FROM schools_postcode postcode
  JOIN schools_smallarea area ON area.code = postcode.small_area
WHERE postcode.code = ANY(%s) AND area.idaci_decile IS NOT NULL"""
# each table by itself: in search of one postcode with a decile, two millions without one took minutes
_ARE_LOADED = """SELECT EXISTS (SELECT FROM schools_postcode WHERE small_area <> '')
  AND EXISTS (SELECT FROM schools_smallarea WHERE idaci_decile IS NOT NULL)"""
