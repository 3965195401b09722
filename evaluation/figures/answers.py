"""
What was answered, as numbers of a release: how those who were asked twice changed, and what adults said.

A programme with fewer than ten respondents, or of one school, is in no number at all, the country's included. So
whatever is subtracted from whatever, of this release or another, at least ten of two schools are left.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from evaluation.disclosure.rules import why_hidden_of_a_hub
from evaluation.disclosure.truth import Counted, Mean, Spot
from evaluation.menu.tables import ALL, TABLES, answers_to, change_of
from outcomes.measures.structure import Informant, Measure
from outcomes.queries.sheets import Answered

# value of a column from the respondents of a row
Reckon = Callable[[Sequence[Answered]], Mapping[str, Decimal | None]]
PLACES = 6


def answers(measure: Measure, said: Iterable[Answered], slugs: Mapping[int, str]) -> Iterator[tuple[Spot, Mean]]:
    """Yields the true means of a measure's tables, of each programme (by slug) and of all that are in."""
    people = list(said)
    scored = dict.fromkeys(key for one in people for key in (*one.before, *one.after))
    for key in scored:
        if Informant.CHILD in measure.informants:
            table, reckon = change_of(measure.key, key), _changes
            there = [one for one in people if key in one.before and key in one.after]
        else:
            table, reckon = answers_to(measure.key, key), _level
            there = [one for one in people if key in one.last]
        if table in TABLES:
            yield from _table(table, there, slugs, partial(reckon, key))


def _table(
    table: str, people: Sequence[Answered], slugs: Mapping[int, str], reckon: Reckon
) -> Iterator[tuple[Spot, Mean]]:
    by_programme: dict[str, list[Answered]] = defaultdict(list)
    for one in people:
        by_programme[slugs[one.programme_id]].append(one)
    rows = {slug: by_programme[slug] for slug in slugs.values() if by_programme[slug]}
    within = [one for own in rows.values() if is_enough(own) for one in own]
    for row, own in [(ALL, within), *rows.items()]:
        of = _counted(own, slugs)
        for column, value in reckon(own).items():
            yield (table, row, column), Mean(value, of)


def is_enough(own: Sequence[Answered]) -> bool:
    """Returns whether a programme's respondents are ten or more, of two schools or more."""
    of = Counted(len(own), {}, schools_in(own))
    return why_hidden_of_a_hub(of, of) is None


def schools_in(own: Sequence[Answered]) -> int:
    """Returns how many schools respondents are of; tutors are of none, and count each as their own."""
    if all(one.school is None for one in own):
        return len(own)
    return len({one.school for one in own if one.school is not None})


def _counted(own: Sequence[Answered], slugs: Mapping[int, str]) -> Counted:
    return Counted(len(own), Counter(slugs[one.programme_id] for one in own), schools_in(own))


def _changes(key: str, rows: Sequence[Answered]) -> Mapping[str, Decimal | None]:
    # loaded here: the web process reads this package, and must not carry what the worker reckons with
    from outcomes.analysis.change import Pair, matched_change
    from outcomes.analysis.evidence import AnalysisRefusedError

    found: dict[str, Decimal | None] = {
        "both": Decimal(len(rows)),
        "before": _mean([one.before[key] for one in rows]),
        "after": _mean([one.after[key] for one in rows]),
        "change": _mean([one.after[key] - one.before[key] for one in rows]),
        "low": None,
        "high": None,
    }
    pairs = [Pair(one.school, float(one.before[key]), float(one.after[key])) for one in rows]
    try:
        interval = matched_change(pairs, what=key, is_discreet=True).interval
    except AnalysisRefusedError:
        return found
    if interval is not None:
        found |= {"low": _decimal(interval.low), "high": _decimal(interval.high)}
    return found


def _level(key: str, rows: Sequence[Answered]) -> Mapping[str, Decimal | None]:
    return {"answered": Decimal(len(rows)), "score": _mean([one.last[key] for one in rows])}


def _mean(values: Sequence[Fraction]) -> Decimal | None:
    if not values:
        return None
    mean = sum(values, Fraction(0)) / len(values)
    return round(Decimal(mean.numerator) / Decimal(mean.denominator), PLACES)


def _decimal(value: float) -> Decimal:
    return round(Decimal(str(value)), PLACES)
