"""
Invented programmes of which the truth is known: schools that differ, children who answer twice, once or never.

What the analyses say of thousands of them is held against that truth (`tests/prove/coverage.py`, and a few in the suite).
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from outcomes.analysis.change import Pair, matched_change
from outcomes.analysis.difference import SchoolRow, difference_in_differences
from outcomes.analysis.evidence import Direction
from outcomes.analysis.hours import STEP, Received, hours_against_outcome

Chance = np.random.Generator
CHANGES = (0.0, -2.0, 0.0, 0.5, 0.0, 3.0)  # half of the programmes change by nothing


@dataclass
class Tally:
    """How many programmes were analysed, of how many the interval held the truth, and what was said where none was."""

    programmes: int = 0
    covered: int = 0
    still: int = 0
    still_called_changed: int = 0

    def add(self, found, truth: float) -> None:
        self.programmes += 1
        self.covered += found.interval.low <= truth <= found.interval.high
        self.still += truth == 0
        self.still_called_changed += truth == 0 and found.direction is not Direction.UNCLEAR

    @property
    def coverage(self) -> float:
        return self.covered / self.programmes

    @property
    def alarms(self) -> float:
        return self.still_called_changed / self.still


def answers(chance: Chance, truth: float) -> list[Pair]:
    """
    Returns the answers of a programme whose children change by `truth` on average, schools by more or less.

    Three to fourteen schools of 8 to 70 children; whole points; a quarter of the children is away each time.
    """
    pairs = []
    for school in range(chance.integers(3, 15)):
        children = int(chance.integers(8, 71))
        level, shift = chance.normal(45, 3), chance.normal(truth, 1.5)
        before = level + chance.normal(0, 6, children)
        after = before + shift + chance.normal(0, 5, children)
        # rounded at a place drawn by chance, so that rounding shifts no mean
        points = np.floor(np.column_stack([before, after]) + chance.random((children, 2)))
        here = chance.random((children, 2)) < 0.75
        pairs += [
            Pair(school, *(float(value) if is_here else None for value, is_here in zip(*row, strict=True)))
            for row in zip(points, here, strict=True)
        ]
    return pairs


def schools(chance: Chance, truth: float) -> list[SchoolRow]:
    """Returns schools with a share of pupils before and after; those that take part move by `truth` more on average."""
    rows = []
    for takes_part, many in ((True, chance.integers(5, 13)), (False, chance.integers(6, 21))):
        for n in range(many):
            before = chance.normal(55, 12)
            after = before + chance.normal(4 + truth * takes_part, 8)
            rows.append(SchoolRow(f"{takes_part} {n}", takes_part, before, after))
    return rows


def hours(chance: Chance, truth: float) -> list[Received]:
    """
    Returns children whose change grows by `truth` points for each ten hours on average, in schools by more or less.

    Four to fourteen schools of 8 to 70 children of four year groups; schools with more hours change by more or less too.
    """
    rows = []
    years = dict(zip("3456", chance.normal(0, 2, 4), strict=True))
    for school in range(chance.integers(4, 15)):
        usual, shift, slope = chance.uniform(15, 60), chance.normal(0, 2), chance.normal(truth, 0.5) / STEP
        for _ in range(chance.integers(8, 71)):
            year = str(chance.choice(list(years)))
            received = max(0.0, usual + chance.normal(0, 12))
            grown = shift + years[year] + slope * received + chance.normal(0, 5)
            rows.append(Received(school, year, round(received, 2), grown))
    return rows


def coverage(seed: int, programmes: int) -> tuple[dict[str, Tally], Counter[str]]:
    """Returns what each analysis found of that many programmes, by its name, and how often each change was said."""
    chance = np.random.default_rng(seed)
    change, difference, slope, said = Tally(), Tally(), Tally(), Counter[str]()
    for n in range(programmes):
        truth = CHANGES[n % len(CHANGES)]
        of_children = matched_change(answers(chance, truth), what="Wellbeing")
        change.add(of_children, truth)
        difference.add(
            difference_in_differences(schools(chance, truth * 3), what="Attendance", seed=seed + n), truth * 3
        )
        slope.add(hours_against_outcome(hours(chance, truth), what="Wellbeing"), truth)
        said[of_children.direction.value] += 1
    return {"matched change": change, "difference in differences": difference, "hours received": slope}, said
