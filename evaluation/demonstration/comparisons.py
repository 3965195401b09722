"""Invented schools that take no part, of which each invented hub compares some with its own."""

from collections.abc import Mapping, Sequence
from random import Random

from evaluation.demonstration.contexts import write_contexts
from evaluation.demonstration.people import Staff
from evaluation.demonstration.schools import DemoSchool
from outcomes.actions.comparison import choose
from outcomes.actions.difference import reckon_due
from programmes.models import Programme
from schools.models import AcademicYear, School
from schools.models.school import DEMONSTRATION_URNS

# the high schools' own URNs lie between these and those of the schools that take part
FIRST = len(DEMONSTRATION_URNS) // 2
STEMS = ("Amberfield", "Birchwood", "Coppice", "Drovers", "Elmgate", "Fernhill")
CHOSEN = 4
REASON = "Invented for the demonstration: as many pupils, and as many on free school meals, as at our schools."


def write_comparisons(
    programmes: Mapping[str, Programme], schools: Sequence[DemoSchool], staff: Staff, this_year: int, seed: int
) -> int:
    """Writes six schools beside each hub's own with three years of numbers, four of them chosen, and reckons."""
    random = Random(seed + 3)  # noqa: S311 - invents numbers; its own, so that the children of a seed stay the same
    homes = {school.programme: school for school in schools}
    made = {
        slug: [_school(FIRST + 10 * number + at, stem, homes[slug], random) for at, stem in enumerate(STEMS)]
        for number, slug in enumerate(slug for slug in programmes if slug in homes)
    }
    School.objects.bulk_create(one for beside in made.values() for one in beside)
    write_contexts([one.pk for beside in made.values() for one in beside], this_year, seed + 3)
    first = AcademicYear(year=this_year - 2)
    for slug, beside in made.items():
        for one in beside[:CHOSEN]:
            choose(programme=programmes[slug], school=one, year=first, reason=REASON, by=staff.of("manager", slug))
    reckon_due()
    return CHOSEN * len(made)


def _school(place: int, stem: str, near: DemoSchool, random: Random) -> School:
    home = School.objects.get(pk=near.urn)
    return School(
        urn=DEMONSTRATION_URNS[place],
        name=f"{home.town} {stem} Demonstration Primary School",
        local_authority_id=home.local_authority_id,
        town=home.town,
        phase=School.Phase.PRIMARY,
        type="Invented for the demonstration",
        status=School.Status.OPEN,
        low_age=4,
        high_age=11,
        pupils=random.randint(190, 430),
        fsm_percent=round(random.uniform(28, 62), 1),
        imd_decile=random.choice((1, 1, 2, 2, 3)),
        idaci_decile=random.choice((1, 1, 2, 2, 3)),
        is_demonstration=True,
    )
