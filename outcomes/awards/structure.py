"""
What an award is: the board that gives it, its grades, how it is marked, and which level each grade stands for.

Awards are declared, not entered: a mark is checked against the board's own maximum, and its result follows from it.
"""

from dataclasses import dataclass

from django.db import models

from programmes.models import Ensemble

# Entry, Foundation, Intermediate, Advanced: those of A Common Approach, by which ensembles are ordered too
Level = Ensemble.Level


class Result(models.TextChoices):
    """What came of it, the best first."""

    DISTINCTION = "distinction", "Distinction"
    MERIT = "merit", "Merit"
    EXCELLENT = "excellent", "Excellent"
    PASS = "pass", "Pass"
    ACHIEVED = "achieved", "Achieved"
    WORKING = "working", "Working towards"
    BELOW = "below", "Below pass"

    @property
    def is_passed(self) -> bool:
        """Whether the award was reached."""
        return self not in (Result.WORKING, Result.BELOW)


class MarkRefusedError(Exception):
    """A mark that the board does not give; the text says which it gives."""


@dataclass(frozen=True)
class Marks:
    """How a board marks: the most it gives, and from which mark on each result is reached, the least first."""

    most: int
    reached_from: tuple[tuple[int, Result], ...]

    def result(self, mark: int) -> Result:
        """Returns the result of a mark; raises MarkRefusedError for one outside the board's range."""
        if not 0 <= mark <= self.most:
            raise MarkRefusedError(f"Marks are whole numbers from 0 to {self.most}. Look at the certificate.")
        reached = [result for least, result in self.reached_from if mark >= least]
        return reached[-1] if reached else Result.BELOW

    @property
    def words(self) -> str:
        """Returns "out of 150: pass from 100, merit from 120, distinction from 130"."""
        steps = ", ".join(f"{str(result.label).lower()} from {least}" for least, result in self.reached_from)
        return f"out of {self.most}: {steps}"


@dataclass(frozen=True)
class Grade:
    """One grade, and the level it stands for; None where no source in print puts it on one."""

    key: str
    title: str
    level: Level | None


@dataclass(frozen=True)
class Syllabus:
    """
    What a board examines in one way: its grades in their order, and how they are marked.

    Without `marks` the result is told, one of `results`. `of_instrument` says whether it is taken on an instrument.
    """

    board: str
    board_title: str
    key: str
    title: str
    grades: tuple[Grade, ...]
    source: str
    marks: Marks | None = None
    results: tuple[Result, ...] = ()
    of_instrument: bool = True
    note: str = ""

    @property
    def name(self) -> str:
        """Returns "ABRSM practical"."""
        return f"{self.board_title} {self.title}".strip()


@dataclass(frozen=True)
class AwardKind:
    """One award that can be recorded: a grade of a syllabus."""

    syllabus: Syllabus
    grade: Grade

    @property
    def key(self) -> str:
        """Returns "abrsm.practical.3": what stands in addresses and forms."""
        return f"{self.syllabus.board}.{self.syllabus.key}.{self.grade.key}"

    @property
    def title(self) -> str:
        """Returns "ABRSM practical, Grade 3"."""
        return f"{self.syllabus.name}, {self.grade.title}"

    @property
    def results(self) -> tuple[Result, ...]:
        """Returns the results it can have, the best first."""
        if self.syllabus.marks is None:
            return self.syllabus.results
        return (*(result for _, result in reversed(self.syllabus.marks.reached_from)), Result.BELOW)
