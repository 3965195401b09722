"""
What families say: what they hope for, how they and the school get on, how they and the place get on.

The project's own; no norms. Each part feeds one of the three indicators about families and they make no total.
"""

from outcomes.measures.shipped.scales import AGREEMENT, NO_NORMS, ONE_A_PART
from outcomes.measures.structure import OWN, Informant, Item, Measure, Part
from programmes.models import Indicator

FAMILY = Measure(
    key="family",
    version="1",
    title="Music, school and your family",
    informants=(Informant.FAMILY,),
    ages=None,
    licence=OWN,
    source="In Harmony; topics are the indicators on families of NFER’s evaluation",
    norms=NO_NORMS,
    instructions="Please say how far you agree. No answer is right or wrong, and you can skip what you do not want to "
    "say.",
    parts=(
        Part("hopes", "What we hope for our child", 4, 20, Indicator.ASPIRATION),
        Part("school", "Our family and the school", 4, 20, Indicator.ENGAGEMENT),
        Part("place", "Our family and the people here", 4, 20, Indicator.COMMUNITY),
    ),
    missing=ONE_A_PART,
    scale=AGREEMENT,
    items=(
        Item("keep_on", "hopes", "I want my child to keep on with music after primary school."),
        Item("do_well", "hopes", "I expect my child to do well in what they choose to do."),
        Item("no_use", "hopes", "Music will be of no use to my child later on.", is_reversed=True),
        Item("help", "hopes", "I know how I can help my child to get where they want to be."),
        Item("welcome", "school", "I feel welcome at my child’s school."),
        Item("whom_to_ask", "school", "I know whom to ask at school when something is on my mind."),
        Item("hard_to_join", "school", "I find it hard to join in with what the school does for families.", True),
        Item("come", "school", "I go to school for concerts or open lessons when I can."),
        Item("met", "place", "I have got to know other families through my child’s music."),
        Item("part_of", "place", "I feel part of the community round the school."),
        Item("on_my_own", "place", "I feel on my own here as a parent or carer.", is_reversed=True),
        Item("bring", "place", "Music brings people here together."),
    ),
)
