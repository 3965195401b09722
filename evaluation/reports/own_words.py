"""What a hub says itself in its reports: a section of its words, as they stand when the report is counted."""

from collections.abc import Iterator

from evaluation.queries.words import standing_words
from evaluation.reports.declaration import Line, Section
from evaluation.returns.report_words import REPORT_WORDS
from evaluation.returns.shipped import part_of_year
from evaluation.returns.structure import Part
from inharmony.accounts.models import User
from programmes.models import Programme

TITLE = "In our own words"
WHOSE = "Written by {}. Everything else in this report is counted."


def own_words(programme: Programme, year: int, part: Part, user: User | None) -> Iterator[Section]:
    """Yields the section of the hub's words on the questions of a part; nothing where it wrote none. One statement."""
    standing = standing_words(programme, year, REPORT_WORDS.key, user)
    asked = part_of_year(REPORT_WORDS.key, part, year)
    lines = tuple(
        Line(one.words, tuple(_paragraphs(standing[one.id].words))) for one in asked.questions if one.id in standing
    )
    if lines:
        yield Section(TITLE, WHOSE.format(programme.short_name), (), lines)


def _paragraphs(words: str) -> list[str]:
    return [part for part in map(str.strip, words.split("\n\n")) if part]
