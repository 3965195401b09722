"""
The theory of change, as far as it could be read: what In Harmony gives, what that rests on, what is hoped to follow.

In our words, from the summaries and headings of the national evaluation; the model that its appendix A3 draws could not
be read. It is what the programme expects, and not what was found: that is the published studies'.
"""

from dataclasses import dataclass

from programmes.record import sources


@dataclass(frozen=True)
class Step:
    """One step of the theory: what it is about, what it says, and who says so."""

    title: str
    says: tuple[str, ...]
    source: str


GIVEN = Step(
    "What children are given",
    (
        "music that is regular, intensive and immersive, in the school day and beyond it",
        "an instrument of their own, and professional players beside their teachers",
        "a part of their own in an ensemble or orchestra",
        "performing in which everybody takes part",
    ),
    f"{sources.NFER_FINAL}; {sources.NFER_YEAR_1}",
)
RESTS_ON = Step(
    "What that rests on",
    (
        "the commitment of the whole school",
        "music educators who can do many things",
        "intensity, motivation and quality",
    ),
    f"{sources.NFER_FINAL}; {sources.NFER_YEAR_1}",
)
GROWS = Step(
    "What is hoped to grow in a child",
    ("listening and concentration", "perseverance", "self-esteem and resilience"),
    sources.NFER_YEAR_1,
)
FOLLOWS = Step(
    "What is hoped to follow",
    ("outcomes for children, their school, their families and the place they live in: the eight indicators below",),
    sources.NFER_YEAR_1_TEXT,
)
THEORY = (GIVEN, RESTS_ON, GROWS, FOLLOWS)
VERDICT = Step(
    "What had been shown by 2018",
    (
        "Evidence was strongest for wellbeing, learning skills, parents’ engagement and musical skills.",
        "For attainment of whole schools none was clear, so no page of the portal words attainment as an effect.",
    ),
    sources.TENDER,
)
