"""Who finds out what: every reader is set on what is out, and what they are left with is compared with the truth."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.attack.country import Counts
from tests.attack.published import LIMIT, Published
from tests.attack.readers import (
    UNSAID,
    Out,
    by_one_child,
    guess_apart,
    guess_small,
    known_to_anybody,
    terms_of_a_year,
    with_own,
)
from tests.attack.system import ENOUGH, Contradiction, Name, Range, System

ANYBODY = "anybody"
SMALL = range(1, 10)


@dataclass(frozen=True)
class Leak:
    """A number that a reader has narrowed down to fewer values than it must keep."""

    reader: str
    name: Name
    truth: int
    range: Range

    @property
    def is_recovered(self) -> bool:
        """Whether the one value left is the true one."""
        return self.range.low == self.range.high == self.truth

    def __str__(self) -> str:
        return f"{self.reader}: {'/'.join(self.name)} is {self.truth}, can be {self.range.low} to {self.range.high}"


@dataclass
class Findings:
    """
    What readers found. `tried` counts numbers that readers must not get, once for each reader; `small` those of them
    that are 1 to 9 in truth and have a place in a table. `given` are numbers that an earlier release had no reason to
    hide, and leaves no more values to who never read the later one, which hides them: it tells nothing, nor could help.
    `misread` are truths that a reader holds for impossible: a fault of the harness, not of the figures.
    """

    tried: int = 0
    small: int = 0
    leaks: list[Leak] = field(default_factory=list)
    given: list[Leak] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Adds what was found elsewhere."""
        self.tried += other.tried
        self.small += other.small
        self.leaks += other.leaks
        self.given += other.given
        self.misread += other.misread

    @property
    def recovered(self) -> list[Leak]:
        """Numbers that somebody knows exactly."""
        return [leak for leak in self.leaks if leak.is_recovered]

    def recovered_small(self) -> int:
        """Returns how many small numbers anybody has back exactly."""
        return sum(
            1 for leak in self.recovered if leak.reader == ANYBODY and leak.truth in SMALL and _is_cell(leak.name)
        )

    @property
    def by_reader(self) -> Counter:
        """Leaks by the kind of reader."""
        return Counter(leak.reader.partition(" ")[0] for leak in self.leaks)


def _is_cell(name: Name) -> bool:
    return name[1] in {"all", "twice", "hub", "country", "inside"}


def true_values(system: System, truths: Mapping[str, Counts]) -> dict[Name, int]:
    """Returns the true value of every unknown of releases."""
    values: dict[Name, int] = {}
    named = [name for name in system.names if name[0] in truths]
    for name in named:
        if UNSAID not in name:
            values[name] = _true(name, truths[name[0]])
    for name in named:
        if UNSAID in name:
            values[name] = _unsaid(name, truths[name[0]], system)
    return values


def _true(name: Name, counts: Counts) -> int:
    kind, *place = name[1:]
    if kind == "all":
        return counts.total.count
    if kind == "twice":
        return counts.twice.count
    if kind == "hub":
        return counts.hubs[place[0]].count if place[0] in counts.hubs else 0
    table = counts.national if kind == "country" else counts.inside
    return table[tuple(place)].count if tuple(place) in table else 0


def _unsaid(name: Name, counts: Counts, system: System) -> int:
    """What the country, or a hub, says of its children that the tables do not name."""
    when, kind, dimension, *hub, _ = name
    table = counts.national if kind == "country" else counts.inside
    return sum(
        count.count
        for (one, *where, category), count in table.items()
        if (one, where) == (dimension, hub) and (when, kind, dimension, *hub, category) not in system.names
    )


def with_changes(values: dict[Name, int], system: System, before: str, after: str, sign: int) -> dict[Name, int]:
    """Returns true values with those of the changes between two releases."""
    changes = {
        name: sign * (values[after, *name[1:]] - values[before, *name[1:]])
        for name in system.names
        if name[0] == "change"
    }
    return values | changes


def wanted(system: System, outs: Sequence[Out], truth: Mapping[Name, int], own: Iterable[str] = ()) -> list[Name]:
    """
    Returns the numbers a reader must not get: hidden, or 1 to 9 in truth, also where their table is not out.

    Not those of their own hubs, nor one of the country that their own children make up alone: they know it, and learn
    of nobody by it. What the others' numbers are is asked of the others' cells. None, and ten and more, of a table that
    is not out are not asked for: a finer or a coarser table may say them.
    """
    own = set(own)
    cells = {(out.when, *place): cell for out in outs for place, cell in out.published.cells.items()}
    whens = {out.when for out in outs}

    def is_theirs(name: Name) -> bool:
        if name[1] == "country" and own:
            return truth[name] <= sum(truth[name[0], "inside", name[2], hub, name[3]] for hub in own)
        if name[1] == "all" and own:
            return truth[name] <= sum(truth[name[0], "hub", hub] for hub in own)
        return (name[1] == "hub" and name[2] in own) or (name[1] == "inside" and name[3] in own)

    return [
        name
        for name in system.names
        if name[0] in whens and UNSAID not in name and not is_theirs(name)
        if isinstance(cells.get(name), str) or truth[name] in SMALL
    ]


