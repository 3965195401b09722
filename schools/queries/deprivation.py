"""How deprived the areas of postcodes are, by the tables the operator loaded."""

from collections.abc import Collection, Mapping

from django.db import connection

from schools.models import Postcode


def idaci_deciles(postcodes: Collection[str]) -> Mapping[str, int] | None:
    """
    Returns the decile (1 to 10) of the small area of each postcode, squeezed and in capitals, that is known.

    None where no table of postcodes is loaded. One statement, however many postcodes; two where none of them is known.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DECILES, [list(postcodes)])
        found = dict(cursor.fetchall())
    return found if found or Postcode.objects.exists() else None


_DECILES = """SELECT postcode.code, area.idaci_decile FROM schools_postcode postcode
  JOIN schools_smallarea area ON area.code = postcode.small_area
WHERE postcode.code = ANY(%s) AND area.idaci_decile IS NOT NULL"""
