"""
Each child once, across programmes.

Two rows are the same child when their UPN hashes are equal or their person hashes (name and date of birth) are; so a
chain of such rows is one child. No name is read: only keyed hashes, and only by the `figures` role.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from evaluation.disclosure.truth import Counted


class Known(Protocol):
    """A row of a child in one programme, by which it is known again in another."""

    @property
    def upn_hash(self) -> str: ...
    @property
    def person_hash(self) -> str: ...


Row = TypeVar("Row", bound=Known)


def each_once(rows: Sequence[Row]) -> list[list[Row]]:
    """Returns the children behind the rows, each as its rows, in the order of the first."""
    leader = list(range(len(rows)))

    def find(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(rows):
        for key in (("upn", row.upn_hash), ("person", row.person_hash)):
            if key[1]:
                leader[find(index)] = find(seen.setdefault(key, index))
    groups: dict[int, list[Row]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(find(index), []).append(row)
    return list(groups.values())


@dataclass(frozen=True)
class Person:
    """One child: the programmes (slugs) that know them, and the schools they were at."""

    programmes: frozenset[str]
    schools: frozenset[int]


def counted(people: Iterable[Person]) -> Counted:
    """Returns how many there are, how many of them each hub knows, and how many schools are behind them."""
    known: Counter[str] = Counter()
    schools: set[int] = set()
    count = 0
    for person in people:
        count += 1
        known.update(person.programmes)
        schools |= person.schools
    return Counted(count, dict(known), len(schools))