def add_rests(system: System, outs: Sequence[Out], own: Iterable[str], truth: dict[Name, int]) -> list[Name]:
    """
    Adds the numbers that are in no table: those not in a category, of the country and of each hub; and those of a
    category, or of all, that are not in a reader's own hubs. Returns those that are small in truth.
    """
    own, names = list(own), []

    def rest(kind: str, whole: Name, parts: list[Name]) -> None:
        left = truth[whole] - sum(truth[part] for part in parts)
        if left in SMALL:
            name = (whole[0], kind, *whole[1:], "less", *parts[-1][1:])
            system.unknown(name, -LIMIT, LIMIT)
            system.bind({name: 1, whole: -1, **dict.fromkeys(parts, 1)})
            truth[name] = left
            names.append(name)

    for out in outs:
        when = out.when
        for place in out.published.cells:
            name = (when, *place)
            if place[0] == "country":
                rest("others", (when, "all"), [name])
                if own:
                    rest("not-ours", name, [(when, "inside", place[1], hub, place[2]) for hub in own])
            elif place[0] == "inside" and place[2] not in own:
                rest("others", (when, "hub", place[2]), [name])
            elif place[0] == "all" and own:
                rest("not-ours", name, [(when, "hub", hub) for hub in own])
    return names


def attacked(
    reader: str,
    system: System,
    outs: Sequence[Out],
    truth: dict[Name, int],
    own: Sequence[str] = (),
    *,
    is_certain: bool = True,
) -> Findings:
    """Returns what a reader with this system finds out; a guess that contradicts itself finds nothing."""
    found = Findings()
    if is_certain and (broken := system.broken_by(truth)):
        found.misread += [f"{reader}: {words}" for words in broken[:3]]
        return found
    names = wanted(system, outs, truth, own)
    found.small = sum(truth[name] in SMALL for name in names)
    names += add_rests(system, outs, own, truth)
    found.tried = len(names)
    try:
        ranges = system.ranges(names)
    except Contradiction:
        if is_certain:
            raise
        return found
    found.leaks = [Leak(reader, name, truth[name], ranges[name]) for name in names if ranges[name].width < ENOUGH]
    return found


def by_anybody(outs: Sequence[Out], truths: Mapping[str, Counts]) -> Findings:
    """The public, and national staff: they read the same numbers."""
    system = known_to_anybody(outs)
    return attacked(ANYBODY, system, outs, true_values(system, truths))


def by_hubs(outs: Sequence[Out], truths: Mapping[str, Counts], *hubs: str) -> Findings:
    """A hub that has its own exact numbers; or hubs that put theirs together."""
    system = known_to_anybody(outs)
    for out in outs:
        for hub in hubs:
            with_own(system, out.when, hub, truths[out.when])
    name = f"{'hub' if len(hubs) == 1 else 'hubs'} {' and '.join(hubs)}"
    return attacked(name, system, outs, true_values(system, truths), hubs)


def by_the_difference(before: Out, after: Out, truths: Mapping[str, Counts], sign: int, hub: str = "") -> Findings:
    """Somebody who knows that two releases differ by one child; a hub that has its own exact numbers of both, too."""
    outs = [before, after]
    system = known_to_anybody(outs)
    own = [hub] if hub else []
    for out in outs:
        for one in own:
            with_own(system, out.when, one, truths[out.when])
    by_one_child(system, before.when, after.when, sign)
    truth = with_changes(true_values(system, truths), system, before.when, after.when, sign)
    found = attacked(f"differencer {hub or ANYBODY}", system, outs, truth, own)
    found.given = [leak for leak in found.leaks if _is_given(leak, before, after, truths, sign, own)]
    found.leaks = [leak for leak in found.leaks if leak not in found.given]
    return found


def _is_given(leak: Leak, before: Out, after: Out, truths: Mapping[str, Counts], sign: int, own: Iterable[str]) -> bool:
    """Whether the earlier release had no reason to hide the number, and leaves it no more to who never read the later."""
    when, *place = leak.name
    if when != after.when or not _is_cell(leak.name) or isinstance(before.published.cells.get(tuple(place)), str):
        return False
    if _true((before.when, *place), truths[before.when]) in SMALL:
        return False
    silent = Published(None, None, {}, {}, {}, programmes=tuple(before.published.programmes or before.published.hubs))
    unread = known_to_anybody([before, replace(after, published=silent)])
    for one in own:
        with_own(unread, before.when, one, truths[before.when])
        with_own(unread, after.when, one, truths[after.when])
    by_one_child(unread, before.when, after.when, sign)
    return unread.ranges([leak.name])[leak.name].width <= leak.range.width


def by_terms(outs: Sequence[Out], truths: Mapping[str, Counts], hub: str = "") -> Findings:
    """Somebody who lays the terms beside the year."""
    system = known_to_anybody(outs)
    own = [hub] if hub else []
    for out in outs:
        for one in own:
            with_own(system, out.when, one, truths[out.when])
    terms_of_a_year(system, outs)
    return attacked(f"terms {hub or ANYBODY}", system, outs, true_values(system, truths), own)


def by_guessing(outs: Sequence[Out], truths: Mapping[str, Counts]) -> Findings:
    """Somebody who takes what is hidden for small, and no child for one of two hubs: to report, since it is no proof."""
    found = Findings()
    for name, guess in (("small", guess_small), ("apart", guess_apart)):
        system = known_to_anybody(outs)
        guess(system, outs)
        found.add(attacked(f"guess {name}", system, outs, true_values(system, truths), is_certain=False))
    return found
