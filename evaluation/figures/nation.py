"""The true figures of the country and of each hub, before any rule: each child once, and what each hub knows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evaluation.disclosure.truth import Counted, Mean, Spread, Truth
from evaluation.figures.once import Person, counted, each_once
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL


@dataclass(frozen=True)
class Marked:
    """
    A child's row of one programme, and what its registers of the period say.

    `last` is the last day they came, None who never did; `school` the one they were last placed at in the year.
    `categories` is by dimension of the menu. `minutes` are by offered or received, all and in school time (`_in`).
    `came_elsewhere_before` says whether the child, as it is known by its hashes, came to any programme in an earlier
    year: to this one they may be new.
    """

    child_id: int
    programme_id: int
    upn_hash: str
    person_hash: str
    school: int | None
    categories: Mapping[str, str]
    last: date | None
    attended: int
    possible: int
    minutes: Mapping[str, int]
    came_elsewhere_before: bool = False


# columns of the table of hours, and the minutes they are made of: all of them less those in school time are outside it
HOURS: Mapping[str, Callable[[Mapping[str, int]], int]] = {
    "offered_in": lambda minutes: minutes["offered_in"],
    "offered_out": lambda minutes: minutes["offered"] - minutes["offered_in"],
    "received_in": lambda minutes: minutes["received_in"],
    "received_out": lambda minutes: minutes["received"] - minutes["received_in"],
    "offered": lambda minutes: minutes["offered"],
    "received": lambda minutes: minutes["received"],
}


class Everybody:
    """
    The children of a period as they were counted.

    `slugs` names the programmes by id, in order; `weeks` are the weeks in which a programme took a register, by slug.
    """

    def __init__(self, rows: Sequence[Marked], slugs: Mapping[int, str], weeks: Mapping[str, int]) -> None:
        self.slugs = slugs
        self.weeks = weeks
        # on a register, whether they came or not, and those who came
        self.listed = [_Child(group) for group in each_once(rows)]
        self.reached = [child for child in self.listed if child.came]

    def truth(self) -> Truth:
        """Returns every true number of a release that is about children."""
        total = self._counted(self.reached)
        hubs = {slug: self._inside(self.reached, pk) for pk, slug in self.slugs.items()}
        return Truth(
            total,
            self._twice(),
            hubs,
            tuple(self._spread(dimension) for dimension in DIMENSIONS),
            {ALL: self._attendance(self._rows())}
            | {slug: self._attendance(self._rows(programme=pk)) for pk, slug in self.slugs.items()},
            {(ALL, column): self._hours(self._rows(), HOURS[column]) for column in HOURS}
            | {
                (slug, column): self._hours(self._rows(programme=pk), HOURS[column])
                for pk, slug in self.slugs.items()
                for column in HOURS
            },
        )

    def _twice(self) -> Counted:
        """By how many the sum of the hubs is more than the children: a child of three hubs counts twice."""
        more = [child for child in self.reached if len(child.came_to) > 1]
        known = self._counted(more)
        return Counted(sum(len(child.came_to) - 1 for child in more), known.by_hub, known.schools)

    def _spread(self, dimension: str) -> Spread:
        national: dict[str, list[_Child]] = defaultdict(list)
        inside: dict[tuple[int, str], list[_Child]] = defaultdict(list)
        for child in self.reached:
            national[child.category(dimension)].append(child)
            for pk, row in child.came_to.items():
                inside[pk, row.categories[dimension]].append(child)
        marked: dict[str, list[_Row]] = defaultdict(list)
        for child, row in self._rows():
            marked[row.categories[dimension]].append((child, row))
        categories = DIMENSIONS[dimension].categories
        received = HOURS["received"]
        return Spread(
            dimension,
            {category: self._counted(national[category]) for category in categories},
            {
                (slug, category): self._inside(inside[pk, category], pk)
                for pk, slug in self.slugs.items()
                for category in categories
            },
            {category: self._attendance(marked[category]) for category in categories},
            {category: self._hours(marked[category], received) for category in categories},
        )

    def _rows(self, programme: int | None = None) -> "list[_Row]":
        return [(c, row) for c in self.listed for row in c.rows if programme is None or row.programme_id == programme]

    def _counted(self, children: Iterable["_Child"]) -> Counted:
        return counted(Person(frozenset(self.slugs[pk] for pk in c.came_to), c.schools) for c in children)

    def _inside(self, children: Iterable["_Child"], programme: int) -> Counted:
        """Those of one hub: it knows them all, and their schools are those it has them at."""
        mine = (c.came_to[programme] for c in children if programme in c.came_to)
        slug = frozenset({self.slugs[programme]})
        return counted(Person(slug, frozenset({row.school} if row.school else ())) for row in mine)

    def _of(self, rows: "Iterable[_Row]") -> Counted:
        """The children that a mean is of: rows of one child are one."""
        known: dict[_Child, list[Marked]] = defaultdict(list)
        for child, row in rows:
            known[child].append(row)
        return counted(
            Person(
                frozenset(self.slugs[row.programme_id] for row in own),
                frozenset(row.school for row in own if row.school),
            )
            for own in known.values()
        )

    def _attendance(self, rows: "Sequence[_Row]") -> Mean:
        possible = sum(row.possible for _, row in rows)
        share = Decimal(100 * sum(row.attended for _, row in rows)) / possible if possible else None
        return Mean(share, self._of(rows), possible)

    def _hours(self, rows: "Sequence[_Row]", of: Callable[[Mapping[str, int]], int]) -> Mean:
        weeks = sum(self.weeks[self.slugs[row.programme_id]] for _, row in rows)
        minutes = sum(of(row.minutes) for _, row in rows)
        return Mean(Decimal(minutes) / 60 / weeks if weeks else None, self._of(rows))


class _Child:
    """One child and its rows; what they are is what the programme says that they came to last."""

    def __init__(self, rows: Sequence[Marked]) -> None:
        self.rows = rows
        by_time = sorted(rows, key=lambda row: (row.last is not None, row.last or date.min, row.child_id))
        # of two records that one programme has of a child, the one they came under last
        self.came_to = {row.programme_id: row for row in by_time if row.last is not None}
        self.came = bool(self.came_to)
        self.schools = frozenset(row.school for row in self.came_to.values() if row.school)
        self._last = by_time[-1]

    def category(self, dimension: str) -> str:
        """Returns the category the child is counted in: new is who is new everywhere, gone who is gone everywhere."""
        if dimension == "joining":
            elsewhere = any(row.came_elsewhere_before for row in self.rows)
            return "returning" if elsewhere or self._any(dimension, "returning") else "new"
        if dimension == "leaving":
            return "stays" if self._any(dimension, "stays") else "left"
        return self._last.categories[dimension]

    def _any(self, dimension: str, category: str) -> bool:
        return any(row.categories[dimension] == category for row in self.came_to.values())


# a child and one of its rows
_Row = tuple[_Child, Marked]
