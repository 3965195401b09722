"""What the data return asks of who teaches, where, for how long, and in which ensembles."""

from evaluation.figures.progression import AFTER_YEAR_6, AWARDS_BY_LEVEL, CHILDREN_BY_LEVEL, ENSEMBLES_BY_LEVEL
from evaluation.menu import tables
from evaluation.menu.tables import by
from evaluation.returns import documents as known
from evaluation.returns.structure import NotHeld, OfFigure, OfTable, OfTerms, Part, Question, Written

WORKFORCE_WORDS = 200
SECTION_A = "Section A is on workforce and governance; its questions were not readable, so these words are ours."
WHOLE_CLASS = (
    "The return asks for children in whole-class teaching (CIL, until 2022 WCET: weekly, for a term at least, on one "
    "instrument). The portal counts every child who came to a session, in school time or outside it: these are all "
    "children taking part."
)

WORKFORCE = Part(
    "Workforce",
    "Workforce and governance",
    (
        Question(
            "tutors",
            "How many people taught?",
            OfFigure("tutors"),
            "people",
            (known.GUIDANCE_2019,),
            f"{SECTION_A} Counted is who led a session.",
        ),
        Question(
            "workforce",
            "Who works for the programme, and how are they trained and supported?",
            Written(WORKFORCE_WORDS),
            "words",
            (known.GUIDANCE_2019,),
            SECTION_A,
        ),
        Question(
            "governance",
            "How is the programme governed: who meets, how often, and which partners take part?",
            Written(WORKFORCE_WORDS),
            "words",
            (known.GUIDANCE_2019,),
            SECTION_A,
        ),
        Question(
            "contracts",
            "Contracts, hours and qualifications of staff",
            NotHeld("The portal knows who leads sessions, and nothing of their contracts."),
            "",
            (known.GUIDANCE_2019,),
            SECTION_A,
        ),
    ),
)
SCHOOLS = Part(
    "Schools",
    "Schools",
    (
        Question(
            "schools",
            "How many schools did you work with?",
            OfFigure("schools"),
            "schools",
            (known.GUIDANCE_2019, known.KEY_DATA_2013),
            "Counted is each school with a partnership in force on a day of the year.",
        ),
        Question(
            "each-school",
            "What took place at each school?",
            OfTable("by_school"),
            "",
            (known.GUIDANCE_2019, known.TABS_2023, known.SCHOOL_FORM_SURREY),
            "A form for each school is known (B1 to B4, and a tab of its own since 2023/24); its columns are ours.",
        ),
        Question(
            "roll",
            "Who is on the whole roll of these schools?",
            OfTable(tables.ROLL),
            "",
            (known.KEY_DATA_2015,),
            "Taken from the published tables of schools.",
        ),
        Question(
            "music-plans",
            "How many schools have a school music education plan?",
            NotHeld("No plan of a school is held here."),
            "schools",
            (known.GUIDANCE_2014,),
        ),
    ),
)
CONTINUING = Part(
    "Whole-class",
    "Whole-class teaching, terms, and who continues",
    (
        Question(
            "whole-class-year-groups",
            "How many children in each year group?",
            OfTable(by("year_group"), ("Children", "Share")),
            "children",
            (known.TABS_2023, known.KEY_DATA_2015),
            WHOLE_CLASS,
        ),
        Question(
            "terms-children",
            "How many children in each term?",
            OfTerms("children_reached"),
            "children",
            (known.KEY_DATA_2015, known.TABS_2023),
            f"The return asks how many terms of whole-class teaching there were. {WHOLE_CLASS}",
        ),
        Question(
            "terms-sessions",
            "How many sessions were held in each term?",
            OfTerms("sessions_held"),
            "sessions",
            (known.KEY_DATA_2015,),
            "The return asks how many terms of whole-class teaching there were: sessions are ours.",
        ),
        Question(
            "terms-of-each-child",
            "How many terms did each child have, one, two or three?",
            NotHeld("Children are counted by term and by year, each once; no figure counts the terms of a child."),
            "children",
            (known.KEY_DATA_2015,),
        ),
        Question(
            "continuing",
            "How many children came in an earlier year too, and continue?",
            OfFigure("children_returning"),
            "children",
            (known.GUIDANCE_2014, known.KEY_DATA_2015),
            "The return asks who continues after whole-class teaching; counted is who came to a session of an earlier "
            "year too.",
        ),
        Question(
            "new",
            "How many children are new?",
            OfFigure("children_new"),
            "children",
            (known.KEY_DATA_2015,),
            "Asked is who has whole-class teaching for the first time; counted is who came in no earlier year.",
        ),
        Question(
            "leaving",
            "How many children left in the year?",
            OfFigure("children_leaving"),
            "children",
            (known.GUIDANCE_2014,),
            "It stands beside who continues; the return was not seen to ask it.",
        ),
        Question(
            "after-year-6",
            "How do the children play on who left Year 6?",
            OfTable(AFTER_YEAR_6),
            "children",
            (known.GUIDANCE_2014,),
            "The document asks for progression routes in general.",
        ),
    ),
)
ENSEMBLES = Part(
    "Ensembles",
    "Ensembles, choirs and groups",
    (
        Question("ensembles", "How many ensembles played?", OfFigure("ensembles"), "ensembles", (known.GUIDANCE_2014,)),
        Question(
            "ensembles-kinds",
            "How many of each kind, and at which level?",
            OfTable(tables.KINDS),
            "ensembles",
            (known.GUIDANCE_2014, known.KEY_DATA_2015, known.COMMON_APPROACH),
            "The official list of kinds was not readable; this is the one of the Key Data.",
        ),
        Question(
            "ensembles-children",
            "How many children play at each level?",
            OfTable(ENSEMBLES_BY_LEVEL),
            "",
            (known.GUIDANCE_2014, known.COMMON_APPROACH),
            "A child in ensembles of two levels stands at both.",
        ),
        Question(
            "ensembles-children-kinds",
            "How many children play in each kind of ensemble?",
            NotHeld("Children in ensembles are counted by level; no figure counts them by kind."),
            "children",
            (known.GUIDANCE_2014,),
        ),
        Question(
            "ensembles-where",
            "Which ensembles are of one school, and which of the area?",
            NotHeld("No figure counts ensembles by where they are from. The list of ensembles says it of each."),
            "ensembles",
            (known.SCHOOLS_WEEK,),
            "That the return splits them so is known from the press alone.",
        ),
        Question(
            "standards",
            "How many children reached which standard?",
            OfTable(CHILDREN_BY_LEVEL),
            "children",
            (known.GUIDANCE_2014, known.COMMON_APPROACH),
            "Read as awards of boards at the levels of A Common Approach, each child once at the highest.",
        ),
        Question(
            "awards",
            "How many awards were reached?",
            OfTable(AWARDS_BY_LEVEL),
            "awards",
            (known.GUIDANCE_2014, known.COMMON_APPROACH),
            "The document asks for standards of progression; that awards show them is our reading.",
        ),
    ),
)
