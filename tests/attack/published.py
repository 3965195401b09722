"""What a reader holds: numbers and symbols by place, and what the rule's public text says that they stand for."""

from dataclasses import dataclass, field

# a number, or the symbol that stands in its place
Cell = int | str
Bounds = tuple[int, float]
# nobody believes in a hundred thousand children
LIMIT = 100_000


@dataclass(frozen=True)
class Text:
    """
    The rule's public text: numbers are rounded to `base` (1: exact), and those from 1 to below `smallest` are not shown.

    `shares` says of what a percentage is made: of the "rounded" numbers beside it, or of the "true" ones. Where
    `none_is_shown`, what is hidden is somebody.
    """

    base: int = 5
    smallest: int = 10
    shares: str = "rounded"
    none_is_shown: bool = True

    def bounds(self, cell: Cell, *, may_be_none: bool = False) -> Bounds:
        """Returns between which counts a cell must lie; a hidden one is somebody, unless none may be hidden there."""
        if isinstance(cell, str):
            return int(self.none_is_shown and not may_be_none), LIMIT
        half = self.base // 2
        if cell == 0 and self.smallest > half:
            return 0, 0
        least = self.smallest if cell else 0
        return max(least, cell - half, 0), cell + half


@dataclass(frozen=True)
class Published:
    """
    A release. `national` is by characteristic and category, `inside` by characteristic, hub and category, `shares` by
    characteristic and category in per cent of all; a category that a national table does not name has no child. `means`
    are by what they are of: a characteristic and a category, or a hub alone. `programmes` are those that there are, also
    where no table of them is out. What is None is not out at all.
    """

    total: Cell | None
    twice: Cell | None
    hubs: dict[str, Cell]
    national: dict[tuple[str, str], Cell]
    inside: dict[tuple[str, str, str], Cell]
    shares: dict[tuple[str, str], Cell] = field(default_factory=dict)
    means: dict[tuple[str, ...], list[Cell]] = field(default_factory=dict)
    programmes: tuple[str, ...] = ()

    @property
    def dimensions(self) -> list[str]:
        """The characteristics of its tables."""
        return sorted({place[0] for place in (*self.national, *self.inside)})

    def categories(self, dimension: str) -> list[str]:
        """Returns the categories that its tables name."""
        return sorted({place[-1] for place in (*self.national, *self.inside) if place[0] == dimension})

    @property
    def cells(self) -> dict[tuple[str, ...], Cell]:
        """Every count by the name that it has among a reader's unknowns."""
        whole = {("all",): self.total, ("twice",): self.twice}
        return {
            **{place: cell for place, cell in whole.items() if cell is not None},
            **{("hub", hub): cell for hub, cell in self.hubs.items()},
            **{("country", *place): cell for place, cell in self.national.items()},
            **{("inside", *place): cell for place, cell in self.inside.items()},
        }
