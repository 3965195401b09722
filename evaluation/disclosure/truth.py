"""True counts of children on their way into a release: what goes in, in the menu's places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# table, row and column of the menu: where a number leaves
Spot = tuple[str, str, str]


@dataclass(frozen=True)
class Counted:
    """
    A true count of children.

    `by_hub` says how many of them each hub knows itself, by programme slug: what an insider subtracts. `schools` is the
    number of schools behind it.
    """

    count: int
    by_hub: Mapping[str, int] = field(default_factory=dict)
    schools: int = 0


@dataclass(frozen=True)
class Mean:
    """A mean or a share, and the children it is of; `base` is what a share is of (marks), 0 of a mean over children."""

    value: Decimal | None
    of: Counted
    base: int = 0


@dataclass(frozen=True)
class Spread:
    """
    The children over one dimension of the menu, by category.

    `national` counts each child once, `inside` each child of a programme (slug, category). `attendance` and `hours`
    are of the national rows.
    """

    dimension: str
    national: Mapping[str, Counted]
    inside: Mapping[tuple[str, str], Counted]
    attendance: Mapping[str, Mean] = field(default_factory=dict)
    hours: Mapping[str, Mean] = field(default_factory=dict)


@dataclass(frozen=True)
class Truth:
    """
    The children of a period.

    `total` counts each child once; `hubs` count their own, by slug; `twice` is by how many the sum of the hubs is more
    than the total. `attendance` (by row) and `intensity` (by row and column) are of the whole (row `all`) and of hubs;
    so is `answers`, by table, row and column of the menu, each of those who answered.
    """

    total: Counted
    twice: Counted
    hubs: Mapping[str, Counted]
    spreads: tuple[Spread, ...]
    attendance: Mapping[str, Mean] = field(default_factory=dict)
    intensity: Mapping[tuple[str, str], Mean] = field(default_factory=dict)
    answers: Mapping[Spot, Mean] = field(default_factory=dict)
