"""Waves for tests, as rows: a wave that is open today, a school class that is asked, and its slips."""

from datetime import timedelta

from django.utils import timezone

from inharmony.access.scope import Scope, figures, scoped
from outcomes.measures.shipped import BY_KEY
from outcomes.models import AskedGroup, Sheet, Slip, Wave
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


def sheet(of: Wave, respondent: str, answers, school=None, **values) -> Sheet:
    """Returns the answers of somebody without a name; in the role `figures` alone."""
    return Sheet.objects.create(
        programme_id=of.programme_id, wave=of, respondent=respondent, school=school, answers=answers, **values
    )


def wave_at(programme, by, name: str, moment: str, *, later: int = 0, **values) -> Wave:
    """Returns a closed wave whose names are off, closed so many days later than others; opens its own scope."""
    with scoped(Scope(frozenset({programme.pk}))):
        made = wave(programme, by, name=name, moment=moment, **values)
        closes_on = made.closes_on + timedelta(days=later)
        Wave.objects.filter(pk=made.pk).update(closed_at=timezone.now(), closes_on=closes_on)
        Wave.objects.filter(pk=made.pk).update(names_off_at=timezone.now())
    made.refresh_from_db()
    return made


def asked_twice(programme, by, schools, many: int, *, before: int = 2, after: int = 3, measure="music") -> list[Wave]:
    """
    Returns two closed waves of a programme in which as many answered both times, spread over the schools.

    Everybody answers `before` and then `after` to every item that is not turned round, which says the contrary; every
    third stays as they were. The connection is the worker's; opens its own scopes.
    """
    asked = BY_KEY[measure, "1"]
    turned = asked.scale.least + asked.scale.most
    at = ((Wave.Moment.BEFORE, "Autumn", before), (Wave.Moment.AFTER, "Summer", after))
    informant = asked.informants[0].value
    waves = []
    for moment, name, said in at:
        made = wave_at(programme, by, name, moment, measure=measure, informant=informant)
        with scoped(figures()):
            for number in range(many):
                value = before if number % 3 == 0 else said
                answers = {item.key: turned - value if item.is_reversed else value for item in asked.items}
                respondent = f"{programme.slug} {number}" if informant == "child" else ""
                sheet(made, respondent, answers, schools[number % len(schools)])
        waves.append(made)
    return waves
