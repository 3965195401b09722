"""
Rules 3, 4, 6, 7 and 8 for what people answered.

These numbers are of respondents alone and meet no count of children. A programme's row that may not be shown is in the
country's row neither (figures.answers), so nothing is left of fewer than ten to subtract to; that is why no solver
stands over them. How many answered is rounded to the nearest 10, twice as coarse as a count of children.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from evaluation.disclosure.means import average
from evaluation.disclosure.rules import (
    HIDDEN,
    Rule,
    Shown,
    why_hidden_nationally,
    why_hidden_of_a_hub,
)
from evaluation.disclosure.truth import Mean, Spot, Truth
from evaluation.menu.tables import ALL, TABLES

TO_NEAREST = 10


def protected_answers(truth: Truth, rules: frozenset[Rule]) -> Iterator[tuple[Spot, Shown]]:
    """Yields what was answered as it may leave; with rule 6 switched off, all of it."""
    for (table, row, column), mean in truth.answers.items():
        # of nobody is what is left of the country where no programme has enough: some did answer
        is_hidden = Rule.MEANS in rules and (not mean.of.count or _why(row, mean) is not None)
        yield (table, row, column), Shown(symbol=HIDDEN) if is_hidden else _shown(table, column, mean, rules)


def _why(row: str, mean: Mean) -> Rule | None:
    return why_hidden_nationally(mean.of) if row == ALL else why_hidden_of_a_hub(mean.of, mean.of)


def _shown(table: str, column: str, mean: Mean, rules: frozenset[Rule]) -> Shown:
    if mean.value is None or _places(table, column):
        return average(mean)
    if Rule.ROUNDING not in rules:
        return Shown(int(mean.value))
    return Shown(int((mean.value / TO_NEAREST).quantize(Decimal(1), ROUND_HALF_UP)) * TO_NEAREST)


def _places(table: str, column: str) -> int:
    return next(one.places for one in TABLES[table].columns if one.key == column)
