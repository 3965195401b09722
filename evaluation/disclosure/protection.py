"""Makes of true counts what may leave: hidden, or rounded, each in its place of the menu."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.disclosure.answers import protected_answers
from evaluation.disclosure.draft import Draft
from evaluation.disclosure.gate import Gate
from evaluation.disclosure.means import protected_means
from evaluation.disclosure.rules import (
    HIDDEN,
    RULES,
    SMALLEST_GROWN,
    SMALLEST_SHOWN,
    Rule,
    Shown,
    round_to_base,
    why_hidden_nationally,
    why_hidden_of_a_hub,
)
from evaluation.disclosure.system import BOTH, TOTAL, Sheet, hub_of, true_counts
from evaluation.disclosure.truth import Counted, Spot, Spread, Truth
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS

RULE = "IH-SDC 1"


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
    began = time.monotonic()
    sheets = _sheets(earlier, term) if Rule.EARLIER in rules else []
    before = {
        spot for sheet in sheets if sheet.term == term for spot, shown in sheet.shown.items() if shown.value is None
    }
    cells = list(_cells(truth))
    why = {cell.spot: rule for cell in cells if (rule := _why(cell, before, rules))}
    draft = Draft(truth, set(why), term, sheets)
    gate = Gate(draft)
    if Rule.GATE in rules:
        gate.run()
    counts = {
        cell.spot: Shown(symbol=HIDDEN) if cell.spot in draft.hidden else Shown(_rounded(cell.counted.count, rules))
        for cell in cells
        if cell.spot[0] not in draft.withheld
    }
    means = dict(protected_means(truth, counts, rules))
    answers = dict(protected_answers(truth, rules))
    evidence = {
        "rule": RULE,
        "rules": sorted(map(str, rules)),
        "shown": sum(not shown.symbol for shown in counts.values()),
        "hidden_by": dict(sorted(Counter(map(str, why.values())).items())),
        "hidden_by_gate": len(gate.added),
        "withheld": dict(sorted(draft.withheld.items())),
        "earlier": len(sheets),
        "means_hidden": sum(bool(shown.symbol) for shown in means.values()),
        "answers_hidden": sum(bool(shown.symbol) for shown in answers.values()),
        **gate.evidence,
        "seconds": round(time.monotonic() - began, 2),
    }
    return Protected(counts | means | answers, evidence)


def _sheets(earlier: Sequence[Earlier], term: str) -> list[Sheet]:
    """What stands beside the new release: its own period, and, of a year and its terms, each other."""
    terms = {one.term for one in earlier} | {term}
    counted = {tables.CHILDREN, tables.BY_PROGRAMME}
    counted |= {of(key) for of in (tables.by, tables.programmes_by) for key in DIMENSIONS}
    return [
        Sheet(one.term, {spot: shown for spot, shown in one.shown.items() if spot[0] in counted})
        for one in sorted(earlier, key=lambda one: (one.term, one.number))
        # a term and another meet in their year alone
        if one.term == term or "" in terms
    ]


@dataclass(frozen=True)
class _Cell:
    """A true count on its way to its spot; `whole` is what it is a part of."""

    spot: Spot
    counted: Counted
    whole: Counted | None
    is_sensitive: bool = False


def _cells(truth: Truth) -> Iterator[_Cell]:
    yield _Cell(TOTAL, truth.total, None)
    yield _Cell(BOTH, truth.twice, None)
    for slug, hub in truth.hubs.items():
        yield _Cell((tables.BY_PROGRAMME, slug, ""), hub, truth.total)
    layout, _ = true_counts(truth)
    for spread in truth.spreads:
        yield from _of_spread(spread, truth, layout.categories[spread.dimension])


def _of_spread(spread: Spread, truth: Truth, there: Sequence[str]) -> Iterator[_Cell]:
    key = spread.dimension
    is_sensitive = DIMENSIONS[key].is_sensitive
    categories = [category for category in spread.national if category in there]
    for category in categories:
        yield _Cell((tables.by(key), category, ""), spread.national[category], truth.total)
    for slug, hub in truth.hubs.items():
        for category in categories:
            counted = spread.inside.get((slug, category), Counted(0))
            yield _Cell((tables.programmes_by(key), slug, category), counted, hub, is_sensitive)


def _why(cell: _Cell, before: set[Spot], rules: frozenset[Rule]) -> Rule | None:
    rule = _hides(cell, rules, SMALLEST_SHOWN)
    if rule is None and cell.spot in before and _hides(cell, rules, SMALLEST_GROWN):
        return Rule.EARLIER
    return rule


def _hides(cell: _Cell, rules: frozenset[Rule], fewest: int) -> Rule | None:
    if hub_of(cell.spot):
        whole = cell.whole or cell.counted
        return why_hidden_of_a_hub(cell.counted, whole, is_sensitive=cell.is_sensitive, rules=rules, fewest=fewest)
    return why_hidden_nationally(cell.counted, cell.whole, rules=rules, fewest=fewest)


def _rounded(count: int, rules: frozenset[Rule]) -> int:
    return round_to_base(count) if Rule.ROUNDING in rules else count
