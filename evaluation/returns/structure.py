"""What a list of questions to a hub is: parts, questions, and where the answer to each comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class OfFigure:
    """Answered by a figure of the hub's year, by its key (`figures.catalogue`)."""

    key: str


@dataclass(frozen=True)
class OfTerms:
    """Answered by a figure in each of the three terms, by its key."""

    key: str


@dataclass(frozen=True)
class OfTable:
    """Answered by the rows of a table of the hub's year, by its key; of all its columns, or of those named."""

    key: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """Answered by the hub in words of its own, as many as the limit at most."""

    limit: int


@dataclass(frozen=True)
class NotHeld:
    """Not answered here; `why` says why not."""

    why: str


AnswerFrom = OfFigure | OfTerms | OfTable | Written | NotHeld


@dataclass(frozen=True)
class Question:
    """
    One question: its name in addresses, its words, and where its answer comes from.

    `known_from` are the documents that ask it, each in words with its year and address. `reading` says what of it is
    our own reading, where a document names the matter and its wording, unit or limit could not be read.
    """

    id: str
    words: str
    answer: AnswerFrom
    unit: str = ""
    known_from: tuple[str, ...] = ()
    reading: str = ""


@dataclass(frozen=True)
class Part:
    """Questions that belong together; `key` is short, as a sheet of a workbook is named."""

    key: str
    title: str
    questions: tuple[Question, ...]
    note: str = ""


@dataclass(frozen=True)
class Return:
    """
    A list of questions under one version, good for the academic years from `first_year` on until a newer one begins.

    A changed question is a new version: what a hub wrote keeps the version it was written to. An id keeps its meaning.
    """

    key: str
    name: str
    version: int
    first_year: int
    source: str
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        """Refuses a list that does not hold together."""
        ids = [question.id for question in self.questions()]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.key}: a question stands in it twice")
        for question in self.questions():
            if not _ID.fullmatch(question.id):
                raise ValueError(f"{self.key}: {question.id!r} cannot stand in an address")
            if not (question.known_from or question.reading):
                raise ValueError(f"{self.key}: nobody says where {question.id!r} is from")
            if isinstance(question.answer, Written) and not 1 <= question.answer.limit <= MOST_WORDS:
                raise ValueError(f"{self.key}: {question.id!r} has no limit that can be kept")

    def questions(self) -> Iterator[Question]:
        """Yields every question in its order."""
        for part in self.parts:
            yield from part.questions

    def written(self) -> dict[str, "Question"]:
        """Returns the questions that a hub answers in words, by id."""
        return {one.id: one for one in self.questions() if isinstance(one.answer, Written)}


# a longer answer would be a paper of its own
MOST_WORDS = 500
