"""
Each child once, across programmes.

Two rows are the same child when their UPN hashes are equal or their person hashes (name and date of birth) are; so a
chain of such rows is one child. No name is read: only keyed hashes, and only by the `figures` role.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.figures.disclosure import Counted, OneWay
from participants.models.enrolment import YearGroup

NOT_GIVEN = "none"


@dataclass(frozen=True)
class ReachedChild:
    """A child's row of one programme who came in the period; `last` is the last day they came."""

    child_id: int
    programme_id: int
    upn_hash: str
    person_hash: str
    year_group: str
    last: date


@dataclass(frozen=True)
class Person:
    """One child, and the programmes they came to; the year group is that of the place they came to last."""

    programmes: frozenset[int]
    year_group: str


def each_once(rows: Sequence[ReachedChild]) -> list[Person]:
    """Returns the children behind the rows, each once."""
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
    groups: dict[int, list[ReachedChild]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(find(index), []).append(row)
    return [_person(group) for group in groups.values()]


def _person(group: Sequence[ReachedChild]) -> Person:
    last = max(group, key=lambda row: (row.last, row.child_id))
    return Person(frozenset(row.programme_id for row in group), last.year_group)


def counted(people: Iterable[Person]) -> Counted:
    """Returns how many there are, and how many of them each hub knows."""
    known: Counter[int] = Counter()
    count = 0
    for person in people:
        count += 1
        known.update(person.programmes)
    return Counted(count, dict(known))


def by_programme(people: Sequence[Person], schools: Mapping[int, int], slugs: Mapping[int, str]) -> OneWay:
    """
    Returns the children of each programme, by its slug; a child of two programmes stands in both rows.

    `schools` is the number of schools behind a programme's count, by its id.
    """
    known = counted(people)
    rows = {
        slug: Counted(known.by_hub.get(pk, 0), {pk: known.by_hub.get(pk, 0)}, schools.get(pk, 0))
        for pk, slug in slugs.items()
    }
    return OneWay(rows, known, of_hubs=True)


def by_year_group(people: Sequence[Person]) -> OneWay:
    """Returns the children of the country by year group, in the order of the National Curriculum."""
    groups: dict[str, list[Person]] = {}
    for person in people:
        groups.setdefault(person.year_group or NOT_GIVEN, []).append(person)
    order = [*YearGroup.values, NOT_GIVEN]
    return OneWay({key: counted(groups[key]) for key in order if key in groups}, counted(people))
