"""Working out what a programme's answers of a year say; in workers, for it loads what reckons (outcomes/analysis)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from functools import partial
from statistics import fmean
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from inharmony.access.scope import figures, scoped
from outcomes.analysis.change import Pair, matched_change
from outcomes.analysis.evidence import (
    FEWEST,
    FEWEST_SCHOOLS,
    AnalysisRefusedError,
    counted,
    require_enough,
    told,
)
from outcomes.analysis.hours import Received, hours_against_outcome
from outcomes.analysis.subgroups import subgroup_changes
from outcomes.measures.shipped import NEWEST
from outcomes.measures.structure import TOTAL, Informant, Measure
from outcomes.models import Result, Wave
from outcomes.queries.sheets import Answered, answers_of, asked_in, asked_of_results
from participants.models import Child
from participants.models.enrolment import YearGroup

Kind = Result.Kind
NOT_KNOWN = "Not known"
# what groups are told apart by, in words, and how each is named
CHARACTERISTICS: dict[str, tuple[str, dict[object, str]]] = {
    "year_group": ("year group", {group.value: str(group.label) for group in YearGroup}),
    "sex": ("sex", {Child.Sex.FEMALE.value: "Girls", Child.Sex.MALE.value: "Boys"}),
    "is_pupil_premium": ("Pupil Premium", {True: "Pupil Premium", False: "No Pupil Premium"}),
    "sen": (
        "special educational needs",
        {Child.Sen.NONE.value: "None", Child.Sen.SUPPORT.value: "SEN support", Child.Sen.PLAN.value: "Plan"},
    ),
    "is_eal": ("English as an additional language", {True: "EAL", False: "No EAL"}),
}


def analyse_due() -> int:
    """Works out every programme's year of which names came off a wave since; returns how many there were."""
    with scoped(figures()):
        off = Wave.objects.filter(names_off_at__isnull=False).order_by()
        latest = off.values_list("programme", "academic_year").annotate(at=Max("names_off_at"))
        known = Result.objects.order_by().values_list("programme", "academic_year").annotate(at=Max("made_at"))
        made = {(programme, year): at for programme, year, at in known}
        due = [(pk, year) for pk, year, at in latest if (pk, year) not in made or at > made[pk, year]]
    for programme, year in due:
        analyse(programme_id=programme, year=year)
    return len(due)


@transaction.atomic
def analyse(*, programme_id: int, year: int) -> int:
    """
    Writes anew what a programme's answers of an academic year say, and returns how many results there are.

    Where the waves since have made a difference of one to nine respondents, or of respondents of one school, the
    results stay of the waves they were of: whoever kept the old ones would subtract to those few.
    """
    with scoped(figures()):
        with connection.cursor() as cursor:
            # of two at once the second reads what the first has written
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outcomes_result'), %s)", [programme_id])
        made = [one for key in NEWEST for one in _of_measure(programme_id, year, key)]
        Result.objects.filter(programme=programme_id, academic_year=year).delete()
        Result.objects.bulk_create(made)
    return len(made)


def _of_measure(programme: int, year: int, key: str) -> Iterator[Result]:
    asked = asked_in(year, key, programme)
    told = asked_of_results(year, key).get(programme)
    if asked is None:
        return
    people = answers_of([asked])
    if told is not None and told.waves != asked.waves and not may_follow(answers_of([told]), people):
        asked, people = told, answers_of([told])
    for part, kind, characteristic, (result, words) in _results(asked.measure, people):
        yield Result(
            programme_id=programme,
            academic_year_id=year,
            measure=asked.measure.key,
            version=asked.measure.version,
            part=part,
            kind=kind,
            characteristic=characteristic,
            waves=[wave.pk for wave in asked.waves],
            result=result,
            words=words,
            made_at=timezone.now(),
        )


def may_follow(before: Sequence[Answered], after: Sequence[Answered]) -> bool:
    """
    Returns whether results of some respondents may stand where results of others stood.

    Who is in one and not in the other, in any part, is nobody, or ten or more of two schools: rule 6 of IH-SDC 1, of
    the difference.
    """
    parts = {part for one in (*before, *after) for scores in (one.before, one.after) for part in scores}
    for part in parts:
        was, now = (_counted_in(people, part) for people in (before, after))
        for more in (was.keys() - now.keys(), now.keys() - was.keys()):
            schools = {(was | now)[respondent] for respondent in more}
            if more and (len(more) < FEWEST or len(schools) < FEWEST_SCHOOLS):
                return False
    return True


def _counted_in(people: Sequence[Answered], part: str) -> dict[tuple[str, object], int | None]:
    """Who is in the numbers of a part, each with what they said: with another answer they are another."""
    return {
        (one.respondent, (one.before.get(part), one.after.get(part))): one.school
        for one in people
        if part in one.before or part in one.after
    }


# numbers and words of an analysis; without numbers, why there are none
Made = tuple[dict[str, Any], str]


def _results(measure: Measure, people: Sequence[Answered]) -> Iterator[tuple[str, Kind, str, Made]]:
    titles = {part.key: part.title for part in measure.parts if part.feeds}
    if measure.total:
        titles[TOTAL] = measure.title
    for part, title in titles.items():
        if Informant.CHILD not in measure.informants:
            yield part, Kind.LEVEL, "", _tried(partial(_level, people, part, title))
            continue
        yield part, Kind.CHANGE, "", _tried(partial(_change, people, part, title))
        for name in CHARACTERISTICS:
            yield part, Kind.GROUPS, name, _tried(partial(_groups, people, part, title, name))
        yield part, Kind.HOURS, "", _tried(partial(_hours, people, part, title))


def _tried(analysis: Callable[[], dict[str, Any]]) -> Made:
    try:
        found = analysis()
    except AnalysisRefusedError as refusal:
        return {}, str(refusal)
    return found, str(found.pop("words"))


def _change(people: Sequence[Answered], part: str, title: str) -> dict[str, Any]:
    return asdict(matched_change([_pair(one, part) for one in people], what=title))


def _groups(people: Sequence[Answered], part: str, title: str, name: str) -> dict[str, Any]:
    words, names = CHARACTERISTICS[name]
    pairs = [(names.get(one.group[name], NOT_KNOWN), _pair(one, part)) for one in people]
    return asdict(subgroup_changes(pairs, characteristic=words, what=title))


def _hours(people: Sequence[Answered], part: str, title: str) -> dict[str, Any]:
    both = [one for one in people if part in one.before and part in one.after and one.hours is not None]
    rows = [
        Received(
            one.school, str(one.group["year_group"]), float(one.hours or 0), float(one.after[part] - one.before[part])
        )
        for one in both
    ]
    return asdict(hours_against_outcome(rows, what=title))


def _level(people: Sequence[Answered], part: str, title: str) -> dict[str, Any]:
    """The mean of what adults said, with how many said it; no interval: those who answer are no draw from all."""
    there = [(one.school, float(one.last[part])) for one in people if part in one.last]
    schools = {school for school, _ in there}
    require_enough(len(there), len(schools))
    mean = fmean(value for _, value in there)
    who = f"{len(there):,} in {counted(len(schools), 'school')}"
    return {
        "answered": len(there),
        "schools": len(schools),
        "score": mean,
        "assumptions": ["Those who answered are taken for themselves alone: others may have said something else."],
        "words": f"{title}: a mean of {told(mean)[0]} among the {who} who answered.",
    }


def _pair(one: Answered, part: str) -> Pair:
    return Pair(one.school, _of(one.before, part), _of(one.after, part))


def _of(scores: Mapping[str, Fraction], part: str) -> float | None:
    return float(scores[part]) if part in scores else None
