"""What the data return asks of the children, of their lessons and hours, and of money."""

from evaluation.figures.own import BESIDE_ROLL
from evaluation.figures.progression import INSTRUMENTS
from evaluation.menu import tables
from evaluation.menu.tables import by, hours_by
from evaluation.returns import documents as known
from evaluation.returns.structure import NotHeld, OfFigure, OfTable, Part, Question

CHARACTERISTICS = "The return asks it of whole-class teaching; these are all children taking part."
IN_KEY_DATA = (
    "Characteristics of children in whole-class teaching are printed there; that this is one of them is our reading. "
    "These are all children taking part."
)
QUANTITATIVE = "The quantitative part (B5 to B12) was not readable question by question; this is our reading."


def _who(key: str, words: str, dimension: str, known_from: str, reading: str = CHARACTERISTICS) -> Question:
    rows = OfTable(by(dimension), ("Children", "Share"))
    return Question(key, words, rows, "children", (known_from,), reading)


CHILDREN = Part(
    "Children",
    "Who takes part",
    (
        Question(
            "children",
            "How many children took part, each counted once?",
            OfFigure("children_reached"),
            "children",
            (known.GUIDANCE_2014,),
            "The return counts pupils by activity, and some of them several times.",
        ),
        _who("sex", "Boys and girls", "sex", known.SCHOOL_FORM_2016),
        _who("pupil-premium", "Children with Pupil Premium", "pupil_premium", known.SCHOOL_FORM_2016),
        _who("sen", "Children with special educational needs", "sen", known.SCHOOL_FORM_2016),
        _who("eal", "Children with English as an additional language", "eal", known.KEY_DATA_2017, IN_KEY_DATA),
        _who("ethnicity", "Children by ethnic group", "ethnicity", known.KEY_DATA_2017, IN_KEY_DATA),
        _who("key-stages", "Children by key stage", "key_stage", known.SCHOOL_FORM_2016),
        Question(
            "beside-roll",
            "How do they compare with the whole roll of their schools?",
            OfTable(BESIDE_ROLL),
            "",
            (known.KEY_DATA_2015,),
            "The Arts Council uses the return to see whether access is equal; this comparison is ours.",
        ),
        Question(
            "pupil-premium-and-sen",
            "Children with both Pupil Premium and special educational needs",
            NotHeld("No figure counts two characteristics at once."),
            "children",
            (known.SCHOOL_FORM_2016,),
        ),
        Question(
            "remission",
            "Children whose fees are remitted or subsidised",
            NotHeld("What families pay, and what is remitted, is not held here."),
            "children",
            (known.SCHOOL_FORM_2016,),
        ),
    ),
)
LESSONS = Part(
    "Lessons",
    "Lessons, instruments and hours",
    (
        Question(
            "lessons",
            "Individual, small-group and large-group lessons",
            NotHeld("The portal holds sessions of ensembles; lessons of single children and small groups are none."),
            "children",
            (known.SCHOOL_FORM_2016, known.GUIDANCE_2014),
        ),
        Question(
            "instruments",
            "What do children learn?",
            OfTable(INSTRUMENTS),
            "children",
            (known.GUIDANCE_2014,),
            "The document asks for instrumental lessons; counted are children by what they play.",
        ),
        Question(
            "sessions",
            "How many sessions were planned and held?",
            OfTable(tables.SESSIONS),
            "",
            (known.GUIDANCE_2019,),
            QUANTITATIVE,
        ),
        Question(
            "hours-received",
            "How many hours a week did a child receive?",
            OfFigure("hours_received"),
            "hours a week",
            (known.GUIDANCE_2019,),
            QUANTITATIVE,
        ),
        Question(
            "hours-year-groups",
            "Hours a week, by year group",
            OfTable(hours_by("year_group")),
            "hours a week",
            (known.GUIDANCE_2019,),
            QUANTITATIVE,
        ),
        Question(
            "attendance",
            "How often did they come?",
            OfFigure("attendance"),
            "%",
            (known.GUIDANCE_2019,),
            QUANTITATIVE,
        ),
        Question(
            "singing",
            "How many schools have a singing strategy, and how many children sing in one?",
            NotHeld("Choirs stand among the ensembles by kind; strategies of schools are not held here."),
            "",
            (known.GUIDANCE_2014,),
        ),
    ),
)
MONEY = Part(
    "Income",
    "Income",
    (
        Question(
            "income", "What did you take in?", OfFigure("income"), "£", (known.GUIDANCE_2014, known.KEY_DATA_2013)
        ),
        Question(
            "income-sources",
            "From which sources?",
            OfTable(tables.INCOME),
            "",
            (known.GUIDANCE_2014, known.KEY_DATA_2013),
            "The sources are those of the Key Data; the lines of the current form were not readable.",
        ),
        Question(
            "income-per-child",
            "How much is that for each child?",
            OfFigure("income_per_child"),
            "£",
            (),
            "Our own: the return was not seen to ask it.",
        ),
        Question(
            "spending",
            "What did you spend, by heading?",
            NotHeld("Spending is not held here: take it from the accounts."),
            "£",
            (known.GUIDANCE_2014,),
        ),
        Question(
            "in-kind",
            "What did partners give in kind?",
            NotHeld("Only money is written down here."),
            "£",
            (known.GUIDANCE_2014,),
        ),
    ),
)
