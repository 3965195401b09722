"""Studies of one programme."""

from datetime import date

from programmes.models import Finding as KeptFinding
from programmes.models import Indicator
from programmes.models import Study as KeptStudy
from programmes.record import sources
from programmes.record.facts import Finding, Study

EVALUATION, RESEARCH = KeptStudy.Kind.EVALUATION, KeptStudy.Kind.RESEARCH
STRONG, SOME, NONE = KeptFinding.Strength.STRONG, KeptFinding.Strength.SOME, KeptFinding.Strength.NONE
PHILHARMONIC = "Royal Liverpool Philharmonic"

HUB_STUDIES = (
    Study(
        "lambeth-2011",
        EVALUATION,
        "In Harmony Lambeth: an evaluation, executive summary",
        "Kirstin Lewis, Feyisa Demie and Lynne Rogers",
        date(2011, 1, 1),
        f"{sources.LAMBETH_EVALUATION}; {sources.LAMBETH_EVALUATION_TEXT}",
        precision="year",
        commissioned_by="Lambeth Music Service",
        evidence="A questionnaire to pupils, assessments, and tracking of pupils, with the Institute of Education. Two "
        "project schools.",
        address="https://www.artshealthresources.org.uk/docs/in-harmony-lambeth-an-evaluation-executive-summary/",
        programme="lambeth",
    ),
    Study(
        "liverpool-year-3",
        EVALUATION,
        "In Harmony Liverpool: Interim Report, Year Three",
        "Susanne Burns and Paul Bewick",
        date(2012, 8, 1),
        sources.LIVERPOOL_YEAR_3,
        pages=93,
        commissioned_by=PHILHARMONIC,
        evidence="April 2011 to March 2012: reach and immersion, attainment and attendance at Faith Primary School "
        "beside "
        "other schools, musical attainment, progression, staff, home visits.",
        address="https://pdfslide.net/documents/evaluation-of-in-harmony-liverpool-2012.html",
        programme="liverpool",
    ),
    Study(
        "liverpool-year-4",
        EVALUATION,
        "In Harmony Liverpool: Interim Report, Year Four",
        "Susanne Burns and Paul Bewick",
        date(2013, 10, 1),
        sources.LIVERPOOL_YEAR_4,
        commissioned_by=PHILHARMONIC,
        evidence="September 2012 to August 2013: as in the year before, with performances and concerts of families.",
        address="https://issuu.com/liverpoolphilharmonic/docs/in_harmony_liverpool_year_4_interim",
        programme="liverpool",
    ),
    Study(
        "liverpool-research-network",
        RESEARCH,
        "In Harmony Liverpool Research Network",
        "Kerry Wilson, Jude Robinson and others (Institute of Cultural Capital)",
        date(2013, 7, 1),
        "Institute of Cultural Capital, iccliverpool.ac.uk/?research=in-harmony-liverpool-research-network",
        commissioned_by="Arts and Humanities Research Council",
        evidence="Three workshops between March and May 2013 on what might be its worth in the long run.",
        address="https://gtr.ukri.org/projects?ref=AH%2FK000454%2F1",
        programme="liverpool",
    ),
    Study(
        "liverpool-year-5",
        EVALUATION,
        "In Harmony Liverpool: Year 5 Evaluation, Health and Well-Being Report",
        PHILHARMONIC,
        date(2014, 1, 1),
        sources.LIVERPOOL_YEAR_5,
        precision="year",
        pages=70,
        commissioned_by=PHILHARMONIC,
        evidence="Answers to wellbeing surveys over the life of the programme, interviews, and data on health. The "
        "year in "
        "print is that of the evaluation, its fifth.",
        address="https://issuu.com/liverpoolphilharmonic/docs/in_harmony_liverpool_year_5_evaluat",
        programme="liverpool",
        findings=(
            Finding(
                "liverpool-year-5-wellbeing",
                Indicator.WELLBEING,
                SOME,
                "The report sees a good effect on the personal, social and emotional wellbeing of the children.",
                sources.LIVERPOOL_YEAR_5,
            ),
            Finding(
                "liverpool-year-5-school",
                Indicator.SCHOOL,
                SOME,
                "The report sees a good effect on achievement and attendance at school. The national evaluation of "
                "2016 had matched schools and found no extra progress.",
                sources.LIVERPOOL_YEAR_5,
            ),
            Finding(
                "liverpool-year-5-community",
                Indicator.COMMUNITY,
                SOME,
                "It also speaks of stronger family ties, pride and aspiration in the community.",
                sources.LIVERPOOL_YEAR_5,
            ),
        ),
    ),
    Study(
        "liverpool-early-years",
        EVALUATION,
        "In Harmony Liverpool and the early years",
        "Susanne Burns, with Michael Galbraith",
        date(2016, 12, 1),
        sources.LIVERPOOL_EARLY_YEARS,
        commissioned_by=PHILHARMONIC,
        evidence="A report on music with children under five in three schools, as press and Music Mark describe it; "
        "its "
        "title is not in print there.",
        programme="liverpool",
        findings=(
            Finding(
                "liverpool-early-years-engagement",
                Indicator.ENGAGEMENT,
                SOME,
                "Among the factors of success: trust and shared skill between teachers and musicians, leadership in "
                "the "
                "school, a curriculum round the child, and parents and families taking part.",
                sources.LIVERPOOL_EARLY_YEARS,
            ),
        ),
    ),
    Study(
        "liverpool-ten-years",
        EVALUATION,
        "In Harmony Liverpool 2009–2019: Reflections on 10 Years of Learning",
        "Susanne Burns",
        date(2019, 3, 1),
        f"{sources.LIVERPOOL_REFLECTIONS}; {sources.LIVERPOOL_REFLECTIONS_TEXT}",
        pages=45,
        commissioned_by=PHILHARMONIC,
        evidence="Ten years of evaluation by the same evaluator, who calls herself in part a participant.",
        address="https://www.artshealthresources.org.uk/docs/"
        "in-harmony-liverpool-2009-2019-reflections-on-10-years-of-learning/",
        programme="liverpool",
        findings=(
            Finding(
                "liverpool-ten-years-wellbeing",
                Indicator.WELLBEING,
                NONE,
                "Gains in wellbeing were not shown conclusively in numbers.",
                sources.LIVERPOOL_REFLECTIONS,
            ),
        ),
    ),
)
