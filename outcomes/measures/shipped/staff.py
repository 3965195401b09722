"""
What school staff say of In Harmony at their school as a whole, of no child by name. The project's own; no norms.

No item asks about attainment: an opinion of it is no evidence of it. The parts feed different indicators and make no
total.
"""

from outcomes.measures.shipped.scales import AGREEMENT, NO_NORMS, ONE_A_PART
from outcomes.measures.structure import OWN, Informant, Item, Measure, Part
from programmes.models import Indicator

STAFF = Measure(
    key="staff",
    version="1",
    title="In Harmony at your school",
    informants=(Informant.STAFF,),
    ages=None,
    licence=OWN,
    source="In Harmony; topics are the indicators of NFER’s evaluation that staff can see",
    norms=NO_NORMS,
    instructions="Please answer for your school as a whole, from what you have seen yourself this year. Skip what you "
    "cannot say. Please name no child.",
    parts=(
        Part("everyone", "Every child takes part", 3, 15, Indicator.CULTURE),
        Part("music", "What children can do", 3, 15, Indicator.MUSIC),
        Part("families", "Families and the school", 3, 15, Indicator.ENGAGEMENT),
        Part("future", "Going on with it", 3, 15, Indicator.VIABILITY),
    ),
    missing=ONE_A_PART,
    scale=AGREEMENT,
    items=(
        Item("all_backgrounds", "everyone", "Children of every background take part in the same way."),
        Item("some_left_out", "everyone", "Some children miss out because of how sessions are run.", is_reversed=True),
        Item("own_music", "everyone", "The music that is played includes music that our children know from home."),
        Item("enjoy", "music", "Most children enjoy the sessions."),
        Item("listen", "music", "Children listen to each other when they play."),
        Item("little_progress", "music", "I hear little progress from term to term.", is_reversed=True),
        Item("families_come", "families", "Families who seldom came to school come to hear their children play."),
        Item("talk", "families", "Families talk with us about their children’s music."),
        Item("hard_to_reach", "families", "In Harmony has not helped us to reach more families.", is_reversed=True),
        Item("use_myself", "future", "I use in my own lessons what I have learned from the tutors."),
        Item("timetable", "future", "The sessions have a settled place in our timetable."),
        Item("would_stop", "future", "Without the tutors, music at our school would stop.", is_reversed=True),
    ),
)
