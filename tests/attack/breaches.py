"""The rule's text, read once more: what is shown although one of its sentences hides it. Told by truth, not by solving."""

from collections.abc import Iterable, Iterator

from tests.attack.country import SENSITIVE, Count, Counts
from tests.attack.published import Cell, Published

SMALL = range(1, 10)
FEWEST_HUBS, FEWEST_SCHOOLS, LARGEST_SHARE, SMALLEST_BASE = 3, 2, 0.9, 30


def breaches(published: Published, counts: Counts) -> list[tuple[str, str]]:
    """Returns each sentence of the rule that is broken, and where."""
    found: list[tuple[str, str]] = []
    for place, cell in published.cells.items():
        if not isinstance(cell, str):
            found += [(rule, "/".join(place)) for rule in _broken(place, cell, counts)]
    found += [
        (rule, "/".join(place)) for place, share in published.shares.items() for rule in _share(published, place, share)
    ]
    for place, means in published.means.items():
        if any(not isinstance(mean, str) for mean in means):
            count = counts.hubs[place[0]] if len(place) == 1 else counts.national.get(place, Count())
            found += [(rule, "mean of " + "/".join(place)) for rule in _mean(count, is_of_hub=len(place) == 1)]
    return found


def _broken(place: tuple[str, ...], cell: int, counts: Counts) -> Iterator[str]:
    kind = place[0]
    count, whole = _truth(place, counts)
    if cell % 5:
        yield "rounding"
    if count.count in SMALL:
        yield "small"
    if whole.count - count.count in SMALL and kind != "twice":
        yield "complement"
    if not count.count:
        if kind == "inside" and place[1] in SENSITIVE and whole.count:
            yield "sensitive"
        return
    if kind in {"hub", "inside"}:
        if len(count.schools) < FEWEST_SCHOOLS:
            yield "schools"
        if kind == "inside" and place[1] in SENSITIVE and count.count == whole.count:
            yield "sensitive"
        return
    yield from _national(count)


def _national(count: Count) -> Iterable[str]:
    known = [of for of in count.by_hub.values() if of]
    if len(known) < FEWEST_HUBS:
        yield "hubs"
    if max(known, default=0) > LARGEST_SHARE * count.count:
        yield "dominance"
    if any(count.count - of in SMALL for of in known):
        yield "insider"


def _truth(place: tuple[str, ...], counts: Counts) -> tuple[Count, Count]:
    kind, *rest = place
    if kind in {"all", "twice"}:
        return (counts.total if kind == "all" else counts.twice), counts.total
    if kind == "hub":
        return counts.hubs.get(rest[0], Count()), counts.total
    if kind == "country":
        return counts.national.get((rest[0], rest[1]), Count()), counts.total
    return counts.inside.get((rest[0], rest[1], rest[2]), Count()), counts.hubs.get(rest[1], Count())


def _share(published: Published, place: tuple[str, str], share: Cell) -> Iterator[str]:
    if isinstance(share, str):
        return
    part, whole = published.national.get(place, "c"), published.total
    if (
        isinstance(part, str)
        or isinstance(whole, str)
        or whole < SMALLEST_BASE
        or whole - part in SMALL
        or (place[0] in SENSITIVE and whole < 100 and share % 5)
    ):
        yield "shares"


def _mean(count: Count, *, is_of_hub: bool) -> Iterator[str]:
    if (
        count.count in SMALL
        or len(count.by_hub) < (1 if is_of_hub else FEWEST_HUBS)
        or (is_of_hub and len(count.schools) < FEWEST_SCHOOLS)
    ):
        yield "means"
