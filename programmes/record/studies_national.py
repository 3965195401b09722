"""Studies of In Harmony as a whole."""

from datetime import date

from programmes.models import Finding as KeptFinding
from programmes.models import Indicator
from programmes.models import Study as KeptStudy
from programmes.record import sources
from programmes.record.facts import Finding, Study

EVALUATION, REVIEW, RESEARCH = KeptStudy.Kind.EVALUATION, KeptStudy.Kind.REVIEW, KeptStudy.Kind.RESEARCH
STRONG, SOME, NONE = KeptFinding.Strength.STRONG, KeptFinding.Strength.SOME, KeptFinding.Strength.NONE
AGAINST = KeptFinding.Strength.AGAINST
NFER = "https://www.nfer.ac.uk/publications/evaluation-of-in-harmony"
FOUNDATION = "National Foundation for Educational Research"
ACE = "Arts Council England"

HENLEY = Study(
    "henley",
    REVIEW,
    "Music Education in England: a review",
    "Darren Henley",
    date(2011, 2, 1),
    sources.ENCYCLOPAEDIA,
    commissioned_by="The government",
    evidence="A review of music education in England, in which In Harmony is one of many parts.",
    findings=(
        Finding(
            "henley-children",
            Indicator.MUSIC,
            SOME,
            "The review judges the projects favourably: life-changing for the children who took part. It is a "
            "judgement, "
            "not a measurement.",
            sources.ENCYCLOPAEDIA,
        ),
    ),
)
YEAR_1 = Study(
    "nfer-year-1",
    EVALUATION,
    "Evaluation of In Harmony: Year 1 Interim Report",
    f"Pippa Lord, Caroline Sharp, Anneka Dawson, Palak Mehta, Richard White and Jennifer Jeffes ({FOUNDATION})",
    date(2013, 12, 1),
    f"{sources.NFER_YEAR_1}; {sources.NFER_YEAR_1_TEXT}",
    pages=61,
    commissioned_by=ACE,
    evidence="A first survey of pupils with a comparison group, case studies in five sites, and what the hubs "
    "returned about "
    "their provision. Outcome indicators and a theory of change were set before.",
    address=f"{NFER}-year-1-interim-report",
    findings=(
        Finding(
            "nfer-year-1-wellbeing",
            Indicator.WELLBEING,
            SOME,
            "Early signs of better self-esteem and resilience.",
            sources.NFER_YEAR_1,
        ),
        Finding(
            "nfer-year-1-school",
            Indicator.SCHOOL,
            SOME,
            "Early signs of more enjoyment of school, better attitudes to learning, concentration and perseverance. "
            "Nothing yet on results.",
            sources.NFER_YEAR_1,
        ),
        Finding(
            "nfer-year-1-aspiration",
            Indicator.ASPIRATION,
            SOME,
            "Some parents were seen to hope for more for their children.",
            sources.NFER_YEAR_1,
        ),
        Finding(
            "nfer-year-1-engagement",
            Indicator.ENGAGEMENT,
            SOME,
            "Some parents were seen to take a greater part in school, and to go to concert halls with more confidence.",
            sources.NFER_YEAR_1,
        ),
        Finding(
            "nfer-year-1-viability",
            Indicator.VIABILITY,
            NONE,
            "It takes many means for few schools and children; staying alive will be a great challenge.",
            sources.NFER_YEAR_1,
        ),
    ),
)
YEAR_2 = Study(
    "nfer-year-2",
    EVALUATION,
    "Evaluation of In Harmony: Year 2 Interim Report",
    f"Pippa Lord, Caroline Sharp, Palak Mehta and Gill Featherstone ({FOUNDATION})",
    date(2015, 4, 1),
    f"{sources.NFER_YEAR_2}; {sources.NFER_YEAR_2_TEXT}; {sources.NFER_YEAR_2_NEWS}",
    pages=53,
    commissioned_by=ACE,
    evidence="A second survey of pupils, In Harmony’s alone, with those who answered in both years followed; "
    "provision and "
    "participation from autumn 2012 to summer 2014; attendance at school. Dated April 2015, released in August 2015.",
    address=f"{NFER}-year-2-interim-report/",
    findings=(
        Finding(
            "nfer-year-2-music",
            Indicator.MUSIC,
            SOME,
            "High scores for enjoyment of music and for musical skills. Fewer than before wished to go on playing in a "
            "group: a small change, statistically significant, put down to age.",
            f"{sources.NFER_YEAR_2}; {sources.TEACHING_TIMES}",
        ),
        Finding(
            "nfer-year-2-wellbeing",
            Indicator.WELLBEING,
            SOME,
            "Scores for wellbeing were high. There was no comparison group in this year.",
            f"{sources.NFER_YEAR_2}; {sources.NFER_YEAR_2_NEWS}",
        ),
        Finding(
            "nfer-year-2-school",
            Indicator.SCHOOL,
            NONE,
            "Enjoyment of school was high and fell slightly among those who answered twice: statistically "
            "significant, put "
            "down to age.",
            f"{sources.NFER_YEAR_2}; {sources.TEACHING_TIMES}",
        ),
        Finding(
            "nfer-year-2-aspiration",
            Indicator.ASPIRATION,
            SOME,
            "The pupils’ own hopes for their future rose among those who answered in both years.",
            f"{sources.NFER_YEAR_2}; {sources.NFER_YEAR_2_NEWS}",
        ),
        Finding(
            "nfer-year-2-viability",
            Indicator.VIABILITY,
            SOME,
            "Music outside the curriculum grew.",
            sources.NFER_YEAR_2,
        ),
    ),
)
FINAL = Study(
    "nfer-final",
    EVALUATION,
    "Evaluation of In Harmony: Final Report",
    f"Pippa Lord, Caroline Sharp, Jennie Harland, Palak Mehta and Richard White ({FOUNDATION})",
    date(2016, 11, 14),
    f"{sources.NFER_FINAL}; {sources.NFER_FINAL_TEXT}",
    precision="day",
    pages=116,
    commissioned_by=ACE,
    evidence="All the evidence of three years, with the outcomes of 11 In Harmony schools beside a matched sample of "
    "comparison schools, and attainment from 2013 to 2015.",
    address=f"{NFER}-final-report/",
    findings=(
        Finding(
            "nfer-final-culture",
            Indicator.CULTURE,
            SOME,
            "Popular with those who took part, who speak of social and musical gains for children who might not "
            "otherwise "
            "have learned an instrument.",
            sources.NFER_FINAL,
        ),
        Finding(
            "nfer-final-music",
            Indicator.MUSIC,
            STRONG,
            "Numbers and interviews both suggest that musical enjoyment and skills grew through taking part.",
            sources.NFER_FINAL,
        ),
        Finding(
            "nfer-final-attainment",
            Indicator.SCHOOL,
            NONE,
            "Attainment rose significantly from 2013 to 2015 in In Harmony schools and in the comparison schools. The "
            "children of In Harmony made no extra progress.",
            sources.NFER_FINAL,
        ),
        Finding(
            "nfer-final-viability",
            Indicator.VIABILITY,
            SOME,
            "What makes it work: regular, intensive and immersive provision; commitment of the whole school; versatile "
            "music educators; ensemble and orchestral playing; performing that includes all. There is room to share "
            "this.",
            sources.NFER_FINAL,
        ),
    ),
)
HEADS = Study(
    "heads-2016",
    REVIEW,
    "Headteachers’ perspectives on the In Harmony programme",
    FOUNDATION,
    date(2016, 1, 1),
    f"{sources.HEADS}; Arts Council England, blog of 4 May 2016, artscouncil.org.uk/blog/praise-music-making",
    precision="year",
    commissioned_by=ACE,
    evidence="A meeting of head teachers with the researchers. The year is that in which the Arts Council wrote of it.",
    address="https://www.sistemaengland.org.uk/"
    "headteachers-discuss-the-impact-in-harmony-is-having-in-their-schools-and-communities/",
    findings=(
        Finding(
            "heads-2016-wellbeing",
            Indicator.WELLBEING,
            SOME,
            "The heads agreed that pupils gained in social skills, perseverance, discipline, and in handling feelings.",
            sources.HEADS,
        ),
        Finding(
            "heads-2016-music",
            Indicator.MUSIC,
            SOME,
            "The heads reported great musical progress.",
            sources.HEADS,
        ),
    ),
)
HALLAM_BURNS = Study(
    "hallam-burns",
    RESEARCH,
    "Research into support for musical progression for young people from In Harmony programmes and other disadvantaged "
    "communities",
    "Susan Hallam and Susanne Burns",
    date(2017, 9, 1),
    f"{sources.HALLAM_BURNS}; {sources.HALLAM_BURNS_TEXT}",
    pages=114,
    commissioned_by="Opera North, with evaluation money of Arts Council England",
    evidence="Interviews, data of the programmes, and a review of what others found.",
    address="https://www.artscouncil.org.uk/research-and-data/"
    "musical-progression-research-harmony-and-other-disadvantaged-communities",
    findings=(
        Finding(
            "hallam-burns-music",
            Indicator.MUSIC,
            SOME,
            "Factors the report names for children who go on: commitment to music, community and friends, the tie "
            "with those who teach, progress "
            "and practice, the choice of instrument, and somewhere to go on to.",
            sources.HALLAM_BURNS_TEXT,
        ),
        Finding(
            "hallam-burns-engagement",
            Indicator.ENGAGEMENT,
            SOME,
            "Factors it names in the family: what parents can and will do, older brothers and sisters, and how the "
            "programme talks with "
            "them.",
            sources.HALLAM_BURNS_TEXT,
        ),
        Finding(
            "hallam-burns-viability",
            Indicator.VIABILITY,
            SOME,
            "Factors it names on the side of the programmes: music outside lessons, the commitment of the teams, "
            "performing, holiday "
            "courses, professional players, the head teacher, and partners.",
            sources.HALLAM_BURNS_TEXT,
        ),
    ),
)
TENDER = Study(
    "tender-2018",
    REVIEW,
    "Tender for an evaluation of In Harmony, 2018 to 2020",
    ACE,
    date(2018, 7, 1),
    sources.TENDER,
    commissioned_by=ACE,
    evidence="The Arts Council’s own summing up of the evidence so far, when it sought an evaluator for £50,000. The "
    "evaluation was to be published in 2020; its text is not known to this record.",
    address="https://www.oscar-research.co.uk/tenderalerts/111690",
    findings=(
        Finding("tender-wellbeing", Indicator.WELLBEING, STRONG, "Among the strongest evidence.", sources.TENDER),
        Finding(
            "tender-learning",
            Indicator.SCHOOL,
            SOME,
            "Among the strongest evidence is that of skills for learning.",
            sources.TENDER,
        ),
        Finding(
            "tender-attainment",
            Indicator.SCHOOL,
            NONE,
            "No clear evidence for the attainment of whole schools.",
            sources.TENDER,
        ),
        Finding(
            "tender-engagement",
            Indicator.ENGAGEMENT,
            STRONG,
            "Parents’ engagement with school is among the strongest evidence.",
            sources.TENDER,
        ),
        Finding(
            "tender-music", Indicator.MUSIC, STRONG, "Musical skill is among the strongest evidence.", sources.TENDER
        ),
    ),
)
NATIONAL_STUDIES = (HENLEY, YEAR_1, YEAR_2, FINAL, HEADS, HALLAM_BURNS, TENDER)
