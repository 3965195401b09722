"""Whether a declared measure holds together: a measure that is gathered at all scores as it says."""

from collections import Counter
from collections.abc import Iterator

from outcomes.measures.structure import TOTAL, Measure


class IncompleteError(Exception):
    """A declaration of a measure that does not hold together; says of which measure, and what is wrong."""


def require_consistent(measure: Measure) -> None:
    """Refuses a measure that does not hold together, with all that is wrong with it."""
    if wrong := list(faults(measure)):
        raise IncompleteError(f"{measure.name}: {'; '.join(wrong)}.")


def faults(measure: Measure) -> Iterator[str]:
    """Returns in words what does not hold together in a measure; nothing where all does."""
    yield from _named_once(measure)
    yield from _wording(measure)
    yield from _ranges(measure)
    yield from _banded(measure)


def _named_once(measure: Measure) -> Iterator[str]:
    keys = [part.key for part in measure.parts]
    for kind, named in (("part", keys), ("item", [item.key for item in measure.items])):
        yield from (f"{kind} {key} is declared {many} times" for key, many in Counter(named).items() if many > 1)
    yield from (f"item {item.key} counts in no part" for item in measure.items if item.part not in keys)
    if TOTAL in keys:
        yield f"a part is called {TOTAL}"
    if not measure.parts or not measure.informants:
        yield "it has no part, or nobody answers it"
    if len(measure.informants) > 1:
        yield "several kinds of people answer it, whose scores would be laid together"
    if measure.total:
        absent = [key for key in measure.total.parts if key not in keys]
        yield from (f"the total counts part {key}, which is not there" for key in absent)
        counted = [part for part in measure.parts if part.key in measure.total.parts]
        if any(part.is_difficulty != measure.total.is_difficulty for part in counted):
            yield "the total adds up what is better and what is worse"


def _wording(measure: Measure) -> Iterator[str]:
    words = [item.words for item in measure.items]
    words += [answer.words for answer in measure.scale.answers] if measure.scale else []
    if measure.items:
        words.append(measure.instructions)
    if any(one is not None and not one.strip() for one in words):
        yield "words are empty"
    if len({one is None for one in words}) > 1:
        yield "some words are there and some are to be loaded"
    if any(words) and not measure.licence.may_show:
        yield "words are there that the licence does not let us show"
    if measure.items and not measure.licence.may_screen:
        yield "items are there that the licence does not let anybody answer on a screen"


def _ranges(measure: Measure) -> Iterator[str]:
    scale = measure.scale
    if bool(scale) != bool(measure.items):
        yield "items need a scale, and a scale items"
    if scale:
        if list(scale.values) != list(range(scale.least, scale.most + 1)) or scale.least == scale.most:
            yield "the values of the scale do not rise by one"
        for part in measure.parts:
            many = len(measure.items_of(part.key))
            if (many * scale.least, many * scale.most) != (part.least, part.most) or not many:
                yield f"the {many} items of part {part.key} do not give {part.least} to {part.most}"
            if measure.missing.at_most and measure.missing.at_most >= many:
                yield f"all of part {part.key} may be missing"
    if total := measure.total:
        parts = [part for part in measure.parts if part.key in total.parts]
        if (sum(part.least for part in parts), sum(part.most for part in parts)) != (total.least, total.most):
            yield f"the parts of the total do not give {total.least} to {total.most}"


def _banded(measure: Measure) -> Iterator[str]:
    ranges = {part.key: (part.least, part.most) for part in measure.parts}
    if measure.total:
        ranges[TOTAL] = (measure.total.least, measure.total.most)
    if measure.bands and measure.missing.at_most:
        yield "bands need whole scores, and a part that is scaled up may have none"
    for table in measure.bands:
        if table.informant not in measure.informants:
            yield f"bands are for {table.informant}, who does not answer"
        for key, bands in table.of:
            covered = sorted(value for band in bands for value in range(band.least, band.most + 1))
            least, most = ranges.get(key, (0, -1))
            if not covered or covered != list(range(least, most + 1)):
                yield f"bands of {key} leave scores out or name them twice"
