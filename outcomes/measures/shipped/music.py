"""
What children say of music: whether they enjoy it, of playing together, of getting better. The project's own; no norms.

Its topics are those the national evaluation reported of its pupil survey (enjoyment of music, the wish to go on playing
in a group, one's own progress on an instrument and in singing); the words are not, which were never printed. The parts
are about different things and make no total.
"""

from outcomes.measures.shipped.scales import HOW_TRUE, NO_NORMS, ONE_A_PART
from outcomes.measures.structure import OWN, Informant, Item, Measure, Part
from programmes.models import Indicator

MUSIC = Measure(
    key="music",
    version="1",
    title="Music and me",
    informants=(Informant.CHILD,),
    ages=(7, 12),
    licence=OWN,
    source="In Harmony; topics as in NFER’s pupil survey",
    norms=NO_NORMS,
    instructions="We want to know what music is like for you. No answer is right or wrong. You can skip what you "
    "do not want to say.",
    parts=(
        Part("enjoyment", "Enjoying music", 3, 12, Indicator.MUSIC),
        Part("together", "Playing together", 3, 12, Indicator.MUSIC),
        Part("progress", "Getting better", 4, 16, Indicator.MUSIC),
    ),
    missing=ONE_A_PART,
    scale=HOW_TRUE,
    items=(
        Item("like", "enjoyment", "I like to make music."),
        Item("bored", "enjoyment", "I get bored when we make music.", is_reversed=True),
        Item("look_forward", "enjoyment", "I can’t wait for our next time to play."),
        Item("team", "together", "I feel part of a team when we play."),
        Item("left_out", "together", "I feel left out when we play.", is_reversed=True),
        Item("go_on", "together", "I want to play in a group next year too."),
        Item("play_better", "progress", "I play better now than I used to."),
        Item("sing_better", "progress", "I sing better now than I used to."),
        Item("give_up", "progress", "I give up when a tune is hard.", is_reversed=True),
        Item("new_tune", "progress", "I can learn a new tune if I try."),
    ),
)
