"""What the invented schools were like in three years: invented too, and their source says so."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from schools.actions.context import ContextFacts, keep_contexts
from schools.models import AcademicYear, School

SOURCE = "Demonstration: invented numbers of an invented school"
YEARS = 3


def write_contexts(urns: Sequence[int], this_year: int, seed: int) -> None:
    """Writes down of schools the three years before this one, whose tables would be published by now."""
    random = Random(seed)  # noqa: S311 - invents numbers; its own, so that the children of a seed stay the same
    schools = School.objects.filter(pk__in=urns).order_by("pk")
    shapes = [(school, _shape(random)) for school in schools]
    for number in range(YEARS):
        facts = [ContextFacts(school.pk, _year(school, shape, number, random), {}) for school, shape in shapes]
        keep_contexts(facts=facts, year=AcademicYear(year=this_year - YEARS + number), source=SOURCE, by=None)


def _shape(random: Random) -> dict[str, float]:
    return {
        "eal_percent": random.uniform(6, 58),
        "sen_percent": random.uniform(13, 24),
        "attendance_percent": random.uniform(91.5, 94.5),
        "persistent_absence_percent": random.uniform(16, 27),
        "expected_percent": random.uniform(45, 63),
        "higher_percent": random.uniform(2, 8),
    }


def _year(school: School, shape: dict[str, float], number: int, random: Random) -> dict[str, int | Decimal | None]:
    fsm = float(school.fsm_percent or 40) + random.uniform(-1.5, 1.5)
    shares = {name: value + random.uniform(-0.8, 0.8) for name, value in shape.items()}
    # attendance came back slowly over these years
    shares["attendance_percent"] += 0.3 * number
    shares |= {"fsm_percent": fsm, "pupil_premium_percent": min(80.0, fsm * 1.12)}
    return {
        "roll": (school.pupils or 210) + random.randint(-6, 6),
        "imd_decile": school.imd_decile,
        "idaci_decile": school.idaci_decile,
        **{name: Decimal(f"{value:.1f}") for name, value in shares.items()},
    }
