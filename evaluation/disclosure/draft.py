"""A release as it would leave: what is true, what of it is hidden so far, and what is out already."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from evaluation.disclosure.system import REST, Sheet, System, true_counts
from evaluation.disclosure.truth import Counted, Spot, Truth
from evaluation.menu import tables


@dataclass
class Draft:
    """The counts of a truth of a period, those `hidden`, and the tables `withheld`, each with why."""

    truth: Truth
    hidden: set[Spot]
    term: str = ""
    sheets: Sequence[Sheet] = ()
    withheld: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        layout, self.counts = true_counts(self.truth, [sheet for sheet in self.sheets if sheet.term == self.term])
        self.system = System(layout, self.counts, self.term, self.sheets)
        # more than anybody would think of
        self.most = 4 * max([50, *self.counts.values()])
        self._national: dict[Spot, Counted] = {(tables.CHILDREN, tables.ALL, ""): self.truth.total}
        for spread in self.truth.spreads:
            for category, counted in spread.national.items():
                self._national[tables.by(spread.dimension), category, ""] = counted

    @property
    def has_overlap(self) -> bool:
        """Returns whether any child came to two hubs."""
        return self.truth.twice.count > 0

    def is_shown(self, spot: Spot) -> bool:
        """Returns whether the release shows a number there."""
        return spot in self.counts and spot not in self.hidden and spot[0] not in self.withheld

    def known(self, hub: str, spot: Spot) -> int:
        """Returns how many of a national count a hub knows itself; 0 where its own and the country's do not agree."""
        if spot[0] == REST + tables.BY_PROGRAMME and hub and spot[1] != hub:
            own = self.truth.hubs[hub].count
            return own if own <= self.system.true(spot) else 0
        counted = self._national.get(spot)
        known = counted.by_hub.get(hub, 0) if counted else 0
        return known if counted and known <= counted.count else 0
