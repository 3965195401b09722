"""Schools that a hub could compare with: found by words and phase, the nearest to its own schools first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import sqrt
from statistics import fmean

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from outcomes.models import ComparisonSchool
from outcomes.queries.comparison import Numbers, fullest, numbers_of, partner_schools, partners_since
from programmes.models import Programme
from schools.models import AcademicYear, School, SchoolContext
from schools.queries.context import published_contexts

# what schools are looked for by; attainment and attendance are judged in the match, not picked by
NEAR = ("roll", "fsm_percent", "eal_percent", "sen_percent")
SHOWN = 50


@dataclass(frozen=True)
class Wanted:
    """
    What is looked for: words of name or town or a URN, a phase, and how near on a number.

    Nearness is in points, for the roll as a share of the hub's mean; None where it may be anything.
    """

    words: str = ""
    phase: str = ""
    near: Mapping[str, float | None] | None = None


@dataclass(frozen=True)
class Candidate:
    """
    A school with its numbers, and how far it is from the hub's schools: mean distance in standard deviations.

    The distance is over what is known of both; None where nothing is. `unknown` counts the rest.
    """

    school: School
    numbers: Numbers
    distance: float | None
    unknown: int


@dataclass(frozen=True)
class Found:
    """The nearest schools, how many there are in all, and the means of the hub's own schools they are measured from."""

    candidates: tuple[Candidate, ...]
    total: int
    own: Numbers
    own_schools: int


def usual_phase(schools: Sequence[School]) -> str:
    """Returns the phase that most of these schools are of; empty where there are none."""
    phases = [school.phase for school in schools]
    return max(School.Phase.values, key=phases.count) if phases else ""


def find_candidates(programme: Programme, wanted: Wanted) -> Found:
    """Returns schools that take no part and are not chosen yet, the nearest to the hub's own first."""
    partners = partner_schools(programme)
    schools = list(_possible(programme, wanted, is_invented=any(school.is_demonstration for school in partners)))
    year = _year()
    published = published_contexts(year=year.pk) if year else {}
    own = _means([numbers_of(school, published.get(school.pk, ()), year) for school in partners])
    known = [(school, numbers_of(school, published.get(school.pk, ()), year)) for school in schools]
    spread = {field: _spread([numbers[field] for _, numbers in known]) for field in NEAR}
    near = [
        _candidate(school, numbers, own, spread)
        for school, numbers in known
        if _is_near(numbers, own, wanted.near or {})
    ]
    # who is little known of would come first by saying nothing: they come after all others
    nearest = nsmallest(SHOWN, near, key=lambda one: (one.unknown, one.distance or 0, one.school.name, one.school.pk))
    return Found(tuple(nearest), len(near), own, len(partners))


def _possible(programme: Programme, wanted: Wanted, *, is_invented: bool) -> QuerySet[School]:
    """Invented schools are compared with invented ones, and real ones with real ones."""
    this_year = AcademicYear(year=AcademicYear.year_of(timezone.localdate()))
    schools = School.objects.open_on(timezone.localdate()).exclude(status=School.Status.CLOSED)
    schools = schools.filter(is_demonstration=is_invented).exclude(pk__in=partners_since(this_year).values("school"))
    schools = schools.exclude(pk__in=ComparisonSchool.objects.going_on().filter(programme=programme).values("school"))
    if wanted.phase:
        schools = schools.filter(phase=wanted.phase)
    for word in wanted.words.split():
        either = Q(name__icontains=word) | Q(town__icontains=word)
        schools = schools.filter(either | Q(pk=int(word)) if word.isascii() and word.isdigit() else either)
    return schools


def _year() -> AcademicYear | None:
    """One year for all schools, so that all are measured alike."""
    return fullest(dict(SchoolContext.objects.values_list("academic_year").annotate(Count("pk")).order_by()))


def _means(schools: Sequence[Numbers]) -> Numbers:
    known = {field: [value for one in schools if (value := one[field]) is not None] for field in NEAR}
    return {field: fmean(values) if values else None for field, values in known.items()}


def _spread(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    if not known:
        return 1.0
    mean = fmean(known)
    return sqrt(fmean([(value - mean) ** 2 for value in known])) or 1.0


def _candidate(school: School, numbers: Numbers, own: Numbers, spread: Mapping[str, float]) -> Candidate:
    apart = [
        abs(here - there) / spread[field]
        for field in NEAR
        if (here := numbers[field]) is not None and (there := own[field]) is not None
    ]
    return Candidate(school, numbers, fmean(apart) if apart else None, len(NEAR) - len(apart))


def _is_near(numbers: Numbers, own: Numbers, near: Mapping[str, float | None]) -> bool:
    for field, within in near.items():
        here, there = numbers[field], own[field]
        if within is None or there is None:
            continue
        most = there * within / 100 if field == "roll" else within
        if here is None or abs(here - there) > most:
            return False
    return True
