"""Children as plain data, and the truth of them as a release takes it in."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from evaluation.disclosure.truth import Counted, Mean, Spread, Truth
from evaluation.figures.once import Person, counted
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL


class Pupil(NamedTuple):
    """A child: its hubs, what it is in each dimension, and the number of its school in each hub."""

    hubs: tuple[str, ...]
    traits: Mapping[str, str]
    school: int = 0


def pupils(sizes: Mapping[str, Mapping[str, int]], dimension: str = "sex", schools: int = 3) -> list[Pupil]:
    """Returns children of hubs in categories of one dimension, so many of each; at several schools."""
    return [
        Pupil((hub,), {dimension: category}, number % schools)
        for hub, by_category in sizes.items()
        for category, size in by_category.items()
        for number in range(size)
    ]


def truth(children: Sequence[Pupil], hubs: Iterable[str], dimensions: Iterable[str]) -> Truth:
    """Returns the true numbers of these children; each comes to 20 sessions, 90 % of them, 1.5 hours a week."""
    hubs = list(hubs)
    twice = [child for child in children if len(child.hubs) > 1]
    total, own = _national(children), {hub: _inside(children, hub) for hub in hubs}
    return Truth(
        total,
        Counted(sum(len(child.hubs) - 1 for child in twice), _national(twice).by_hub),
        own,
        tuple(_spread(children, hubs, dimension) for dimension in dimensions),
        {ALL: share(total)} | {hub: share(of) for hub, of in own.items()},
        {(ALL, "received"): hours(total)} | {(hub, "received"): hours(of) for hub, of in own.items()},
    )


def share(of: Counted, value: int = 90) -> Mean:
    """Returns a share of 20 marks a child."""
    return Mean(Decimal(value) if of.count else None, of, 20 * of.count)


def hours(of: Counted) -> Mean:
    """Returns hours a week."""
    return Mean(Decimal("1.5") if of.count else None, of)


def _national(children: Iterable[Pupil]) -> Counted:
    people = (Person(frozenset(one.hubs), frozenset(_school(hub, one.school) for hub in one.hubs)) for one in children)
    return counted(people)


def _inside(children: Iterable[Pupil], hub: str) -> Counted:
    mine = (child for child in children if hub in child.hubs)
    return counted(Person(frozenset({hub}), frozenset({child.school})) for child in mine)


def _school(hub: str, number: int) -> int:
    return sum(map(ord, hub)) * 1000 + number


def _spread(children: Sequence[Pupil], hubs: Sequence[str], dimension: str) -> Spread:
    by_category = {
        category: [child for child in children if child.traits[dimension] == category]
        for category in DIMENSIONS[dimension].categories
    }
    national = {category: _national(them) for category, them in by_category.items()}
    return Spread(
        dimension,
        national,
        {(hub, category): _inside(them, hub) for category, them in by_category.items() for hub in hubs},
        {category: share(of) for category, of in national.items()},
        {category: hours(of) for category, of in national.items()},
    )
