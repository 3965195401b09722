"""Waves for tests, as rows: a wave that is open today, a school class that is asked, and its slips."""

from datetime import timedelta

from django.utils import timezone

from outcomes.models import AskedGroup, Slip, Wave
from schools.models import AcademicYear


def wave(programme, by, **values) -> Wave:
    """Returns a wave of the music block for year 4 that is open from yesterday to next week."""
    today = timezone.localdate()
    year = AcademicYear.objects.get_or_create(year=AcademicYear.year_of(today))[0]
    given = {
        "academic_year": year,
        "measure": "music",
        "version": "1",
        "informant": "child",
        "moment": Wave.Moment.BEFORE,
        "name": "Autumn",
        "year_groups": ["4"],
        "opens_on": today - timedelta(days=1),
        "closes_on": today + timedelta(days=7),
        "made_at": timezone.now(),
        "made_by": by,
    }
    return Wave.objects.create(programme=programme, **{**given, **values})


def group(of: Wave, school=None, school_class="4 Oak", year_group="4") -> AskedGroup:
    """Returns a school class that is asked in a wave."""
    values = {"school": school, "school_class": school_class, "year_group": year_group}
    return AskedGroup.objects.create(programme=of.programme, wave=of, **values)


def slips(of: AskedGroup, children) -> list[Slip]:
    """Returns a slip for each child (None for somebody who is nobody's child), numbered from 1000."""
    return [
        Slip.objects.create(
            programme=of.programme, wave_id=of.wave_id, group=of, child=child, mark=f"{of.code}{1000 + place}"
        )
        for place, child in enumerate(children)
    ]
