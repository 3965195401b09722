"""What people answered at two times of asking, as a hub knows it, and what must hold of the numbers that are out of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.attack.reading import Place

FEWEST, FEWEST_SCHOOLS, FEWEST_HUBS, NEAREST = 10, 2, 3, 10
CHANGE = "change_"
WHOLE = ""
BOTH, BEFORE, AFTER, MOVED = "Children who answered both times", "At the start", "Later", "Change"


@dataclass(frozen=True)
class Said:
    """What one child answered to everything: its school, and one value for each time."""

    who: int
    school: int
    before: int
    after: int


# of a hub, by what is out
Answered = Mapping[str, frozenset[Said]]


@dataclass(frozen=True)
class Step:
    """By how much the score of a table moves with each answer, and where it stands with answers of nought."""

    each: int
    least: int = 0


def _is_enough(people: frozenset[Said]) -> bool:
    return len(people) >= FEWEST and len({one.school for one in people}) >= FEWEST_SCHOOLS


def answers_given_away(
    cells: Mapping[Place, str], truths: Answered, rows: Mapping[str, str], steps: Mapping[str, Step]
) -> Iterator[str]:
    """
    Yields what is wrong in tables of answers that are out.

    `cells` are numbers by table, row and column in words, `rows` the words of a row by hub (`WHOLE` for all). A row is
    out of ten of two schools or more, the country's of three such hubs and of those alone; how many answered is to the
    nearest ten; a mean is the true one to a decimal.
    """
    large = {hub: people for hub, people in truths.items() if _is_enough(people)}
    may = {hub: list(people) for hub, people in large.items()}
    if len(large) >= FEWEST_HUBS:
        may[WHOLE] = [one for people in large.values() for one in people]
    for place, text in cells.items():
        hub = next((one for one, words in rows.items() if words == place.row), None)
        if not place.table.startswith(CHANGE) or hub is None or text in {"c", "–", "x", "z"}:
            continue
        if hub not in may:
            yield f"{text} at {'/'.join(place)} is of {len(truths.get(hub, ()))}"
        elif text != _true(place, may[hub], steps[place.table], text):
            yield f"{text} at {'/'.join(place)} is not what {len(may[hub])} answered"


def _true(place: Place, people: Collection[Said], step: Step, text: str) -> str:
    """What stands at a place; at bounds of an interval, which are estimated, whatever does."""
    many = len(people)
    if place.column == BOTH:
        return str((many + NEAREST // 2) // NEAREST * NEAREST)
    sums = {
        BEFORE: sum(step.least + step.each * one.before for one in people),
        AFTER: sum(step.least + step.each * one.after for one in people),
        MOVED: sum(step.each * (one.after - one.before) for one in people),
    }
    if place.column not in sums:
        return text
    # half a tenth is what rounding may have taken away, whichever way it goes
    return text if abs(Fraction(text) - Fraction(sums[place.column], many)) <= Fraction(1, 20) else ""


def answers_told_by_difference(
    cells: Mapping[str, Mapping[Place, str]], truths: Mapping[str, Answered], rows: Mapping[str, str]
) -> Iterator[str]:
    """
    Yields the rows by which two releases, subtracted, tell what one to nine children answered, or those of one school.

    `cells` and `truths` are by release, in order.
    """
    first, second = truths
    for hub in truths[second]:
        few = truths[second][hub] ^ truths[first].get(hub, frozenset())
        if not few or _is_enough(few):
            continue
        for place in cells[first].keys() & cells[second].keys():
            moved = cells[first][place] != cells[second][place]
            if place.table.startswith(CHANGE) and place.row == rows[hub] and moved:
                yield f"{'/'.join(place)} goes from {cells[first][place]} to {cells[second][place]} with {len(few)}"


def followed(before: Answered, after: Answered) -> dict[str, frozenset[Said]]:
    """Returns by hub whose answers are to be out: the later, where who came or went is nobody, or ten of two schools."""
    return {
        hub: now if all(not one or _is_enough(one) for one in (now - before[hub], before[hub] - now)) else before[hub]
        for hub, now in after.items()
    }
