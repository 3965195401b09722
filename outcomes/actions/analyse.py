"""Working out what a programme's answers of a year say; in workers, for it loads what reckons (outcomes/analysis)."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
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
    TooFewError,
    counted,
    hides_schools,
    require_enough,
    schools_of,
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

log = logging.getLogger(__name__)

Kind = Result.Kind
# spread and degrees of freedom tell how single answers lie; nobody is shown them
NOT_KEPT = frozenset(("deviation", "freedom"))
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
    """
    Works out every programme's year of which names came off a wave since; returns how many were worked out.

    One that fails is logged, keeps no other back, and is tried again the next night.
    """
    with scoped(figures()):
        off = Wave.objects.filter(names_off_at__isnull=False).order_by()
        latest = off.values_list("programme", "academic_year").annotate(at=Max("names_off_at"))
        known = Result.objects.order_by().values_list("programme", "academic_year").annotate(at=Max("made_at"))
        made = {(programme, year): at for programme, year, at in known}
        due = [(pk, year) for pk, year, at in latest if (pk, year) not in made or at >= made[pk, year]]
    done = 0
    for programme, year in due:
        try:
            analyse(programme_id=programme, year=year)
            done += 1
        except Exception:
            log.exception("The answers of programme %s in %s could not be worked out.", programme, year)
    return done


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
        # before anything is read: a wave whose names come off meanwhile is due again
        now = timezone.now()
        made = [one for key in NEWEST for one in _of_measure(programme_id, year, key, now)]
        Result.objects.filter(programme=programme_id, academic_year=year).delete()
        Result.objects.bulk_create(made)
    return len(made)


def _of_measure(programme: int, year: int, key: str, now: datetime) -> Iterator[Result]:
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
            made_at=now,
        )


def may_follow(before: Sequence[Answered], after: Sequence[Answered]) -> bool:
    """
    Returns whether results of some respondents may stand where results of others stood.

    Who is in one number and not in the other, of any part (who answered at all, who answered both times, of whom hours
    are known too), is nobody, or ten or more of two schools: rule 6 of IH-SDC 1, of the difference.
    """
    parts = {part for one in (*before, *after) for scores in (one.before, one.after) for part in scores}
    numbers: tuple[Callable[[Answered, str], bool], ...] = (
        lambda one, part: part in one.before or part in one.after,
        _answered_both,
        lambda one, part: _answered_both(one, part) and one.hours is not None,
    )
    return all(_differ_by_enough(before, after, part, is_in) for part in parts for is_in in numbers)


def _answered_both(one: Answered, part: str) -> bool:
    return part in one.before and part in one.after


def _differ_by_enough(
    before: Sequence[Answered], after: Sequence[Answered], part: str, is_in: Callable[[Answered, str], bool]
) -> bool:
    # with another answer they are another
    was, now = (
        {(one.respondent, one.before.get(part), one.after.get(part)): one.school for one in people if is_in(one, part)}
        for people in (before, after)
    )
    return _is_none_or_enough([was[key] for key in was.keys() - now.keys()]) and _is_none_or_enough(
        [now[key] for key in now.keys() - was.keys()]
    )


def _is_none_or_enough(schools: Sequence[int | None]) -> bool:
    return not schools or (len(schools) >= FEWEST and schools_of(schools) >= FEWEST_SCHOOLS)


# numbers and words of an analysis; without numbers, why there are none
Made = tuple[dict[str, Any], str]


def _results(measure: Measure, people: Sequence[Answered]) -> Iterator[tuple[str, Kind, str, Made]]:
    parts = [part.key for part in measure.parts if part.feeds] + [TOTAL] * bool(measure.total)
    for part in parts:
        title = measure.title_of(part)
        if Informant.CHILD not in measure.informants:
            yield part, Kind.LEVEL, "", _tried(partial(_level, people, part, title, informant=measure.informants[0]))
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
    pairs = [_pair(one, part) for one in people]
    return _plain(asdict(matched_change(pairs, what=title, is_discreet=True)))


def _groups(people: Sequence[Answered], part: str, title: str, name: str) -> dict[str, Any]:
    words, names = CHARACTERISTICS[name]
    pairs = [(names.get(one.group[name], NOT_KNOWN), _pair(one, part)) for one in people]
    return _plain(asdict(subgroup_changes(pairs, characteristic=words, what=title)))


def _hours(people: Sequence[Answered], part: str, title: str) -> dict[str, Any]:
    both = [one for one in people if part in one.before and part in one.after]
    known = [one for one in both if one.hours is not None]
    require_enough(len(known), schools_of(one.school for one in known))
    if not _is_none_or_enough([one.school for one in both if one.hours is None]):
        raise TooFewError(
            f"{title}: of a few children no register of the year is known. A number without them would give them away."
        )
    if not hides_schools(one.school for one in known):
        raise TooFewError(
            f"{title}: nearly all are of one or two schools, and hours beside change would tell them apart."
        )
    rows = [
        Received(
            one.school, str(one.group["year_group"]), float(one.hours or 0), float(one.after[part] - one.before[part])
        )
        for one in known
    ]
    return _plain(asdict(hours_against_outcome(rows, what=title)))


def _level(people: Sequence[Answered], part: str, title: str, *, informant: Informant) -> dict[str, Any]:
    """The mean of what adults said, with how many said it; no interval: those who answer are no draw from all."""
    there = [(one.school, float(one.last[part])) for one in people if part in one.last]
    schools = schools_of(school for school, _ in there)
    # tutors are of no school: each goes to several
    require_enough(len(there), FEWEST_SCHOOLS if informant is Informant.TUTOR else schools)
    mean = fmean(value for _, value in there)
    who = f"{len(there):,}" + (f" in {counted(schools, 'school')}" if schools else "")
    return {
        "answered": len(there),
        "schools": schools,
        "score": round(mean, 1),
        "assumptions": ["Those who answered are taken for themselves alone: others may have said something else."],
        "words": f"{title}: a mean of {told(mean)[0]} among the {who} who answered.",
    }


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """A result as it is kept: to one decimal, as it is told, and without what only reckoning needs."""
    kept = {key: _to_one_place(value) for key, value in found.items()}
    return {key: value for key, value in kept.items() if key not in NOT_KEPT}


def _to_one_place(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 1)
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, (list, tuple)):
        return [_to_one_place(one) for one in value]
    return value


def _pair(one: Answered, part: str) -> Pair:
    return Pair(one.school, _of(one.before, part), _of(one.after, part))


def _of(scores: Mapping[str, Fraction], part: str) -> float | None:
    return float(scores[part]) if part in scores else None
