"""What the invented hubs want to reach this year: some of the eight indicators, in words and numbers."""

from collections.abc import Iterable
from decimal import Decimal

from evaluation.demonstration.people import Staff
from outcomes.models import Target
from programmes.models import Indicator, Programme

NOTE = "Demonstration: invented."
TARGETS = {
    Indicator.CULTURE: ("Of the children on Pupil Premium at our schools, this share takes part", Decimal(90), "%"),
    Indicator.MUSIC: ("Children of Year 6 who have reached a grade or medal", Decimal(40), "children"),
    Indicator.WELLBEING: ("Ask every child of Year 5 in the autumn and again in the summer", None, ""),
    Indicator.ENGAGEMENT: ("Open sessions to which families come, at each school", Decimal(3), "a year"),
    Indicator.VIABILITY: ("Share of the year’s income that is not the Arts Council’s", Decimal("52.5"), "%"),
}


def write_targets(programmes: Iterable[Programme], staff: Staff, years: Iterable[int]) -> int:
    """Writes the targets of each programme in each year, as its manager set them; returns how many rows."""
    rows = [
        Target(
            programme=programme,
            academic_year_id=year,
            indicator=indicator,
            words=f"{words}. {NOTE}",
            value=value,
            unit=unit,
            set_by=staff.of("manager", programme.slug),
        )
        for programme in programmes
        for year in years
        for indicator, (words, value, unit) in TARGETS.items()
    ]
    return len(Target.objects.bulk_create(rows))
