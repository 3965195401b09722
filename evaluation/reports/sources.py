"""What a report is made of, a sentence each: whoever doubts a number knows where to look."""

from collections.abc import Iterable, Iterator

from evaluation.figures.cells import Source
from evaluation.figures.said import Said
from evaluation.menu.tables import answers_to, change_of
from outcomes.indicators import SOURCE as OF_INDICATORS
from outcomes.measures.shipped import NEWEST
from outcomes.measures.structure import TOTAL, Measure
from outcomes.theory import VERDICT
from schools.models import School
from schools.queries.context import published_by, published_contexts

REGISTERS = "Children, attendance and hours: the registers that {} took, and its class lists."
RECORD = "Sessions, ensembles, partner schools and income: what {} wrote down of itself."
WORDS = "In the hub’s own words: written by {}, counted by nobody."
OF_ROLL = "Whole schools: {}."
RELEASE = "{}: protected figures of the programmes’ registers, class lists and records."
EARLIER = "Through the years: {}."
OPERATIONS = "Sessions, hours and partner schools that are called live: operational counts of the programmes."
EVALUATIONS = (
    f"The eight indicators: {OF_INDICATORS}.",
    f"What had been shown by 2018: {VERDICT.source}.",
)
AWARDS = "Grades and medals: results of the boards, as the office recorded them. Levels: A Common Approach, Music Mark."
# whether or not there are any: one that is taken back changes nothing else
STORIES = "Quotations and case studies, where there are any: shared by {}, with consent."


def of_a_hub(whose: str, *, has_words: bool) -> Iterator[str]:
    """Yields what a hub's own figures are made of, and its words where there are any."""
    yield REGISTERS.format(whose)
    yield RECORD.format(whose)
    if has_words:
        yield WORDS.format(whose)


def of_whole_schools(published: Iterable[str]) -> Iterator[str]:
    """Yields each source of published numbers of whole schools."""
    return map(OF_ROLL.format, published)


def rolls_of(schools: Iterable[School], year: int) -> tuple[str, ...]:
    """Returns who published the last roll of each school up to an academic year; one statement."""
    found = published_contexts([school.pk for school in schools])
    last = (
        next((one for one in contexts if one.year.pk <= year and one.roll is not None), None)
        for contexts in found.values()
    )
    return published_by(one for one in last if one is not None)


def of_measures(measures: Iterable[Measure]) -> Iterator[str]:
    """Yields each measure that was answered with its version, who wrote it, and its licence; each once."""
    for measure in {(one.key, one.version): one for one in measures}.values():
        yield f"{measure.title}, version {measure.version}: {measure.source}. {measure.licence.words}"


def measures_in(said: Iterable[Said]) -> list[Measure]:
    """Returns the measures that analyses of a hub are of, in their order."""
    return [one.measure for one in said]


def measures_of(source: Source) -> list[Measure]:
    """Returns the measures that a release has a table of."""
    return [
        measure
        for measure in NEWEST.values()
        if any(
            source.of(of(measure.key, part))
            for of in (change_of, answers_to)
            for part in (*(one.key for one in measure.parts), TOTAL)
        )
    ]
