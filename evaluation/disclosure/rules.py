"""
IH-SDC 1: what may leave a programme. Every count of children that is shown outside its own hub passes here.

Each rule is one function that answers one question about one true count; `why_hidden_nationally` and
`why_hidden_of_a_hub` ask them all. Thresholds alone protect nothing (a reader with the exact total gets hidden cells
back by subtraction): what does is rounding the totals on their own, treating every hub as somebody who knows its own
numbers, and the gate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from evaluation.disclosure.truth import Counted

# below it a count of children is hidden; 0 is shown
SMALLEST_SHOWN = 10
BASE = 5
# the smallest denominator of a percentage
SMALLEST_BASE = 30
# from which on a share of a sensitive characteristic is exact to the point
WIDE_BASE = 100
FEWEST_HUBS = 3
# a count that an earlier release of the period hides is shown from here on: ten more than it can have been
SMALLEST_GROWN = 23
# integers that a hidden count could still be, for whoever has worked it out as far as it goes
FEWEST_FEASIBLE = 5
FEWEST_SCHOOLS = 2
LARGEST_SHARE = Fraction(9, 10)

HIDDEN = "c"
NOT_AVAILABLE = "x"


class Rule(StrEnum):
    """The rules by name: what the evidence counts by, and what a test takes away to see that it is needed."""

    SMALL = "small"
    COMPLEMENT = "complement"
    SENSITIVE = "sensitive"
    HUBS = "hubs"
    SCHOOLS = "schools"
    DOMINANCE = "dominance"
    INSIDER = "insider"
    ROUNDING = "rounding"
    MEANS = "means"
    GATE = "gate"
    EARLIER = "earlier"


RULES = frozenset(Rule)


@dataclass(frozen=True)
class Shown:
    """A count as it may leave: a multiple of 5, or the symbol that stands in its place."""

    value: int | Decimal | None = None
    symbol: str = ""


def is_small(count: int, fewest: int = SMALLEST_SHOWN) -> bool:
    """Rule 3: 1 to 9 children."""
    return 0 < count < fewest


def complement_is_small(cell: Counted, whole: Counted, fewest: int = SMALLEST_SHOWN) -> bool:
    """Rule 3: those not in the cell would be 1 to 9."""
    return is_small(whole.count - cell.count, fewest)


def is_none_or_all(cell: Counted, whole: Counted) -> bool:
    """Rule 3, of something sensitive: one child of the hub would say it of all."""
    return whole.count > 0 and cell.count in (0, whole.count)


def has_too_few_hubs(cell: Counted) -> bool:
    """Rule 7: fewer than three hubs stand behind a national count."""
    return cell.count > 0 and sum(known > 0 for known in cell.by_hub.values()) < FEWEST_HUBS


def has_too_few_schools(cell: Counted) -> bool:
    """Rule 7: fewer than two schools stand behind a hub's count."""
    return cell.count > 0 and cell.schools < FEWEST_SCHOOLS


def is_dominated(cell: Counted) -> bool:
    """Rule 7: one hub makes up more than nine tenths of a national count."""
    return cell.count > 0 and max(cell.by_hub.values(), default=0) > LARGEST_SHARE * cell.count


def tells_an_insider(cell: Counted, fewest: int = SMALLEST_SHOWN) -> bool:
    """Rule 8: a hub that subtracts the children it knows is left with 1 to 9 of the others."""
    return any(is_small(cell.count - known, fewest) for known in cell.by_hub.values())


def round_to_base(count: int) -> int:
    """Rule 4: to the nearest 5."""
    return BASE * ((count + BASE // 2) // BASE)


def interval(shown: int) -> tuple[int, int]:
    """Returns the least and the greatest count that would be shown as this number is."""
    return (max(SMALLEST_SHOWN, shown - BASE // 2), shown + BASE // 2) if shown else (0, 0)


def why_hidden_nationally(
    cell: Counted, whole: Counted | None = None, *, rules: frozenset[Rule] = RULES, fewest: int = SMALLEST_SHOWN
) -> Rule | None:
    """Returns the first of rules 3, 7 and 8 that hides a count of the country; `whole` is what it is a part of."""
    asked: dict[Rule, Callable[[], bool]] = {
        Rule.SMALL: lambda: is_small(cell.count, fewest),
        Rule.COMPLEMENT: lambda: whole is not None and complement_is_small(cell, whole, fewest),
        Rule.HUBS: lambda: has_too_few_hubs(cell),
        Rule.DOMINANCE: lambda: is_dominated(cell),
        Rule.INSIDER: lambda: tells_an_insider(cell, fewest),
    }
    return next((rule for rule, hides in asked.items() if rule in rules and hides()), None)


def why_hidden_of_a_hub(
    cell: Counted,
    whole: Counted,
    *,
    is_sensitive: bool = False,
    rules: frozenset[Rule] = RULES,
    fewest: int = SMALLEST_SHOWN,
) -> Rule | None:
    """Returns the first of rules 3 and 7 that hides a count of one hub outside it; `whole` is what it is a part of."""
    asked: dict[Rule, Callable[[], bool]] = {
        Rule.SMALL: lambda: is_small(cell.count, fewest),
        Rule.COMPLEMENT: lambda: complement_is_small(cell, whole, fewest),
        Rule.SENSITIVE: lambda: is_sensitive and is_none_or_all(cell, whole),
        Rule.SCHOOLS: lambda: has_too_few_schools(cell),
    }
    return next((rule for rule, hides in asked.items() if rule in rules and hides()), None)


def percentage(part: Shown, whole: Shown, *, is_sensitive: bool = False) -> Shown:
    """
    Rule 5: returns the share in whole per cent, of the rounded numbers only; of a sensitive one to the nearest 5 points
    on a base below 100.

    Hidden where either number or their difference is; not available where the base is below 30.
    """
    if part.value is None or whole.value is None or is_small(int(whole.value - part.value)):
        return Shown(symbol=HIDDEN)
    if whole.value < SMALLEST_BASE:
        return Shown(symbol=NOT_AVAILABLE)
    steps = BASE if is_sensitive and whole.value < WIDE_BASE else 1
    return Shown(steps * int((200 * part.value + steps * whole.value) // (2 * steps * whole.value)))
