"""By what children are told apart: fixed sets of categories, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from participants.models import Child
from participants.models.enrolment import YearGroup
from programmes.instruments import FAMILIES

# what stands in a category's place where nobody has said it
NOT_GIVEN = "none"


@dataclass(frozen=True)
class Dimension:
    """
    One characteristic of a child: `categories` by key, with their words, in order.

    `is_sensitive`: special category data or treated like it; of a hub none and all of these are hidden too. `coarser`
    is the dimension taken in its place where this one cannot be protected; `groups` says which category of that one
    each of these belongs to.
    """

    key: str
    # as it stands after "by"
    title: str
    heading: str
    categories: Mapping[str, str]
    is_sensitive: bool = False
    coarser: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)


# National Curriculum key stages (Department for Education); the early years before them
STAGE_OF = {
    **dict.fromkeys(("N1", "N2", "R"), "early"),
    **dict.fromkeys(("1", "2"), "ks1"),
    **dict.fromkeys(("3", "4", "5", "6"), "ks2"),
    **dict.fromkeys(("7", "8", "9"), "ks3"),
    **dict.fromkeys(("10", "11"), "ks4"),
    **dict.fromkeys(("12", "13", "14"), "ks5"),
    "X": "X",
    NOT_GIVEN: NOT_GIVEN,
}
# of the department's main codes, by their first letters; WROM and WIRT stay with White, as the department groups them
ETHNIC_GROUP_OF = {
    **dict.fromkeys(("WBRI", "WIRI", "WIRT", "WROM", "WOTH"), "white"),
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), "mixed"),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "CHNE"), "asian"),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), "black"),
    "OOTH": "other",
    "REFU": "refused",
}
FAMILY_OF = {
    instrument.value: family.lower().replace(" ", "_") for family, members in FAMILIES.items() for instrument in members
}
FIFTH_OF = {str(decile): f"fifth_{(decile + 1) // 2}" for decile in range(1, 11)} | {NOT_GIVEN: NOT_GIVEN}

_YES_NO = {"yes": "Yes", "no": "No", NOT_GIVEN: "Not known"}

YEAR_GROUP = Dimension(
    "year_group",
    "year group",
    "Year group",
    {**{group.value: str(group.label) for group in YearGroup}, NOT_GIVEN: "Year group not given"},
    coarser="key_stage",
    groups=STAGE_OF,
)
KEY_STAGE = Dimension(
    "key_stage",
    "key stage",
    "Key stage",
    {
        "early": "Early years",
        "ks1": "Key stage 1 (Years 1 and 2)",
        "ks2": "Key stage 2 (Years 3 to 6)",
        "ks3": "Key stage 3 (Years 7 to 9)",
        "ks4": "Key stage 4 (Years 10 and 11)",
        "ks5": "Key stage 5 (Years 12 to 14)",
        "X": "No year group",
        NOT_GIVEN: "Year group not given",
    },
)
SEX = Dimension("sex", "sex", "Sex", {"F": "Girls", "M": "Boys", NOT_GIVEN: "Not known"})
PUPIL_PREMIUM = Dimension("pupil_premium", "Pupil Premium", "Pupil Premium", _YES_NO, is_sensitive=True)
SEN = Dimension(
    "sen",
    "special educational needs",
    "Special educational needs",
    {
        Child.Sen.NONE.value: "None",
        Child.Sen.SUPPORT.value: "SEN support",
        Child.Sen.PLAN.value: "Education, health and care plan",
        NOT_GIVEN: "Not known",
    },
    is_sensitive=True,
)
EAL = Dimension(
    "eal", "English as an additional language", "English as an additional language", _YES_NO, is_sensitive=True
)
ETHNICITY = Dimension(
    "ethnicity",
    "ethnic group",
    "Ethnic group",
    {
        "white": "White",
        "mixed": "Mixed",
        "asian": "Asian",
        "black": "Black",
        "other": "Any other ethnic group",
        "refused": "Refused",
        NOT_GIVEN: "Not known",
    },
    is_sensitive=True,
)
DEPRIVATION = Dimension(
    "deprivation",
    "deprivation of the home",
    "Tenth of England by deprivation of the home area",
    {
        "1": "1, the most deprived",
        **{str(decile): str(decile) for decile in range(2, 10)},
        "10": "10, the least deprived",
        NOT_GIVEN: "Not known",
    },
    is_sensitive=True,
    coarser="deprivation_fifth",
    groups=FIFTH_OF,
)
DEPRIVATION_FIFTH = Dimension(
    "deprivation_fifth",
    "deprivation of the home, in fifths",
    "Fifth of England by deprivation of the home area",
    {
        "fifth_1": "1, the most deprived",
        "fifth_2": "2",
        "fifth_3": "3",
        "fifth_4": "4",
        "fifth_5": "5, the least deprived",
        NOT_GIVEN: "Not known",
    },
    is_sensitive=True,
)
INSTRUMENT = Dimension(
    "instrument",
    "instrument",
    "Family of the instrument",
    {**{FAMILY_OF[members[0].value]: family for family, members in FAMILIES.items()}, NOT_GIVEN: "None yet"},
)
JOINING = Dimension(
    "joining",
    "how long they have come",
    "Came before",
    {"new": "New this year", "returning": "Came in an earlier year"},
)
LEAVING = Dimension(
    "leaving", "leaving", "Enrolment", {"left": "Left in the period", "stays": "Did not leave in the period"}
)

DIMENSIONS: Mapping[str, Dimension] = {
    dimension.key: dimension
    for dimension in (
        YEAR_GROUP,
        KEY_STAGE,
        SEX,
        PUPIL_PREMIUM,
        SEN,
        EAL,
        ETHNICITY,
        DEPRIVATION,
        DEPRIVATION_FIFTH,
        INSTRUMENT,
        JOINING,
        LEAVING,
    )
}
