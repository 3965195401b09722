"""
The form at the end of a year, first version: achievements, and words on each indicator that had a target.

In Harmony's own activity report, its milestones and its word limits were not found. The shape is that of an older
year-end report of National Portfolio Organisations; what stands beside the words is read from targets and agreements.
"""

from evaluation.returns import documents as known
from evaluation.returns.structure import Part, Question, Return, Written
from outcomes.indicators import INDICATORS

ACHIEVEMENTS, ACHIEVEMENT, REACHED, COMMENT = 5, 100, 200, 300
FORM = (known.YEAR_END_REPORT,)
READING = "That form asks it of each goal of the organisation; goals are read as the eight indicators."


def reached(indicator: str) -> str:
    """Returns the id of the question what was reached on an indicator."""
    return f"reached-{indicator}"


def comment(indicator: str) -> str:
    """Returns the id of the comment on an indicator, which may be left out."""
    return f"comment-{indicator}"


HEADLINES = Part(
    "Achievements",
    "Headline achievements",
    tuple(
        Question(f"achievement-{number}", f"Headline achievement {number}", Written(ACHIEVEMENT), "words", FORM)
        for number in range(1, ACHIEVEMENTS + 1)
    ),
    f"Up to {ACHIEVEMENTS}, of {ACHIEVEMENT} words each.",
)
AGAINST_TARGETS = Part(
    "Targets",
    "What was reached",
    tuple(
        question
        for one in INDICATORS
        for question in (
            Question(reached(one.key), f"{one.title}: what was reached", Written(REACHED), "words", FORM, READING),
            Question(comment(one.key), f"{one.title}: comment", Written(COMMENT), "words", FORM, READING),
        )
    ),
    f"Of each indicator with a target: what was reached, in {REACHED} words, and a comment of {COMMENT} if you wish.",
)

YEAR_END = Return(
    "year-end",
    "Year-end form",
    1,
    2009,
    "A generic form: In Harmony’s own was not found. Its shape and its word limits are those of an older year-end "
    "report of National Portfolio Organisations; that instalments are paid on conditions is known of "
    f"the Arts Council’s grants in general ({known.PAYMENT_CONDITIONS}).",
    (HEADLINES, AGAINST_TARGETS),
)
