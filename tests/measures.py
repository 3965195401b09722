"""An invented measure: two parts of three items each, one reversed, answers 0 to 4, one answer of a part may miss."""

from dataclasses import replace

from outcomes.measures.structure import OWN, Answer, Informant, Item, Measure, Missing, Part, Scale, Total
from programmes.models import Indicator

WORDS = ("Never", "Seldom", "At times", "Often", "Always")
INVENTED = Measure(
    key="invented",
    version="1",
    title="Invented",
    informants=(Informant.CHILD,),
    ages=(7, 11),
    licence=OWN,
    source="Invented for tests",
    norms="None",
    instructions="Say how often.",
    parts=(
        Part("first", "The first", 0, 12, Indicator.MUSIC),
        Part("second", "The second", 0, 12, Indicator.WELLBEING),
    ),
    missing=Missing(1, "Invented"),
    scale=Scale(tuple(Answer(value, words) for value, words in enumerate(WORDS))),
    items=(
        Item("a", "first", "I am glad."),
        Item("b", "first", "I am sad.", is_reversed=True),
        Item("c", "first", "I sing."),
        Item("d", "second", "I play."),
        Item("e", "second", "I rest."),
        Item("f", "second", "I run."),
    ),
    total=Total(("first", "second"), 0, 24),
)


def invented(**changed):
    return replace(INVENTED, **changed)
