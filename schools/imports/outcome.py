"""What became of a published file: counts, and a message for every cell that could not be taken."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from schools.actions.staging import Kept

# A wrong file has a problem in every row; the first thousand tell the story.
PROBLEMS_KEPT = 1_000


@dataclass(frozen=True)
class Problem:
    """A cell not taken: `row` as the spreadsheet program shows it; `refused` when the whole row was left out."""

    row: int
    column: str
    value: str
    message: str
    refused: bool


@dataclass
class Outcome:
    """Counts of rows of one noun (`rows` is new + changed + unchanged + refused), and the problems met."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    ignored_columns: Sequence[str] = ()
    noun: str = ""

    def note(self, problem: Problem) -> None:
        """Counts a refusal and keeps the message, up to PROBLEMS_KEPT."""
        self.refused += problem.refused
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)

    def with_kept(self, kept: Kept) -> "Outcome":
        """Returns itself with the counts of what was written."""
        self.new, self.changed, self.unchanged = kept.new, kept.changed, kept.unchanged
        return self

    def more_words(self) -> Sequence[str]:
        """Returns what there is to tell beside the counts."""
        return ()

    def as_json(self) -> dict[str, Any]:
        """Returns the outcome in the shape that `--json` prints."""
        return {name: value for name, value in asdict(self).items() if name != "noun"}
