"""Schools whose published numbers changed, on both sides of a comparison: for tests of differences."""

from datetime import date
from decimal import Decimal

from programmes.models import Partnership
from schools.models import AcademicYear
from tests.factories import programmes, schools
from tests.outcomes.compared import chosen, publish

BEGAN = date(2022, 9, 1)
# attendance before the programme, and its change in the two years since; by 1.8 and by nothing on average
OWN = ((90.0, 2.0), (91.0, 1.5), (92.0, 2.5), (93.0, 2.0), (94.0, 1.0))
OTHERS = ((90.0, 0.0), (91.0, 0.5), (92.0, -0.5), (93.0, 0.0))


def compare(cast, own=OWN, others=OTHERS, *, field="attendance_percent"):
    """Gives Liverpool these schools of its own and these to compare with; returns both, in the order of the numbers."""
    cast.saltwharf.partnerships.all().delete()
    cast.marigold.partnerships.all().delete()
    partners = [schools.school(f"Own {n}") for n in range(len(own))]
    for one in partners:
        programmes.partner(cast.liverpool, one)
    Partnership.objects.filter(school__in=partners).update(starts_on=BEGAN)
    choices = [chosen(cast, f"Other {n}", year=AcademicYear(year=2022)) for n in range(len(others))]
    numbers = [*zip(partners, own, strict=True), *zip((one.school for one in choices), others, strict=True)]
    for year, share in ((2021, 0), (2022, Decimal("0.5")), (2023, 1)):
        publish(year, {one: {field: Decimal(str(at)) + share * Decimal(str(by))} for one, (at, by) in numbers})
    return partners, choices
