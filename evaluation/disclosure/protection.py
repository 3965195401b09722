"""Makes of true counts what may leave: hidden, or rounded, each in its place of the menu."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from evaluation.disclosure.rules import (
    HIDDEN,
    NOT_AVAILABLE,
    RULES,
    SMALLEST_BASE,
    OneWay,
    Rule,
    Shown,
    has_too_few_hubs,
    has_too_few_schools,
    is_dominated,
    is_small,
    protect,
    protect_total,
    tells_an_insider,
)
from evaluation.disclosure.truth import Counted, Mean, Spread, Truth
from evaluation.menu import tables
from evaluation.menu.tables import ALL

# table, row and column
Spot = tuple[str, str, str]


@dataclass(frozen=True)
class Earlier:
    """A release of the same year that is out: its term (empty of the year), its number and what it shows."""

    term: str
    number: int
    shown: Mapping[Spot, Shown]


@dataclass(frozen=True)
class Protected:
    """What may leave, in the order of the menu, and the evidence of it, in counts."""

    shown: Mapping[Spot, Shown]
    evidence: Mapping[str, Any] = field(default_factory=dict)


def protected(
    truth: Truth, *, term: str = "", earlier: Sequence[Earlier] = (), rules: frozenset[Rule] = RULES
) -> Protected:
    """
    Returns the truth of a period (`term`, empty for the year) as it may leave.

    `earlier` are all releases of the same year that are out, of any term and of the year. `rules` are all of them;
    only a test takes one away, to see what it is for.
    """
    return Protected(dict(_shown(truth)))


def _shown(truth: Truth) -> Iterator[tuple[Spot, Shown]]:
    hubs, total = protect(OneWay(truth.hubs, truth.total, of_hubs=True))
    yield (tables.CHILDREN, ALL, ""), total
    yield (tables.CHILDREN, tables.TWICE, ""), protect_total(truth.twice)
    for slug, shown in hubs.items():
        yield (tables.BY_PROGRAMME, slug, ""), shown
    for spread in truth.spreads:
        yield from _spread(spread, truth)
    for row, mean in truth.attendance.items():
        yield (tables.ATTENDANCE, row, ""), share(mean, of_hub=row != ALL)
    for (row, column), mean in truth.intensity.items():
        yield (tables.INTENSITY, row, column), average(mean, of_hub=row != ALL)


def _spread(spread: Spread, truth: Truth) -> Iterator[tuple[Spot, Shown]]:
    key = spread.dimension
    there = {category: counted for category, counted in spread.national.items() if counted.count}
    rows, _ = protect(OneWay(there, truth.total))
    for category, shown in rows.items():
        yield (tables.by(key), category, ""), shown
    for slug, hub in truth.hubs.items():
        cells = {category: spread.inside[slug, category] for category in there}
        inside, _ = protect(OneWay(cells, hub, of_hubs=True))
        for category, shown in inside.items():
            yield (tables.programmes_by(key), slug, category), shown
    for category, shown in rows.items():
        hidden = Shown(symbol=HIDDEN)
        mean = spread.attendance[category]
        yield (tables.attendance_by(key), category, ""), hidden if shown.symbol else share(mean, of_hub=False)
        mean = spread.hours[category]
        yield (tables.hours_by(key), category, ""), hidden if shown.symbol else average(mean, of_hub=False)


def _few(of: Counted, *, of_hub: bool) -> bool:
    if is_small(of.count):
        return True
    return has_too_few_schools(of) if of_hub else has_too_few_hubs(of) or is_dominated(of) or tells_an_insider(of)


def share(mean: Mean, *, of_hub: bool) -> Shown:
    """Rules 5 and 7: returns a share of marks in whole per cent, on a base of 30."""
    if _few(mean.of, of_hub=of_hub):
        return Shown(symbol=HIDDEN)
    if mean.value is None or mean.base < SMALLEST_BASE:
        return Shown(symbol=NOT_AVAILABLE)
    return Shown(mean.value.quantize(Decimal(1), ROUND_HALF_UP))


def average(mean: Mean, *, of_hub: bool) -> Shown:
    """Rules 6 and 7: returns a mean over ten children or more, to one place."""
    if _few(mean.of, of_hub=of_hub):
        return Shown(symbol=HIDDEN)
    if mean.value is None:
        return Shown(symbol=NOT_AVAILABLE)
    return Shown(mean.value.quantize(Decimal("0.1"), ROUND_HALF_UP))
