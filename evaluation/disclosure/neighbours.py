"""What stands beside a number, in the order in which it is hidden for it: a hub's before the country's."""

from collections.abc import Iterable, Iterator, Mapping

from evaluation.disclosure.system import TOTAL, Layout
from evaluation.disclosure.truth import Spot
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS


class Neighbours:
    """The tables of a release with their true counts: of cells in one row or column, the smallest goes first."""

    def __init__(self, layout: Layout, counts: Mapping[Spot, int]) -> None:
        self.layout, self.counts = layout, counts
        self._of: dict[str, tuple[str, bool]] = {}
        for dimension in layout.categories:
            self._of[tables.by(dimension)] = dimension, False
            self._of[tables.programmes_by(dimension)] = dimension, True

    def beside(self, spot: Spot) -> list[Spot]:
        """Returns the spot itself and its neighbours, shown or not."""
        table, row, column = spot
        dimension, is_of_hub = self._of.get(table, ("", False))
        if is_of_hub:
            found = self._of_a_hub(dimension, row, column)
        elif dimension:
            found = self._of_the_country(dimension, row)
        else:
            found = self._of_totals(is_of_hubs=table == tables.BY_PROGRAMME)
        # the whole country last of all
        return [one for one in dict.fromkeys([spot, *found, TOTAL]) if one in self.counts]

    def tables_of(self, spot: Spot) -> list[str]:
        """Returns the tables to withhold for a spot, its own first, then those that link to it, then any."""
        dimension, _ = self._of.get(spot[0], ("", False))
        own = [tables.programmes_by(dimension), tables.by(dimension)] if dimension else []
        linked = [tables.programmes_by(other) for other in _linked(dimension)]
        every = [of(key) for of in (tables.programmes_by, tables.by) for key in self.layout.categories]
        there = {one[0] for one in self.counts}
        found = [*own[:1], *linked, *own[1:], *every, tables.BY_PROGRAMME]
        return [table for table in dict.fromkeys(found) if table in there]

    def _smallest(self, spots: Iterable[Spot]) -> list[Spot]:
        return sorted((spot for spot in spots if spot in self.counts), key=lambda one: (self.counts[one], one))

    def _in_row(self, dimension: str, hub: str) -> list[Spot]:
        return self._smallest((tables.programmes_by(dimension), hub, one) for one in self.layout.categories[dimension])

    def _in_column(self, dimension: str, category: str) -> list[Spot]:
        return self._smallest((tables.programmes_by(dimension), hub, category) for hub in self.layout.hubs)

    def _of_a_hub(self, dimension: str, hub: str, category: str) -> Iterator[Spot]:
        yield from self._in_row(dimension, hub)
        yield from self._in_column(dimension, category)
        yield from self._smallest(
            (tables.programmes_by(one), hub, group) for one, group in _groups(dimension, category)
        )
        yield (tables.BY_PROGRAMME, hub, "")
        yield (tables.by(dimension), category, "")

    def _of_the_country(self, dimension: str, category: str) -> Iterator[Spot]:
        yield from self._in_column(dimension, category)
        for other, group in _groups(dimension, category):
            yield from self._in_column(other, group)
        yield from self._smallest((tables.by(one), group, "") for one, group in _groups(dimension, category))
        yield from self._smallest((tables.by(dimension), one, "") for one in self.layout.categories[dimension])

    def _of_totals(self, *, is_of_hubs: bool) -> Iterator[Spot]:
        yield from self._smallest((tables.BY_PROGRAMME, hub, "") for hub in self.layout.hubs)
        if is_of_hubs:
            rows = (self._in_row(dimension, hub) for dimension in self.layout.categories for hub in self.layout.hubs)
            yield from self._smallest(
                next(spot for spot in row if self.counts[spot]) for row in rows if any(map(self.counts.get, row))
            )


def _linked(dimension: str) -> list[str]:
    coarser = DIMENSIONS[dimension].coarser if dimension else ""
    return [
        *filter(None, [coarser]),
        *(key for key, one in DIMENSIONS.items() if dimension and one.coarser == dimension),
    ]


def _groups(dimension: str, category: str) -> list[tuple[str, str]]:
    """The coarser category that this one is in, or the finer ones in it."""
    coarser = DIMENSIONS[dimension].coarser
    found = [(coarser, DIMENSIONS[dimension].groups[category])] if coarser else []
    for key, other in DIMENSIONS.items():
        if other.coarser == dimension:
            found += [(key, one) for one, group in other.groups.items() if group == category]
    return found
