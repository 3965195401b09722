"""What was read of a class list: values between file and database."""

from dataclasses import dataclass, field
from typing import Any

from inharmony.spreadsheets import Sheet
from participants.imports.roster.columns import Column
from participants.imports.roster.problem import Problem

Fields = dict[str, Any]


@dataclass(slots=True)
class ParsedRow:
    """One child as the file has it. `fields` holds clean values by field name, blank ones left out.

    `names` and `texts` hold what was sent, None for a blank cell; the names are the same for every row, and a list has
    up to 100,000 rows. `same_as` is the row this one says the same as, if any.
    """

    row: int
    fields: Fields
    names: tuple[str, ...] = ()
    texts: tuple[str | None, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    same_as: int | None = None

    @property
    def cells(self) -> dict[str, str]:
        """Returns what was sent, by field name, blank cells left out."""
        return {name: text for name, text in zip(self.names, self.texts, strict=True) if text is not None}

    @property
    def is_refused(self) -> bool:
        """Whether the row cannot go in as it stands."""
        return any(problem.refused for problem in self.problems)


@dataclass
class ParsedRoster:
    """A whole sheet: where its headings are, what became of each column, and its rows.

    `heading_row` is 0 for a list without headings. `asks` names the yes-or-no fields of which somebody has to say what
    a blank cell means; until then it means nothing. `kept` is the sheet as it may be stored: without the cells that
    the portal must not hold.
    """

    heading_row: int
    mapped: dict[str, str]
    dropped: list[str]
    ignored: list[str]
    rows: list[ParsedRow]
    problems: list[Problem]
    columns: list[Column]
    asks: list[str]
    kept: Sheet

    def all_problems(self) -> list[Problem]:
        """Returns the problems of the sheet and of its rows, in the sheet's order."""
        return sorted((*self.problems, *(p for row in self.rows for p in row.problems)), key=lambda p: p.row)
