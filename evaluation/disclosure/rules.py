"""
IH-SDC 1: what may leave a programme. Every count of children that is shown outside its own hub passes here.

Each rule is one function that answers one question about one true count; `protect` asks them all. Thresholds alone
protect nothing (a reader with the exact total gets hidden cells back by subtraction): what does is rounding the totals
on their own, treating every hub as somebody who knows its own numbers, and hiding a second cell beside a lone one.
"""

from collections.abc import Mapping
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


@dataclass(frozen=True)
class OneWay:
    """
    True counts over one characteristic, with their total.

    `of_hubs` is a table with a row for each programme; otherwise every cell is national.
    """

    rows: Mapping[str, Counted]
    total: Counted
    of_hubs: bool = False


def is_small(count: int) -> bool:
    """Rule 3: 1 to 9 children."""
    return 0 < count < SMALLEST_SHOWN


def complement_is_small(cell: Counted, total: Counted) -> bool:
    """Rule 3: those not in the cell would be 1 to 9."""
    return is_small(total.count - cell.count)


def has_too_few_hubs(cell: Counted) -> bool:
    """Rule 7: fewer than three hubs stand behind a national count."""
    return cell.count > 0 and sum(known > 0 for known in cell.by_hub.values()) < FEWEST_HUBS


def has_too_few_schools(cell: Counted) -> bool:
    """Rule 7: fewer than two schools stand behind a hub's count."""
    return cell.count > 0 and cell.schools < FEWEST_SCHOOLS


def is_dominated(cell: Counted) -> bool:
    """Rule 7: one hub makes up more than nine tenths of a national count."""
    return cell.count > 0 and max(cell.by_hub.values(), default=0) > LARGEST_SHARE * cell.count


def tells_an_insider(cell: Counted) -> bool:
    """Rule 8: a hub that subtracts the children it knows is left with 1 to 9 of the others."""
    return any(is_small(cell.count - known) for known in cell.by_hub.values())


def round_to_base(count: int) -> int:
    """Rule 4: to the nearest 5."""
    return BASE * ((count + BASE // 2) // BASE)


def must_hide_nationally(cell: Counted) -> bool:
    """Rules 3, 7 and 8 for a count of the whole country."""
    return is_small(cell.count) or has_too_few_hubs(cell) or is_dominated(cell) or tells_an_insider(cell)


def must_hide_of_a_hub(cell: Counted) -> bool:
    """Rules 3 and 7 for a count of one hub, shown outside it."""
    return is_small(cell.count) or has_too_few_schools(cell)


def hidden_rows(table: OneWay) -> set[str]:
    """Returns the keys of the rows that the rules hide, before any neighbour."""
    must_hide = must_hide_of_a_hub if table.of_hubs else must_hide_nationally
    return {key for key, cell in table.rows.items() if must_hide(cell) or complement_is_small(cell, table.total)}


def with_a_neighbour(table: OneWay, hidden: set[str]) -> set[str]:
    """
    Rule 9 at its least: a cell hidden alone could be had back from the total and the others, so the smallest
    shown one is hidden with it.
    """
    shown = [key for key, cell in table.rows.items() if key not in hidden and cell.count > 0]
    if len(hidden) != 1 or not shown:
        return hidden
    return hidden | {min(shown, key=lambda key: (table.rows[key].count, key))}


def interval(count: int) -> tuple[int, int]:
    """Returns the least and the greatest count that would be shown as this one is."""
    shown = round_to_base(count)
    return (max(SMALLEST_SHOWN, shown - BASE // 2), shown + BASE // 2) if count else (0, 0)


def tells(table: OneWay, hidden: set[str], hub: str | None) -> bool:
    """
    Rule 9: what is shown tells a reader too much of a hidden row. The reader is a hub (its slug) or nobody (None).

    They take the shown rows and their own children off the total: so much is left for the rows they do not know. It is
    reckoned as if no child came to two hubs; where that cannot be, the reader learns nothing this way.
    """
    if must_hide_nationally(table.total):
        return False
    low, high = interval(table.total.count)
    unknown = 0
    for key, cell in table.rows.items():
        known = cell.by_hub.get(hub, 0) if hub is not None else 0
        is_own = table.of_hubs and hub in cell.by_hub
        if key in hidden:
            least, most = known, known
            unknown += not is_own
        else:
            least, most = (known, known) if is_own else interval(cell.count)
        low, high = low - most, high - least
    # a row is hidden because there is somebody; of the children of others there may be none
    least = 0 if hub is not None and not table.of_hubs else 1
    high -= least * (unknown - 1)
    low = max(low, least) if unknown == 1 else least
    return unknown > 0 and low <= high < low + FEWEST_FEASIBLE - 1


def with_enough_neighbours(table: OneWay, hidden: set[str]) -> set[str]:
    """Rule 9: hides the smallest shown rows, one by one, until what is shown tells nobody a hidden one."""
    readers = [None, *sorted(table.total.by_hub)]
    while hidden and any(tells(table, hidden, reader) for reader in readers):
        shown = [key for key, cell in table.rows.items() if key not in hidden and cell.count > 0]
        if not shown:
            break
        hidden = hidden | {min(shown, key=lambda key: (table.rows[key].count, key))}
    return hidden


def protect(table: OneWay) -> tuple[dict[str, Shown], Shown]:
    """Returns the rows as they may leave, in their order, and the total: each rounded on its own, or hidden."""
    hidden = with_enough_neighbours(table, with_a_neighbour(table, hidden_rows(table)))
    rows = {
        key: Shown(symbol=HIDDEN) if key in hidden else Shown(round_to_base(cell.count))
        for key, cell in table.rows.items()
    }
    return rows, protect_total(table.total)


def protect_total(total: Counted) -> Shown:
    """Returns a national total as it may leave."""
    return Shown(symbol=HIDDEN) if must_hide_nationally(total) else Shown(round_to_base(total.count))


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
