"""Rules 5, 6 and 7 for shares of marks and means over children: in whole per cent, or to one place."""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from evaluation.disclosure.rules import (
    HIDDEN,
    NOT_AVAILABLE,
    RULES,
    SMALLEST_BASE,
    SMALLEST_SHOWN,
    Rule,
    Shown,
    why_hidden_nationally,
    why_hidden_of_a_hub,
)
from evaluation.disclosure.truth import Counted, Mean, Spot, Truth
from evaluation.menu import tables
from evaluation.menu.tables import ALL

# a mean that the whole and the others give to ten of its units tells nobody anything
TELLING = 20

Protect = Callable[[Mean], Shown]


def share(mean: Mean) -> Shown:
    """Rule 5: returns a share of marks in whole per cent, on a base of 30."""
    if mean.value is None or mean.base < SMALLEST_BASE:
        return Shown(symbol=NOT_AVAILABLE)
    return Shown(mean.value.quantize(Decimal(1), ROUND_HALF_UP))


def average(mean: Mean) -> Shown:
    """Rule 6: returns a mean over children to one place."""
    if mean.value is None:
        return Shown(symbol=NOT_AVAILABLE)
    return Shown(mean.value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def protected_means(truth: Truth, counts: Mapping[Spot, Shown], rules: frozenset[Rule]) -> Iterator[tuple[Spot, Shown]]:
    """
    Returns the means as they may leave, beside the counts as they do.

    A mean of a hidden count is hidden; where a table of counts is withheld, so are its means.
    """
    one = Table(truth.total, counts, rules)
    hubs = {hub: (tables.BY_PROGRAMME, hub, "") for hub in truth.hubs}
    yield from one.protect(tables.ATTENDANCE, "", truth.attendance, hubs, share, of_hubs=True)
    columns = dict.fromkeys(column for _, column in truth.intensity)
    for column in columns:
        of_column = {row: mean for (row, at), mean in truth.intensity.items() if at == column}
        yield from one.protect(tables.INTENSITY, column, of_column, hubs, average, of_hubs=True)
    for spread in truth.spreads:
        key = spread.dimension
        rows = {category: (tables.by(key), category, "") for category in spread.national}
        rows = {category: spot for category, spot in rows.items() if spot in counts}
        whole = {ALL: truth.attendance[ALL]} if ALL in truth.attendance else {}
        yield from one.protect(tables.attendance_by(key), "", whole | dict(spread.attendance), rows, share)
        received = (ALL, "received")
        whole = {ALL: truth.intensity[received]} if received in truth.intensity else {}
        yield from one.protect(tables.hours_by(key), "", whole | dict(spread.hours), rows, average)


class Table:
    """What a table of means stands beside: the country's children, the counts as they leave, the rules."""

    def __init__(self, total: Counted, counts: Mapping[Spot, Shown], rules: frozenset[Rule] = RULES) -> None:
        self.total, self.counts, self.rules = total, counts, rules

    def protect(
        self,
        table: str,
        column: str,
        means: Mapping[str, Mean],
        rows: Mapping[str, Spot],
        shown_as: Protect,
        *,
        of_hubs: bool = False,
    ) -> Iterator[tuple[Spot, Shown]]:
        """Returns the means of a column, `rows` with the spots of their counts; of hubs, that of the whole as well."""
        whole = means.get(ALL)
        beside = {row: means[row] for row, spot in rows.items() if row in means and spot in self.counts}
        hidden = {row for row, mean in beside.items() if self._is_hidden(mean, rows[row], whole, of_hubs=of_hubs)}
        hides_whole = whole is not None and Rule.MEANS in self.rules and bool(self._why(whole.of))
        if whole is not None and not hides_whole and Rule.MEANS in self.rules:
            hidden = _with_others(beside, hidden, whole, of_hubs=of_hubs)
        if of_hubs and whole is not None:
            yield (table, ALL, column), Shown(symbol=HIDDEN) if hides_whole else shown_as(whole)
        for row, mean in beside.items():
            yield (table, row, column), Shown(symbol=HIDDEN) if row in hidden else shown_as(mean)

    def _is_hidden(self, mean: Mean, spot: Spot, whole: Mean | None, *, of_hubs: bool) -> bool:
        if Rule.MEANS not in self.rules:
            return False
        everybody = whole.of if whole is not None else self.total
        why = why_hidden_of_a_hub(mean.of, everybody) if of_hubs else why_hidden_nationally(mean.of, everybody)
        return why is not None or bool(self.counts[spot].symbol)

    def _why(self, of: Counted) -> Rule | None:
        return why_hidden_nationally(of)


def _with_others(means: Mapping[str, Mean], hidden: set[str], whole: Mean, *, of_hubs: bool) -> set[str]:
    """Those hidden, and the smallest beside them while the whole and the others would tell one of fewer than ten."""
    found = set(hidden)
    # of hubs each knows its own mean to the last place, hidden or not
    readers = ["", *means] if of_hubs else [""]
    while any(_is_told(means, found, reader, whole) for reader in readers):
        shown = [row for row, other in means.items() if row not in found and other.of.count]
        if not shown:
            break
        found.add(min(shown, key=lambda row: (means[row].of.count, row)))
    return found


def _is_told(means: Mapping[str, Mean], hidden: set[str], reader: str, whole: Mean) -> bool:
    """Whether a reader subtracts to the mean of all that is hidden from them, of fewer than ten children together."""
    left = [means[row] for row in hidden if row != reader]
    if not 0 < sum(mean.of.count for mean in left) < SMALLEST_SHOWN:
        return False
    weight = sum(_weight(mean, whole) for mean in left)
    known, every = _weight(means.get(reader), whole), _weight(whole, whole)
    # half a unit of each of the others and of the whole, in units of what is left
    return not weight or 2 * every - weight - known < TELLING * weight


def _weight(mean: Mean | None, whole: Mean) -> int:
    if mean is None:
        return 0
    return mean.base if whole.base else mean.of.count
