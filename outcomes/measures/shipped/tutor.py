"""
What tutors say of the children they play with, as a group, and of their work. The project's own; no norms.

The parts feed different indicators and make no total.
"""

from outcomes.measures.shipped.scales import AGREEMENT, NO_NORMS, ONE_A_PART
from outcomes.measures.structure import OWN, Informant, Item, Measure, Part
from programmes.models import Indicator

TUTOR = Measure(
    key="tutor",
    version="1",
    title="Your ensembles and your work",
    informants=(Informant.TUTOR,),
    ages=None,
    licence=OWN,
    source="In Harmony; topics are the indicators of NFER’s evaluation that tutors can see",
    norms=NO_NORMS,
    instructions="Please answer for your ensembles as a whole, from what you have seen and heard this year. Skip what "
    "you cannot say. Please name no child.",
    parts=(
        Part("music", "How the children play", 4, 20, Indicator.MUSIC),
        Part("everyone", "Every child takes part", 3, 15, Indicator.CULTURE),
        Part("future", "Going on with it", 3, 15, Indicator.VIABILITY),
    ),
    missing=ONE_A_PART,
    scale=AGREEMENT,
    items=(
        Item("play_better", "music", "The children play better than at the start of the year."),
        Item("listen", "music", "The children listen to each other and keep together."),
        Item("lose_heart", "music", "The children lose heart when a piece is hard.", is_reversed=True),
        Item("enjoy", "music", "The children enjoy making music."),
        Item("all_backgrounds", "everyone", "Children of every background stay on in my ensembles."),
        Item("adapt", "everyone", "I can adapt what we play so that each child has a part to play."),
        Item("cannot_reach", "everyone", "There are children whom I do not know how to include.", is_reversed=True),
        Item("time", "future", "I have enough time to prepare."),
        Item("on_my_own", "future", "I am left alone with problems at school.", is_reversed=True),
        Item("learn", "future", "I have learned something this year that has made my teaching better."),
    ),
)
