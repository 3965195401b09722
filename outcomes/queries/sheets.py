"""Answers without names, laid together: of waves that are closed, read in the role `figures` alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from outcomes.measures.scoring import Scored, TooManyMissingError, score, score_part
from outcomes.measures.shipped import BY_KEY
from outcomes.measures.structure import TOTAL, Informant, Measure
from outcomes.models import Sheet, Wave

Scores = Mapping[str, Fraction]


@dataclass(frozen=True)
class Answered:
    """
    What one respondent said in the waves of a year: scores by key of part, at the start and later.

    A part is there where the measure's own rule lets it be scored. `group` is what results are told by: year group,
    sex and the rest, as they stood at the later wave, or at the earlier where there is no later one.
    """

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
    """
    The waves of a measure that a programme's answers of a year are of: the first at the start and the last later.

    Of adults it is the last of all.
    """

    measure: Measure
    before: Wave | None
    after: Wave | None

    @property
    def waves(self) -> tuple[Wave, ...]:
        return tuple(wave for wave in (self.before, self.after) if wave)


def asked_in(year: int, measure: str, programme: int | None = None) -> dict[int, Asked]:
    """
    Returns by programme which waves of a measure are laid together in an academic year (its first calendar year).

    Only waves whose names are off, of one version: that of the latest wave. Change is told within a version.
    """
    found = Wave.objects.filter(academic_year=year, measure=measure, names_off_at__isnull=False)
    if programme is not None:
        found = found.filter(programme=programme)
    by_programme: dict[int, list[Wave]] = {}
    for wave in found.order_by("closes_on", "pk"):
        by_programme.setdefault(wave.programme_id, []).append(wave)
    return {pk: _asked(waves) for pk, waves in by_programme.items()}


def _asked(waves: Sequence[Wave]) -> Asked:
    version = waves[-1].version
    of_version = [wave for wave in waves if wave.version == version]
    if Informant.CHILD not in BY_KEY[waves[-1].measure, version].informants:
        # adults are not laid together: what they said last
        of_version = of_version[-1:]
    before = [wave for wave in of_version if wave.moment == Wave.Moment.BEFORE]
    after = [wave for wave in of_version if wave.moment == Wave.Moment.AFTER]
    return Asked(BY_KEY[waves[-1].measure, version], next(iter(before), None), next(reversed(after), None))


def answers_of(asked: Mapping[int, Asked]) -> list[Answered]:
    """Returns what each respondent of those waves said; one statement. Adults, who have no key, are each their own."""
    waves = {wave.pk: (one, wave) for one in asked.values() for wave in one.waves}
    together: dict[object, dict[str, Sheet]] = {}
    for sheet in Sheet.objects.filter(wave__in=waves).order_by("pk"):
        moment = waves[sheet.wave_id][1].moment
        together.setdefault((sheet.programme_id, sheet.respondent or sheet.pk), {})[moment] = sheet
    return [_answered(asked, sheets) for sheets in together.values()]


def _answered(asked: Mapping[int, Asked], sheets: Mapping[str, Sheet]) -> Answered:
    before, after = sheets.get(Wave.Moment.BEFORE), sheets.get(Wave.Moment.AFTER)
    last = after or before
    if last is None:
        raise LookupError("nobody answers in no wave")
    measure = asked[last.programme_id].measure
    names = ("year_group", "sex", "is_pupil_premium", "sen", "is_eal")
    return Answered(
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
    """The parts that can be scored, and the total where all of them can."""
    for part in measure.parts:
        found = _tried(partial(score_part, measure, part.key, answers))
        if found is not None:
            yield part.key, Fraction(found.value)
    if measure.total and (whole := _tried(lambda: score(measure, answers).total)) is not None:
        yield TOTAL, Fraction(whole.value)


def _tried(scoring: Callable[[], Scored]) -> Scored | None:
    try:
        return scoring()
    except TooManyMissingError:
        return None
