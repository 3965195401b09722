"""
Scores: what answers to a measure add up to, or why they do not.

Scores are exact: whole numbers, or fractions where a part was scaled up for what is missing. Nothing is scored that
the measure's own rule does not allow; each refusal says what is wrong and what would do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from outcomes.measures.structure import TOTAL, Band, Bands, Informant, Measure, Part, Scale

Number = int | Fraction
Answers = Mapping[str, int | None]
# by key of part, or "total", what was read off a form: a text where it was no number
Keyed = Mapping[str, int | str | None]


class ScoreRefusedError(Exception):
    """These answers are not scored; the message says why in plain words."""


class UnknownItemError(ScoreRefusedError):
    """An answer to something the measure does not ask."""


class OutsideScaleError(ScoreRefusedError):
    """An answer, or a keyed score, that the scale does not have."""


class TooManyMissingError(ScoreRefusedError):
    """More is missing than the measure's rule allows."""


class NoTotalError(ScoreRefusedError):
    """A total is asked for, or keyed, where the measure has none."""


class TotalDiffersError(ScoreRefusedError):
    """A keyed total that the keyed scores do not add up to."""


class OtherKindError(ScoreRefusedError):
    """Answers to a measure of which only scores are kept, or scores of one that is answered item by item."""


@dataclass(frozen=True)
class Scored:
    """
    The score of a part or a total: `answered` of `of` items, and which items it was `prorated` for.

    Where scores were keyed, items are not known: both numbers are 0. `care` says in words why the answers are to be
    read with care, `unconfirmed` what of the scoring no source in print was found for.
    """

    key: str
    value: Number
    answered: int
    of: int
    prorated: tuple[str, ...] = ()
    band: Band | None = None
    care: tuple[str, ...] = ()
    unconfirmed: str = ""


@dataclass(frozen=True)
class Score:
    """What one set of answers adds up to, part by part, and over all where the measure has a total."""

    measure: str
    version: str
    parts: tuple[Scored, ...]
    whole: Scored | None
    name: str

    @property
    def total(self) -> Scored:
        """Returns the total; refuses where the measure has none."""
        if self.whole is None:
            raise NoTotalError(f"{self.name} has no total: its parts are about different things. Use a part’s score.")
        return self.whole

    @property
    def answered(self) -> int:
        return sum(part.answered for part in self.parts)

    @property
    def care(self) -> tuple[str, ...]:
        """Returns in words why these answers are to be read with care; nothing where they are not."""
        return tuple(words for part in self.parts for words in part.care)

    def part(self, key: str) -> Scored:
        return {part.key: part for part in self.parts}[key]


def score(measure: Measure, answers: Answers, *, form: str = "", informant: Informant | None = None) -> Score:
    """
    Returns what answers, by key of item, add up to; an item that was skipped is None or not there.

    A band is named where the measure has a table for that form and informant. Refuses answers that are not those of
    the measure, and parts of which too much is missing; `score_part` scores one part whatever the others lack.
    """
    _require_answers(measure, answers)
    table = _table(measure, form, informant)
    parts = tuple(_scored(measure, part, answers, table) for part in measure.parts)
    return Score(measure.key, measure.version, parts, _whole(measure, parts, table), measure.name)


def score_part(
    measure: Measure, part: str, answers: Answers, *, form: str = "", informant: Informant | None = None
) -> Scored:
    """Returns the score of one part; refuses as `score` does, but for what is missing elsewhere."""
    _require_answers(measure, answers)
    return _scored(measure, measure.part(part), answers, _table(measure, form, informant))


def score_keyed(
    measure: Measure, scores: Mapping[str, int], *, form: str = "", informant: Informant | None = None
) -> Score:
    """
    Returns scores that a person read off a form, by key of part, with their total and bands.

    A total may be keyed too, under "total": it must be what the scores add up to. All parts are needed; whoever has
    fewer answers than the measure's own manual asks for has no score to key.
    """
    _require_scores_only(measure)
    for key, value in scores.items():
        _require_score(measure, key, value)
    _require_all(measure, scores, [part.key for part in measure.parts])
    if TOTAL in scores:
        _require_total(measure, scores)
    table = _table(measure, form, informant)
    parts = tuple(_as_scored(part, scores[part.key], table) for part in measure.parts)
    return Score(measure.key, measure.version, parts, _whole(measure, parts, table), measure.name)


def score_keyed_part(
    measure: Measure, part: str, scores: Answers, *, form: str = "", informant: Informant | None = None
) -> Scored:
    """Returns the keyed score of one part; refuses as `score_keyed` does, but for what is missing elsewhere."""
    _require_scores_only(measure)
    value = scores.get(part)
    if value is None:
        raise TooManyMissingError(f"“{measure.part(part).title}” of {measure.name} was not keyed: it has no score.")
    _require_score(measure, part, value)
    return _as_scored(measure.part(part), value, _table(measure, form, informant))


def faults_of_keyed(measure: Measure, scores: Keyed) -> dict[str, str]:
    """
    Returns why scores that were keyed cannot stand, in words by key of part or "total"; nothing where all can.

    A part without a score (None) is left out; a total stands where all it counts are there and add up to it.
    """
    _require_scores_only(measure)
    given = {key: value for key, value in scores.items() if value is not None}
    faults: dict[str, str] = {}
    for key, value in given.items():
        try:
            _require_score(measure, key, value)
            if key == TOTAL and not faults:
                _require_total(measure, given)
        except ScoreRefusedError as refusal:
            faults[key] = str(refusal)
    return faults


