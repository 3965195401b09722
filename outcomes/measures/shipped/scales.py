"""Answers that measures of the project's own share, in words of the project's own."""

from outcomes.measures.structure import Answer, Missing, Scale

# Amounts and not faces: a sad face beside "Not true" would mean the contrary where the statement is a sad one.
HOW_TRUE = Scale(
    (
        Answer(1, "Not true", "notes-none"),
        Answer(2, "A bit true", "notes-one"),
        Answer(3, "Mostly true", "notes-two"),
        Answer(4, "Very true", "notes-three"),
    )
)
AGREEMENT = Scale(
    (
        Answer(1, "Disagree strongly"),
        Answer(2, "Disagree"),
        Answer(3, "Neither agree nor disagree"),
        Answer(4, "Agree"),
        Answer(5, "Agree strongly"),
    )
)
ONE_A_PART = Missing(
    1, "In Harmony’s own rule: one answer of a part may be missing; it counts as the mean of the rest."
)
NO_NORMS = "None: it is In Harmony’s own and was asked nowhere else, so its scores compare with each other only."
