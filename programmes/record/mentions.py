"""What is named in print of a programme and has no date of its own: ensembles, schools, events, instruments."""

from programmes.models import Mention as Kept
from programmes.record import sources
from programmes.record.facts import Mention

ENSEMBLE, SCHOOL = Kept.Kind.ENSEMBLE, Kept.Kind.SCHOOL
EVENT, INSTRUMENTS = Kept.Kind.EVENT, Kept.Kind.INSTRUMENTS
NOTTINGHAM_BANDS = f"{sources.NOTTINGHAM_SERVICE}; {sources.NOTTINGHAM_WEEK}; {sources.NOTTINGHAM_CASE}"

LAMBETH = (
    Mention("lambeth-purcell", "lambeth", ENSEMBLE, "Purcell Orchestra", sources.LAMBETH_CONCERT, "December 2012"),
    Mention("lambeth-sullivan", "lambeth", ENSEMBLE, "Sullivan Orchestra", sources.LAMBETH_CONCERT, "December 2012"),
    Mention("lambeth-holst", "lambeth", ENSEMBLE, "Holst Orchestra", sources.LAMBETH_CONCERT, "December 2012"),
    Mention(
        "lambeth-stockwell",
        "lambeth",
        ENSEMBLE,
        "Stockwell Children’s Orchestra",
        sources.EXPANSION,
        "2012",
        "The three orchestras together.",
    ),
    Mention(
        "lambeth-schools-2010",
        "lambeth",
        SCHOOL,
        "Three primary schools round the Lansdowne Green Estate, Stockwell",
        sources.FMS,
        "2010",
        "In the pilot.",
    ),
    Mention("lambeth-schools-2012", "lambeth", SCHOOL, "Two core primary schools", sources.LAMBETH_CONCERT, "2012"),
    Mention(
        "lambeth-schools-later",
        "lambeth",
        SCHOOL,
        "Nine primary schools, sixteen secondary schools and two colleges",
        sources.LAMBETH,
        "undated",
        "Where its players go to school.",
    ),
    Mention(
        "lambeth-royal-festival-hall",
        "lambeth",
        EVENT,
        "Winter concert at the Royal Festival Hall",
        sources.LAMBETH_CONCERT,
        "2012",
    ),
)
LIVERPOOL = (
    Mention(
        "liverpool-children",
        "liverpool",
        ENSEMBLE,
        "West Everton Children’s Orchestra",
        f"{sources.LIVERPOOL_THREE_YEARS}; {sources.LIVERPOOL_DEBUT}",
        "since 2009",
    ),
    Mention(
        "liverpool-super-strings",
        "liverpool",
        ENSEMBLE,
        "West Everton Super Strings",
        sources.LIVERPOOL_THREE_YEARS,
        "by 2012",
    ),
    Mention("liverpool-chamber", "liverpool", ENSEMBLE, "Chamber groups", sources.LIVERPOOL_THREE_YEARS, "by 2012"),
    *(
        Mention(
            f"liverpool-{key}",
            "liverpool",
            ENSEMBLE,
            name,
            sources.LIVERPOOL,
            "2024",
            "An orchestra to which players have gone on.",
        )
        for key, name in (
            ("youth-orchestra", "Liverpool Philharmonic Youth Orchestra"),
            ("youth-academy", "Liverpool Philharmonic Youth Academy Orchestra"),
            ("nyo-inspire", "NYO Inspire, of the National Youth Orchestra"),
            ("sistema-europe", "Sistema Europe Youth Orchestra"),
        )
    ),
    Mention("liverpool-anfield-centre", "liverpool", SCHOOL, "Anfield Children’s Centre", sources.LIVERPOOL, "2024"),
    Mention(
        "liverpool-friary",
        "liverpool",
        SCHOOL,
        "Liverpool Philharmonic at the Friary",
        f"{sources.LIVERPOOL}; {sources.LIVERPOOL_2018}",
        "2024",
        "The rehearsal centre in Everton where orchestras meet.",
    ),
    Mention(
        "liverpool-hall",
        "liverpool",
        EVENT,
        "Concerts at Liverpool Philharmonic Hall",
        f"{sources.LIVERPOOL_2018}; {sources.LIVERPOOL}",
        "every year",
    ),
)
LEEDS = (
    *(
        Mention(f"leeds-{key}", "leeds", ENSEMBLE, name, source, when, words)
        for key, name, source, when, words in (
            ("choir", "In Harmony Choir", sources.LEEDS_TEN_YEARS, "2022", "After school, from Year 5."),
            ("band", "In Harmony Band", sources.LEEDS_LATER, "later", ""),
            ("musicians-studio", "Young Musicians Studio", sources.LEEDS_LATER, "later", ""),
            ("performers-studio", "Young Performers Studio", sources.LEEDS_LATER, "later", ""),
            ("youth-orchestra", "Opera North Youth Orchestra", sources.LEEDS_LATER, "later", ""),
        )
    ),
    Mention(
        "leeds-ruth-gorse",
        "leeds",
        SCHOOL,
        "The Ruth Gorse Academy",
        f"{sources.LEEDS_SIXTH}; {sources.LEEDS_NOW}",
        "2019 to 2022",
        "After school.",
    ),
    Mention(
        "leeds-stephen-longfellow",
        "leeds",
        SCHOOL,
        "The Stephen Longfellow Academy",
        f"{sources.LEEDS_SIXTH}; {sources.LEEDS_NOW}",
        "from 2019, two years",
    ),
    Mention(
        "leeds-trinity", "leeds", SCHOOL, "Trinity Academy Leeds", sources.LEEDS_NOW, "since 2022", "After school."
    ),
    Mention(
        "leeds-instruments-2017",
        "leeds",
        INSTRUMENTS,
        "Violin, viola, cello, bass, flute, clarinet, trumpet, trombone",
        f"{sources.LEEDS_LOTTERY}; {sources.LEEDS}",
        "2017",
    ),
    Mention(
        "leeds-instruments-2022",
        "leeds",
        INSTRUMENTS,
        "Strings in Years 3 and 4, with a choice of brass after that",
        sources.LEEDS_TEN_YEARS,
        "2022",
    ),
    Mention(
        "leeds-town-hall",
        "leeds",
        EVENT,
        "Concerts at Leeds Town Hall with the orchestra and chorus of Opera North",
        sources.LEEDS_TOWN_HALL,
        "2014",
    ),
)
NEWCASTLE_GATESHEAD = (
    *(
        Mention(f"newcastle-{key}", "newcastle-gateshead", ENSEMBLE, name, sources.NEWCASTLE_TEN_YEARS, "2022")
        for key, name in (
            ("hawthorn", "Hawthorn Primary Symphony Orchestra"),
            ("bridgewater", "Bridgewater Symphony Orchestra"),
            ("west", "West Newcastle Symphony Orchestra"),
            ("armstrong", "Armstrong Brass"),
            ("debussy", "Debussy Wind Ensemble"),
        )
    ),
    Mention(
        "newcastle-bridgewater-nursery",
        "newcastle-gateshead",
        SCHOOL,
        "Bridgewater School nursery",
        f"{sources.NEWCASTLE}; {sources.NEWCASTLE_EXPANDS}",
        "since 2017",
    ),
    Mention("newcastle-rye-hill", "newcastle-gateshead", SCHOOL, "Rye Hill nursery", sources.NEWCASTLE_EXPANDS, "2017"),
    Mention(
        "newcastle-women",
        "newcastle-gateshead",
        SCHOOL,
        "West End Women and Girls Centre",
        sources.NEWCASTLE,
        "about 2023",
    ),
    Mention(
        "newcastle-side-by-side",
        "newcastle-gateshead",
        EVENT,
        "Side by side with Royal Northern Sinfonia and Young Sinfonia",
        f"{sources.NEWCASTLE_TEN_YEARS}; {sources.NEWCASTLE_EXPANDS}",
        "2022",
    ),
)
NOTTINGHAM = (
    Mention(
        "nottingham-area-bands", "nottingham", ENSEMBLE, "Area Bands", NOTTINGHAM_BANDS, "2015", "For beginners; seven."
    ),
    Mention(
        "nottingham-intermediate",
        "nottingham",
        ENSEMBLE,
        "Intermediate Orchestra",
        NOTTINGHAM_BANDS,
        words="After the Area Bands.",
    ),
    Mention(
        "nottingham-youth-orchestra",
        "nottingham",
        ENSEMBLE,
        "Robin Hood Youth Orchestra",
        NOTTINGHAM_BANDS,
        words="After the Intermediate Orchestra.",
    ),
    *(
        Mention(f"nottingham-{key}", "nottingham", ENSEMBLE, name, NOTTINGHAM_BANDS)
        for key, name in (
            ("young-voices", "Young Voices Choir"),
            ("guitars", "Guitar Group"),
            ("salsa", "Salsa Jazz"),
            ("samba", "Samba"),
            ("band-factory", "Band Factory"),
        )
    ),
    *(
        Mention(f"nottingham-{key}", "nottingham", EVENT, name, f"{NOTTINGHAM_BANDS}; {more}")
        for key, name, more in (
            ("big-sing", "Big Sing", sources.NOTTINGHAM_RONNIE_SCOTT),
            ("music-camp", "Music Camp", sources.NOTTINGHAM_RONNIE_SCOTT),
            ("ten-pieces", "Ten Pieces", sources.NOTTINGHAM_RONNIE_SCOTT),
            ("band-week", "Area Band week", sources.NOTTINGHAM_RONNIE_SCOTT),
            ("global-connections", "Global Connections", sources.NOTTINGHAM_CONNECTIONS),
        )
    ),
    Mention(
        "nottingham-tiers",
        "nottingham",
        SCHOOL,
        "Bronze, Silver and Gold: one morning, one day, two days a week",
        sources.NOTTINGHAM_CHARGES,
        "2022",
        "What a school could choose, each with two staff.",
    ),
    Mention(
        "nottingham-lower-intensity",
        "nottingham",
        SCHOOL,
        "Fourteen more schools at a lower intensity",
        sources.HEADTEACHER,
        "by September 2016",
    ),
)
TELFORD_STOKE = (
    Mention(
        "telford-after-school",
        "telford-stoke",
        ENSEMBLE,
        "Ensembles after school, one at each school",
        sources.TELFORD_NOW,
        "2021",
    ),
    Mention(
        "telford-secondary",
        "telford-stoke",
        ENSEMBLE,
        "Ensemble of secondary pupils",
        sources.TELFORD_NOW,
        "2021",
        "At Ormiston Meridian Academy, beside St Augustine’s.",
    ),
    Mention(
        "telford-orchestra-for-all",
        "telford-stoke",
        ENSEMBLE,
        "National Orchestra for All",
        sources.TELFORD_NOW,
        "2021",
        "An orchestra to which players have gone.",
    ),
    Mention("telford-phoenix", "telford-stoke", SCHOOL, "Phoenix Academy, Telford", sources.TELFORD_BLOG, "by 2013"),
    Mention(
        "telford-ormiston",
        "telford-stoke",
        SCHOOL,
        "Ormiston Meridian Academy, Stoke-on-Trent",
        sources.TELFORD_NOW,
        "2021",
    ),
    Mention(
        "telford-classroom",
        "telford-stoke",
        EVENT,
        "Musicians in the classroom, six days",
        f"{sources.TELFORD}; {sources.TELFORD_CLASSROOM}",
        "2012",
    ),
)
NORWICH = (
    *(
        Mention(f"norwich-{key}", "norwich", SCHOOL, name, sources.NORWICH_TEN_YEARS, "2009", "Where it was launched.")
        for key, name in (("catton", "Catton Grove Primary School"), ("larkman", "Larkman Primary School"))
    ),
    Mention(
        "norwich-north-earlham",
        "norwich",
        SCHOOL,
        "North Earlham, with the NR5 project",
        sources.NORWICH_VISIT,
        "2009",
    ),
)
MENTIONS = (*LAMBETH, *LIVERPOOL, *LEEDS, *NEWCASTLE_GATESHEAD, *NOTTINGHAM, *TELFORD_STOKE, *NORWICH)