def _require_answers(measure: Measure, answers: Answers) -> None:
    if measure.scale is None:
        raise OtherKindError(f"Of {measure.name} only scores are kept: its licence forbids more. Key the scores.")
    keys = {item.key for item in measure.items}
    for key, value in answers.items():
        if key not in keys:
            raise UnknownItemError(f"{measure.name} has no item “{key}”. Its items are {', '.join(sorted(keys))}.")
        if value is not None and not _is_in(measure.scale, value):
            raise OutsideScaleError(
                f"“{value}” is no answer to “{key}” of {measure.name}. "
                f"Answers are whole numbers from {measure.scale.least} to {measure.scale.most}."
            )


def _is_in(scale: Scale, value: object) -> bool:
    # True is 1 to Python, and 3.0 is 3: neither is an answer that somebody gave
    return type(value) is int and value in scale.values


def _require_scores_only(measure: Measure) -> None:
    if not measure.is_scores_only:
        raise OtherKindError(f"{measure.name} is scored from its answers: key them item by item, not the scores.")


def _require_score(measure: Measure, key: str, value: object) -> None:
    """Refuses what cannot be the score of a part; what a total may be is said by the parts (`_require_total`)."""
    if key == TOTAL:
        return
    parts = {part.key: part for part in measure.parts}
    if key not in parts:
        raise UnknownItemError(f"{measure.name} has no score “{key}”. Its scores are {', '.join(parts)}.")
    part = parts[key]
    if type(value) is not int or not part.least <= value <= part.most:
        raise OutsideScaleError(
            f"“{value}” cannot be the score “{part.title}”. It is a whole number from {part.least} to {part.most}."
        )


def _require_all(measure: Measure, scores: Keyed, keys: Sequence[str]) -> None:
    if lacking := [key for key in keys if scores.get(key) is None]:
        raise TooManyMissingError(
            f"Of {measure.name} these scores are missing: {_titled(measure, lacking)}. Key all of them."
        )


def _require_total(measure: Measure, scores: Keyed) -> None:
    """Refuses a keyed total that is not what the keyed scores, each of them known to be one, add up to."""
    if measure.total is None:
        raise NoTotalError(f"{measure.name} has no total. Key its scores alone.")
    counted = [value for key in measure.total.parts if isinstance(value := scores.get(key), int)]
    if len(counted) < len(measure.total.parts):
        raise TooManyMissingError(
            f"The total needs all of {_titled(measure, measure.total.parts)}. "
            "Key these scores, or leave the total empty."
        )
    keyed = scores[TOTAL]
    if type(keyed) is not int or keyed != sum(counted):
        raise TotalDiffersError(
            f"The total “{keyed}” is not what its scores add up to, which is {sum(counted)}. "
            f"It is the sum of {_titled(measure, measure.total.parts)}, and of nothing else. Look at the form again."
        )


def _titled(measure: Measure, parts: Sequence[str]) -> str:
    return ", ".join(measure.part(key).title.lower() for key in parts)


def _scored(measure: Measure, part: Part, answers: Answers, table: Bands | None) -> Scored:
    items, scale = measure.items_of(part.key), measure.scale
    given: list[int] = []
    lacking: list[str] = []
    for item in items:
        answer = answers.get(item.key)
        if answer is None:
            lacking.append(item.key)
        elif item.is_reversed and scale is not None:
            given.append(scale.least + scale.most - answer)
        else:
            given.append(answer)
    if len(lacking) > measure.missing.at_most:
        raise TooManyMissingError(
            f"{len(lacking)} of the {len(items)} answers of “{part.title}” are missing ({', '.join(lacking)}), and "
            f"{measure.name} is scored with at most {measure.missing.at_most} missing."
        )
    value = _exact(Fraction(sum(given) * len(items), len(given)))
    return _as_scored(part, value, table, answered=len(given), of=len(items), prorated=tuple(lacking))


def _as_scored(
    part: Part, value: Number, table: Bands | None, *, answered: int = 0, of: int = 0, prorated: tuple[str, ...] = ()
) -> Scored:
    care = tuple(care.words for care in part.care if care.least <= value <= care.most)
    return Scored(part.key, value, answered, of, prorated, _band(table, part.key, value), care, part.unconfirmed)


def _whole(measure: Measure, parts: tuple[Scored, ...], table: Bands | None) -> Scored | None:
    if measure.total is None:
        return None
    counted = [part for part in parts if part.key in measure.total.parts]
    value = _exact(sum((Fraction(part.value) for part in counted), Fraction(0)))
    return Scored(
        TOTAL,
        value,
        sum(part.answered for part in counted),
        sum(part.of for part in counted),
        tuple(key for part in counted for key in part.prorated),
        _band(table, TOTAL, value),
    )


def _table(measure: Measure, form: str, informant: Informant | None) -> Bands | None:
    if informant is not None and informant not in measure.informants:
        raise OtherKindError(f"{measure.name} is not answered by {informant}.")
    only = measure.informants[0] if len(measure.informants) == 1 else None
    answering = informant or only
    return measure.bands_for(form, answering) if answering else None


def _band(table: Bands | None, key: str, value: Number) -> Band | None:
    return table.band(key, value) if table and isinstance(value, int) else None


def _exact(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value
