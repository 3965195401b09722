"""
The Stirling Children's Wellbeing Scale: structure and scoring; an operator loads its words (free, not to be altered).

Fifteen items in their printed order, five answers. Twelve make the total of 12 to 60, in two subscales of 6 to 30; the
items printed 2nd, 7th and 13th ask whether a child answers to please, and make a check of 3 to 15 that stays out of the
total. All are worded for wellbeing, none against it. There are no clinical bands. Liddle and Carter publish norms of
the Stirling area; what half of them scored was not confirmed in print and is left out.
"""

from outcomes.measures.structure import (
    COMPLETE,
    UNCONFIRMED,
    Answer,
    Care,
    Informant,
    Item,
    Licence,
    Measure,
    Part,
    Scale,
    Total,
)
from programmes.models import Indicator

CORC = "Child Outcomes Research Consortium, corc.uk.net/outcome-experience-measures/stirling-childrens-wellbeing-scale/"
SOURCE = (
    "Liddle and Carter, Educational Psychology in Practice 31(2), 2015, 174–185, doi 10.1080/02667363.2015.1008409; "
    f"{CORC}; order of items: bouncetogether.co.uk/resources/stirling-childrens-wellbeing-scale"
)
WHICH_ITEMS = f"Which six items make each subscale is {UNCONFIRMED}; the total does not depend on it."
TO_PLEASE = f"Perhaps answered to please: read with care. From which score on is {UNCONFIRMED}."
# by place in print: the licence lets no word of them stand here
PLACES = {"outlook": (1, 3, 4, 5, 6, 8), "emotion": (9, 10, 11, 12, 14, 15), "to_please": (2, 7, 13)}
PART_AT = {place: part for part, places in PLACES.items() for place in places}
STIRLING = Measure(
    key="stirling",
    version="1",
    title="Stirling Children’s Wellbeing Scale",
    informants=(Informant.CHILD,),
    ages=(8, 15),
    licence=Licence(
        "Free to use without asking, on paper or screen. It may not be altered, and nobody may be charged for it.",
        CORC,
        may_show=True,
        may_alter=False,
        may_screen=True,
    ),
    source=SOURCE,
    norms="Children of the Stirling area, in the publication; not kept here.",
    parts=(
        Part("outlook", "Positive outlook", 6, 30, Indicator.WELLBEING, unconfirmed=WHICH_ITEMS),
        Part("emotion", "Positive emotional state", 6, 30, Indicator.WELLBEING, unconfirmed=WHICH_ITEMS),
        Part("to_please", "Social desirability", 3, 15, None, care=(Care(3, 3, TO_PLEASE), Care(14, 15, TO_PLEASE))),
    ),
    total=Total(("outlook", "emotion"), 12, 60),
    missing=COMPLETE,
    # no pictures: a picture beside an answer would alter it
    scale=Scale(tuple(Answer(value, None) for value in range(1, 6))),
    items=tuple(Item(f"printed_{place}", PART_AT[place], None) for place in range(1, 16)),
)
