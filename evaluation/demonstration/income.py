"""What the invented hubs took in: invented too, in the proportions of the yearly return of music education hubs."""

from collections.abc import Iterable, Sequence
from random import Random

from programmes.models import Income, Programme
from schools.models import AcademicYear

# pounds a year, least and most, and in how many years of ten the source was there at all
SOURCES = {
    Income.Source.ARTS_COUNCIL: (95_000, 130_000, 10),
    Income.Source.HUB_GRANT: (20_000, 45_000, 9),
    Income.Source.OTHER_ARTS_COUNCIL: (5_000, 25_000, 3),
    Income.Source.LOCAL_AUTHORITY: (5_000, 30_000, 8),
    Income.Source.SCHOOLS: (25_000, 70_000, 9),
    Income.Source.FAMILIES: (500, 3_000, 6),
    Income.Source.TRUSTS: (10_000, 60_000, 8),
    Income.Source.SPONSORS: (2_000, 15_000, 6),
    Income.Source.OTHER: (300, 6_000, 5),
}
NOTE = "Demonstration: invented"


def write_income(programmes: Sequence[Programme], years: Iterable[int], seed: int) -> int:
    """Writes the income of each programme in each year that is over; returns how many rows."""
    random = Random(seed + 1)  # noqa: S311 - invents numbers; its own, so that the children of a seed stay the same
    rows = [
        Income(
            programme=programme,
            academic_year=AcademicYear(year=year),
            source=source,
            amount=round(random.randint(least, most), -2),
            note=NOTE,
        )
        for year in years
        for programme in programmes
        for source, (least, most, often) in SOURCES.items()
        if random.random() * 10 < often
    ]
    return len(Income.objects.bulk_create(rows))
