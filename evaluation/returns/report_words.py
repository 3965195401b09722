"""
What a hub says in words of its own in its annual reports, first version: beside the figures, never instead of them.

Nobody prescribes these questions. They are ours: what readers of such reports ask first, and numbers do not tell.
"""

from evaluation.returns.structure import Part, Question, Return, Written

FOREWORD, WORKED, OTHERWISE, NEXT = 150, 200, 200, 150
READING = "Ours: nobody prescribes what a hub says in its annual report."


def _asked(key: str, words: str, limit: int) -> Question:
    return Question(key, words, Written(limit), "words", (), READING)


PARTICIPATION = Part(
    "Participation",
    "In the participation report",
    (
        _asked("foreword", "Foreword", FOREWORD),
        _asked("highlights", "What we are proud of this year", WORKED),
        _asked("hindered", "What was harder than we thought", OTHERWISE),
    ),
    "They stand before the figures. What is left out is not in the report.",
)
IMPACT = Part(
    "Impact",
    "In the impact report",
    (
        _asked("what-we-see", "What we see in these answers", WORKED),
        _asked("learned", "What we learned", OTHERWISE),
        _asked("next", "What we do next", NEXT),
    ),
    "They stand before the answers, marked as the hub’s view.",
)
# by the report they stand in
OF_REPORT = {"participation": PARTICIPATION, "impact": IMPACT}
REPORT_WORDS = Return(
    "report-words",
    "Words in the annual reports",
    1,
    2009,
    "What the hub says itself in its participation and impact reports, beside figures that are counted.",
    (PARTICIPATION, IMPACT),
)
