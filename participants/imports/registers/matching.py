"""Which child of the hub a row of a past register means. The policy, in the order in which it is tried:

1. The child a person said.
2. The child with the row's UPN, unless no part of the name fits.
3. Where the row has a date of birth, the one child of this name born on that day.
4. Where it has none, the one child of this name who was in the ensemble that year; else the one who was at its school.
   Where several were, the one of the class that the row names.

Names are compared without accents, case, hyphens and apostrophes, with the forename or the name used in class, in
either order. Whoever fits none of these is for a person to decide, with the children whose names are most alike beside
it. Only the hub's own children who were enrolled in that year are looked at, and none is made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from participants.imports.registers.grid import ChildRow
from participants.queries.past_registers import ChildOfYear
from participants.validators.names import folded

OUT = "out"
MOST_LIKELY = 6
MOST_OTHERS = 120
_ALIKE = 0.6


@dataclass(frozen=True)
class Meant:
    """Whom a row means, or why a person has to say, with the children whose names are the same or alike."""

    child: ChildOfYear | None = None
    why: str = ""
    likely: tuple[ChildOfYear, ...] = ()
    is_out: bool = False
    is_said: bool = False


class Roll:
    """The children of a year, findable by what a row may say of them."""

    def __init__(self, children: Iterable[ChildOfYear]) -> None:
        self.by_id: dict[int, ChildOfYear] = {}
        self.by_upn: dict[str, ChildOfYear] = {}
        self.by_name: dict[str, list[ChildOfYear]] = defaultdict(list)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        for child in children:
            self.by_id[child.id] = child
            if child.upn_hash:
                self.by_upn[child.upn_hash] = child
            for name in names_of(child):
                self.by_name[name].append(child)
            for word in words_of(child):
                self.by_word[word[:3]].add(child.id)

    def find(self, row: ChildRow, said: str | int | None) -> Meant:
        """Returns whom a row means; `said` is a child's id or OUT where a person said it."""
        if said == OUT:
            return Meant(is_out=True, likely=self.likely(row))
        if said in self.by_id:
            return Meant(self.by_id[int(said)], is_said=True, likely=self.likely(row))
        if row.upn_hash and row.upn_hash in self.by_upn:
            return self._of_upn(row, self.by_upn[row.upn_hash])
        namesakes = self.by_name.get(_whole(row), [])
        if not namesakes:
            return Meant(None, "no child of this name was in the hub that year", self.likely(row))
        return self._named(row, namesakes) if row.born is None else self._born(row, namesakes)

    def _of_upn(self, row: ChildRow, child: ChildOfYear) -> Meant:
        if words_of(child) & set(_whole(row).split()):
            return Meant(child)
        return Meant(None, "its UPN is of a child with another name", (child,))

    def _named(self, row: ChildRow, namesakes: list[ChildOfYear]) -> Meant:
        members = [child for child in namesakes if child.memberships]
        near = [child for child in namesakes if child.is_near]
        for among in (members, near):
            if len(among) == 1:
                return Meant(among[0], likely=tuple(namesakes))
            in_class = [
                child for child in among if row.school_class and _are_same(child.school_class, row.school_class)
            ]
            if len(in_class) == 1:
                return Meant(in_class[0], likely=tuple(namesakes))
            if among:
                return Meant(None, "more than one child has this name", tuple(among[:MOST_LIKELY]))
        words = "the child of this name was neither in the ensemble nor at its school that year"
        return Meant(None, words, tuple(namesakes[:MOST_LIKELY]))

    def _born(self, row: ChildRow, namesakes: list[ChildOfYear]) -> Meant:
        born = [child for child in namesakes if child.born == row.born]
        if len(born) == 1:
            return Meant(born[0], likely=tuple(namesakes))
        if born:
            return Meant(None, "more than one child has this name and date of birth", tuple(born[:MOST_LIKELY]))
        return Meant(None, "the child of this name has another date of birth", tuple(namesakes[:MOST_LIKELY]))

    @property
    def members(self) -> list[ChildOfYear]:
        """Who was in the ensemble at some time of the year."""
        return [child for child in self.by_id.values() if child.memberships]

    def others(self) -> list[ChildOfYear]:
        """Returns whom a row may be said to mean: who was in the ensemble that year, else who was at its school."""
        return (self.members or [child for child in self.by_id.values() if child.is_near])[:MOST_OTHERS]

    def likely(self, row: ChildRow) -> tuple[ChildOfYear, ...]:
        """Returns the children whose names are most alike, the likeliest first."""
        whole = _whole(row)
        among = {child for word in whole.split() for child in self.by_word.get(word[:3], ())}
        scored = sorted(
            (
                (-max(_ratio(whole, name) for name in names_of(child)) - 0.1 * child.is_near, child.name, child.id)
                for child in (self.by_id[pk] for pk in among)
            ),
        )
        return tuple(self.by_id[pk] for score, _, pk in scored[:MOST_LIKELY] if -score >= _ALIKE)


def names_of(child: ChildOfYear) -> set[str]:
    """Returns the names under which a child may stand in a register, folded, in either order."""
    surname = folded(child.surname)
    firsts = {folded(child.forename), folded(child.known_as)} - {""}
    return {f"{first} {surname}".strip() for first in firsts} | {f"{surname} {first}".strip() for first in firsts}


def words_of(child: ChildOfYear) -> set[str]:
    """Returns the words of a child's names, folded."""
    return set(f"{folded(child.forename)} {folded(child.known_as)} {folded(child.surname)}".split())


def _whole(row: ChildRow) -> str:
    if row.whole:
        surname, comma, forename = row.whole.partition(",")
        return folded(f"{forename} {surname}" if comma else row.whole)
    return folded(f"{row.forename} {row.surname}")


def _are_same(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def _ratio(one: str, other: str) -> float:
    """Alike, or one has all the words of the other (Amara Grace Adeyemi, Amara A.)."""
    words, others = set(one.split()), set(other.split())
    if words <= others or others <= words:
        return 0.95
    return SequenceMatcher(None, one, other).ratio()


def meant_by(rows: Iterable[tuple[int, ChildRow]], roll: Roll, said: Mapping[str, str | int]) -> dict[int, Meant]:
    """Returns whom each row means, by its number; rows come with their block, in which a child stands once."""
    found: dict[int, Meant] = {}
    first: dict[tuple[int, int], int] = {}
    for block, row in rows:
        meant = roll.find(row, said.get(str(row.row)))
        if meant.child is not None:
            earlier = first.setdefault((block, meant.child.id), row.row)
            if earlier != row.row:
                words = f"row {earlier} is {meant.child.name} already"
                meant = Meant(None, words, (meant.child,))
        found[row.row] = meant
    return found
