"""What a hub says itself in its reports: a section of its words, as they stand when the report is counted."""

from collections.abc import Iterator, Sequence

from evaluation.queries.words import standing_words
from evaluation.reports.declaration import Line, Section
from evaluation.returns.report_words import REPORT_WORDS
from evaluation.returns.shipped import part_of_year
from evaluation.returns.structure import Part
from inharmony.accounts.models import User
from programmes.models import Programme

TITLE = "In our own words"
WHOSE = "Written by {}. Everything else in this report is counted."
# what fits the summary beside a photo; what is longer stands with the other words
MOST_PARAGRAPHS, MOST_LETTERS = 5, 1600


def own_words(
    programme: Programme, year: int, part: Part, user: User | None, *, has_opening: bool = False
) -> Iterator[Section]:
    """
    Yields the section of the hub's words on the questions of a part; nothing where it wrote none. One statement.

    With an opening the first answer stands in the summary, and the section holds the others.
    """
    standing = standing_words(programme, year, REPORT_WORDS.key, user)
    asked = part_of_year(REPORT_WORDS.key, part, year)
    lines = tuple(
        Line(one.words, tuple(_paragraphs(standing[one.id].words))) for one in asked.questions if one.id in standing
    )
    whose = WHOSE.format(programme.short_name)
    if has_opening and lines and _fits(lines[0].words):
        first, *rest = lines
        yield Section(first.title, whose, (), paragraphs=first.words, is_summary=True)
        lines = tuple(rest)
    if lines:
        yield Section(TITLE, whose, (), lines)


def _fits(paragraphs: Sequence[str]) -> bool:
    return len(paragraphs) <= MOST_PARAGRAPHS and sum(map(len, paragraphs)) <= MOST_LETTERS


def _paragraphs(words: str) -> list[str]:
    return [part for part in map(str.strip, words.split("\n\n")) if part]
