"""Answers without names, laid together: of waves that are closed, read in the role `figures` alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from outcomes.measures.scoring import Scored, TooManyMissingError, score_keyed_part, score_part
from outcomes.measures.shipped import BY_KEY
from outcomes.measures.structure import TOTAL, Informant, Measure
from outcomes.models import Result, Sheet, Wave

Scores = Mapping[str, Fraction]


@dataclass(frozen=True)
class Answered:
    """
    What one respondent said in the waves of a year: scores by key of part, at the start and later.

    A part is there where the measure's own rule lets it be scored. `group` is what results are told by: year group,
    sex and the rest, as they stood at the later wave, or at the earlier where there is no later one.
    """

    respondent: str
    programme_id: int
    school: int | None
    before: Scores
    after: Scores
    hours: Fraction | None
    group: Mapping[str, object]

    @property
    def last(self) -> Scores:
        """What they said last: adults, who are known by no key, have said one thing each."""
        return self.after or self.before


@dataclass(frozen=True)
class Asked:
    """The waves of a measure, all in one version, that a programme's answers of a year are of."""

    measure: Measure
    waves: tuple[Wave, ...]


def asked_in(year: int, measure: str, programme: int) -> Asked | None:
    """
    Returns which waves of a measure a programme's answers of an academic year (its first calendar year) are of.

    Those whose names are off and in which somebody answered, in the version of the latest: change is told within a
    version. Of adults, whose answers are not laid together, the last alone. None where there is none.
    """
    found = Wave.objects.filter(academic_year=year, measure=measure, programme=programme, names_off_at__isnull=False)
    # a wave in which nobody answered takes nobody's answers away
    answered = set(Sheet.objects.filter(wave__in=found).order_by().values_list("wave", flat=True).distinct())
    return _asked([wave for wave in found.order_by("closes_on", "pk") if wave.pk in answered])


def asked_of_results(year: int, measure: str) -> dict[int, Asked]:
    """
    Returns by programme the waves that the results its hub sees are of.

    What leaves a programme is of the same respondents as what is told in it, so it moves as those do (actions/analyse).
    """
    told = dict(
        Result.objects.filter(academic_year=year, measure=measure)
        .order_by()
        .values_list("programme", "waves")
        .distinct()
    )
    waves = Wave.objects.in_bulk([pk for waves in told.values() for pk in waves])
    asked = {programme: _asked([waves[pk] for pk in sorted(told[programme])]) for programme in told}
    return {programme: one for programme, one in asked.items() if one is not None}


def _asked(waves: Sequence[Wave]) -> Asked | None:
    if not waves:
        return None
    measure = BY_KEY[waves[-1].measure, waves[-1].version]
    taken = [wave for wave in waves if wave.version == measure.version]
    if Informant.CHILD not in measure.informants:
        # the last alone: who is known by no key may have answered in each
        taken = taken[-1:]
    return Asked(measure, tuple(taken))


def answers_of(asked: Iterable[Asked]) -> list[Answered]:
    """
    Returns what each respondent of those waves said: first at the start, and last later; one statement.

    Adults, who have no key, are each their own.
    """
    waves = {wave.pk: (one.measure, wave) for one in asked for wave in one.waves}
    together: dict[object, dict[str, Sheet]] = {}
    # in the order in which they were asked: the first at the start stands, of later ones the last
    for sheet in sorted(
        Sheet.objects.filter(wave__in=waves), key=lambda one: (waves[one.wave_id][1].closes_on, one.pk)
    ):
        moment = waves[sheet.wave_id][1].moment
        said = together.setdefault((sheet.programme_id, sheet.respondent or sheet.pk), {})
        if moment == Wave.Moment.AFTER or moment not in said:
            said[moment] = sheet
    return [_answered(waves, sheets) for sheets in together.values()]


def _answered(waves: Mapping[int, tuple[Measure, Wave]], sheets: Mapping[str, Sheet]) -> Answered:
    before, after = sheets.get(Wave.Moment.BEFORE), sheets.get(Wave.Moment.AFTER)
    last = after or before
    if last is None:
        raise LookupError("nobody answers in no wave")
    measure = waves[last.wave_id][0]
    names = ("year_group", "sex", "is_pupil_premium", "sen", "is_eal")
    return Answered(
        last.respondent or str(last.pk),
        last.programme_id,
        last.school_id,
        _scores(measure, before),
        _scores(measure, after),
        Fraction(last.hours) if last.hours is not None else None,
        {name: getattr(last, name) for name in names},
    )


def _scores(measure: Measure, sheet: Sheet | None) -> Scores:
    return dict(_scored(measure, sheet.answers)) if sheet else {}


def _scored(measure: Measure, answers: Mapping[str, int | None]) -> Iterable[tuple[str, Fraction]]:
    """
    The parts that can be scored. Of a measure with a total all of them or none, and the total: else who left a part out
    would be told by taking the numbers of the parts from those of the total.
    """
    # what a person keyed is a score already
    score = score_keyed_part if measure.is_scores_only else score_part
    tried = {part.key: _tried(partial(score, measure, part.key, answers)) for part in measure.parts}
    if measure.total:
        if any(tried[key] is None for key in measure.total.parts):
            return
        yield TOTAL, sum((Fraction(found.value) for key in measure.total.parts if (found := tried[key])), Fraction(0))
    for key, found in tried.items():
        if found is not None:
            yield key, Fraction(found.value)


def _tried(scoring: Callable[[], Scored]) -> Scored | None:
    try:
        return scoring()
    except TooManyMissingError:
        return None
