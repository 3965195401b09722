"""What is evaluated, with which measures: the indicators as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from outcomes.indicators import INDICATORS, Described, described
from outcomes.measures.structure import TOTAL, Bands, Measure, Part


@dataclass(frozen=True)
class Evaluated:
    """An indicator, and the measures that feed it."""

    described: Described
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class MeasureLine:
    """A measure in the list of all: whether it can be asked, in words with the kind of their tag, and what it feeds."""

    measure: Measure
    state: str
    kind: str
    feeds: tuple[str, ...]

    @property
    def informants(self) -> str:
        """Who answers: "school staff, family or child"."""
        return who_answers(self.measure)


@dataclass(frozen=True)
class PartLine:
    """A part of a measure as its page shows it: how many items, what it feeds, and what must be known of it."""

    part: Part
    items: int
    feeds: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class BandLine:
    """The bands of one part, or of the total: each with its range."""

    title: str
    ranges: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class BandTable:
    """A published table of bands."""

    bands: Bands
    lines: tuple[BandLine, ...]


def evaluated(measures: Iterable[Measure]) -> list[Evaluated]:
    """Returns the eight indicators in their order, each with those of the measures that feed it."""
    given = tuple(measures)
    return [Evaluated(one, tuple(each for each in given if one.indicator in each.feeds)) for one in INDICATORS]


def line_of(measure: Measure) -> MeasureLine:
    """Returns a measure as it stands in the list."""
    feeds = tuple(described(indicator).title for indicator in measure.feeds)
    if measure.is_scores_only:
        return MeasureLine(measure, "Scores only", "calm", feeds)
    if measure.awaits_wording:
        return MeasureLine(measure, "Words not loaded", "warn", feeds)
    return MeasureLine(measure, "Can be asked", "ok", feeds)


def who_answers(measure: Measure) -> str:
    """Returns who answers a measure, in words: "school staff, family or child"."""
    names = [str(informant) for informant in measure.informants]
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def parts_of(measure: Measure) -> list[PartLine]:
    """Returns the parts of a measure, in their order."""
    return [
        PartLine(
            part,
            len(measure.items_of(part.key)),
            described(part.feeds).title if part.feeds else "Nothing: it is a check on the answers",
            tuple(_notes(part)),
        )
        for part in measure.parts
    ]


def _notes(part: Part) -> Iterable[str]:
    if part.is_difficulty:
        yield "More is worse. A high score of one child is a matter of safeguarding, not of a chart."
    for care in part.care:
        yield f"{span(care.least, care.most)}: {care.words}"
    if part.unconfirmed:
        yield part.unconfirmed


def span(least: int, most: int) -> str:
    """Returns "3 to 15", or "3" for one score alone."""
    return str(least) if least == most else f"{least} to {most}"


def bands_of(measure: Measure) -> list[BandTable]:
    """Returns the tables of bands of a measure, each with its parts in its own order."""
    titles = {part.key: part.title for part in measure.parts} | {TOTAL: "Total"}
    return [
        BandTable(
            table,
            tuple(
                BandLine(titles[key], tuple((band.words, span(band.least, band.most)) for band in bands))
                for key, bands in table.of
            ),
        )
        for table in measure.bands
    ]


def scoring_of(measure: Measure) -> list[str]:
    """Returns how a measure is scored, as sentences."""
    if measure.is_scores_only:
        said = ["A person scores the publisher’s form by its own manual and keys the score of each part."]
    else:
        said = ["The answers of a part are added up."]
        if any(item.is_reversed for item in measure.items):
            said.append("An item whose words say the contrary counts the other way round.")
    said.append(_total_of(measure))
    if measure.is_scores_only:
        return [*said, "A part without a score is left empty; a form that lacks one the total counts is in no number."]
    if not measure.missing.at_most:
        return [*said, measure.missing.source]
    return [*said, measure.missing.source, "What is missing beyond that leaves the part without a score."]


def _total_of(measure: Measure) -> str:
    if measure.total is None:
        return "There is no total: the parts are about different things."
    titles = [measure.part(key).title.lower() for key in measure.total.parts]
    named = f"{', '.join(titles[:-1])} and {titles[-1]}"
    worse = " More is worse." if measure.total.is_difficulty else ""
    return f"The total, {span(measure.total.least, measure.total.most)}, is the sum of {named}.{worse}"
