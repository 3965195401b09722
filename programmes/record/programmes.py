"""The seven programmes: six that run, one that left."""

from datetime import date

from programmes.models import ProgrammeStatus
from programmes.record import about, sources
from programmes.record.facts import Place, Programme, Status

PILOT, RUNNING = ProgrammeStatus.Status.PILOT, ProgrammeStatus.Status.RUNNING
DISPUTED, LEFT = ProgrammeStatus.Status.DISPUTED, ProgrammeStatus.Status.LEFT

PILOTS_SET_UP = date(2008, 7, 1)
PILOTS_BEGAN = date(2009, 2, 1)
JOINT_FUNDING = date(2012, 4, 1)
AWARDED = date(2012, 7, 16)

TWO_STARTS = (
    "Sources differ by what they call the start. Set up in 2008, says the Arts Council’s page; since the summer of "
    "2008, "
    "says an earlier one; three pilots began with children in February 2009, by the press of the time. No day is in "
    "print: July 2008 stands for the summer, 1 February 2009 for the month."
)
PILOTS_SOURCES = f"{sources.ARTS_COUNCIL}; {sources.STRATEGIC_FUNDS}; {sources.GUARDIAN}; {sources.ENCYCLOPAEDIA}"
PILOT_NOTE = (
    "One of three pilots, with £3 million from the schools department of the time. The pilots’ grant ended in March "
    "2011 and the work went on; since April 2012 the Department for Education and Arts Council England paid together."
)

LIVERPOOL = Programme(
    slug="liverpool",
    name="In Harmony Liverpool",
    short_name="Liverpool",
    colour="#9b1c31",
    announced_on=PILOTS_SET_UP,
    delivery_started_on=PILOTS_BEGAN,
    start_note=TWO_STARTS,
    source=f"{sources.LIVERPOOL}; {PILOTS_SOURCES}",
    about=about.LIVERPOOL.strip(),
    website="https://www.liverpoolphil.com/about-us/in-harmony-liverpool/",
    statuses=(
        Status(PILOT, PILOTS_BEGAN, date(2012, 3, 31), PILOT_NOTE, sources.LIVERPOOL_THREE_YEARS),
        Status(RUNNING, JOINT_FUNDING, None, "Kept when four new programmes were chosen in July 2012.", sources.AWARDS),
    ),
    places=(Place("Liverpool", "341", "North West", 53.4106, -2.9779, PILOTS_BEGAN, None, sources.LIVERPOOL),),
)
LAMBETH = Programme(
    slug="lambeth",
    name="In Harmony Lambeth",
    short_name="Lambeth",
    colour="#1f4e8c",
    announced_on=PILOTS_SET_UP,
    delivery_started_on=PILOTS_BEGAN,
    start_note=TWO_STARTS,
    source=f"{sources.LAMBETH}; {PILOTS_SOURCES}",
    about=about.LAMBETH.strip(),
    website="https://www.inharmonylambeth.co.uk/about-us.html",
    statuses=(
        Status(PILOT, PILOTS_BEGAN, date(2012, 3, 31), PILOT_NOTE, f"{sources.FMS}; {sources.LAMBETH}"),
        Status(RUNNING, JOINT_FUNDING, None, "Kept when four new programmes were chosen in July 2012.", sources.AWARDS),
    ),
    places=(Place("Lambeth", "208", "London", 51.4607, -0.1163, PILOTS_BEGAN, None, sources.LAMBETH),),
)
LEEDS = Programme(
    slug="leeds",
    name="In Harmony Opera North",
    short_name="Leeds",
    colour="#5b2a86",
    announced_on=AWARDED,
    delivery_started_on=date(2013, 1, 1),
    start_note=(
        "Launched with Windmill Primary School in Belle Isle in December 2012; running since January 2013, by one "
        "source, "
        "and since spring 2013, by another. January stands here as the start with children."
    ),
    source=f"{sources.LEEDS}; {sources.LEEDS_LAUNCH}; {sources.LEEDS_LOTTERY}; {sources.LEEDS_SIX_NEW}",
    about=about.LEEDS.strip(),
    website="https://www.operanorth.co.uk/about-us/education/in-harmony-opera-north/",
    statuses=(
        Status(RUNNING, date(2013, 1, 1), None, "Chosen in July 2012 as one of four new programmes.", sources.AWARDS),
    ),
    places=(
        Place("Leeds", "383", "Yorkshire and the Humber", 53.7997, -1.5492, date(2013, 1, 1), None, sources.LEEDS),
        Place(
            "Halifax (Calderdale)",
            "381",
            "Yorkshire and the Humber",
            53.7248,
            -1.8658,
            date(2022, 9, 1),
            None,
            f"{sources.LEEDS_NOW} ({sources.YEAR_ONLY})",
        ),
        Place(
            "Kirklees",
            "382",
            "Yorkshire and the Humber",
            53.6458,
            -1.785,
            date(2023, 9, 1),
            None,
            f"{sources.LEEDS_SIX_NEW} (after 2022; the year is not in print, September 2023 stands for it)",
        ),
        Place(
            "Pontefract (Wakefield)",
            "384",
            "Yorkshire and the Humber",
            53.6911,
            -1.3127,
            date(2023, 9, 1),
            None,
            f"{sources.LEEDS_SIX_NEW} (after 2022; the year is not in print, September 2023 stands for it)",
        ),
    ),
)
NEWCASTLE_GATESHEAD = Programme(
    slug="newcastle-gateshead",
    name="In Harmony Newcastle Gateshead",
    short_name="Newcastle Gateshead",
    colour="#0b5d5e",
    announced_on=AWARDED,
    delivery_started_on=date(2012, 9, 1),
    start_note=f"Started in 2012; {sources.YEAR_ONLY}.",
    source=f"{sources.NEWCASTLE}; {sources.NEWCASTLE_HAWTHORN}; {sources.NEWCASTLE_TEN_YEARS}",
    about=about.NEWCASTLE_GATESHEAD.strip(),
    website="https://sagegateshead.com/get-involved/children-young-people/in-harmony-newcastle-gateshead/about-in-harmony/",
    statuses=(
        Status(RUNNING, date(2012, 9, 1), None, "Chosen in July 2012 as one of four new programmes.", sources.AWARDS),
    ),
    places=(
        Place("Newcastle upon Tyne", "391", "North East", 54.9738, -1.6132, date(2012, 9, 1), None, sources.NEWCASTLE),
        Place("Gateshead", "390", "North East", 54.9527, -1.6034, date(2012, 9, 1), None, sources.NEWCASTLE),
    ),
)
NOTTINGHAM = Programme(
    slug="nottingham",
    name="In Harmony Nottingham",
    short_name="Nottingham",
    colour="#2e5e1f",
    announced_on=AWARDED,
    delivery_started_on=date(2013, 2, 1),
    start_note=f"Launched in February 2013; {sources.MONTH_ONLY}.",
    source=f"{sources.NOTTINGHAM}; {sources.NOTTINGHAM_SERVICE}; {sources.ARTS_COUNCIL}; {sources.NOTTINGHAM_NOW}",
    about=about.NOTTINGHAM.strip(),
    website="https://www.nottinghammusichub.org.uk/schools/in-harmony",
    statuses=(
        Status(
            RUNNING,
            date(2013, 2, 1),
            date(2022, 6, 30),
            "Chosen in July 2012 as one of four new programmes.",
            sources.AWARDS,
        ),
        Status(
            DISPUTED,
            date(2022, 7, 1),
            None,
            "The Arts Council lists the programme as current; the hub’s own school page of 2024–25 treats In Harmony "
            "as ended when the Department for Education’s money went, in July 2022.",
            f"{sources.ARTS_COUNCIL}; {sources.NOTTINGHAM_NOW}",
        ),
    ),
    places=(Place("Nottingham", "892", "East Midlands", 52.9548, -1.1581, date(2013, 2, 1), None, sources.NOTTINGHAM),),
)
TELFORD_STOKE = Programme(
    slug="telford-stoke",
    name="In Harmony Telford & Stoke-on-Trent",
    short_name="Telford & Stoke-on-Trent",
    colour="#8a4300",
    announced_on=AWARDED,
    delivery_started_on=date(2013, 1, 1),
    start_note=(
        "Six days of musicians in the classroom in autumn 2012, every child from January 2013. "
        "The award of July 2012 names Telford & Wrekin; one programme has served both places from the start."
    ),
    source=f"{sources.TELFORD_BLOG}; {sources.TELFORD}; {sources.TELFORD_NOW}",
    about=about.TELFORD_STOKE.strip(),
    website="https://inharmonytelfordstoke.com/",
    statuses=(
        Status(RUNNING, date(2013, 1, 1), None, "Chosen in July 2012 as one of four new programmes.", sources.AWARDS),
    ),
    places=(
        Place("Telford", "894", "West Midlands", 52.6766, -2.4469, date(2013, 1, 1), None, sources.TELFORD),
        Place("Stoke-on-Trent", "861", "West Midlands", 53.0027, -2.1794, date(2013, 1, 1), None, sources.TELFORD),
    ),
)
NORWICH = Programme(
    slug="norwich",
    name="In Harmony Norwich",
    short_name="Norwich",
    colour="#4a4f57",
    announced_on=PILOTS_SET_UP,
    delivery_started_on=PILOTS_BEGAN,
    start_note=TWO_STARTS,
    source=f"{sources.NORWICH}; {PILOTS_SOURCES}",
    about=about.NORWICH.strip(),
    website="https://www.norcasistema.org.uk/sistema-about",
    statuses=(
        Status(PILOT, PILOTS_BEGAN, date(2012, 6, 30), PILOT_NOTE, f"{sources.ENCYCLOPAEDIA}; {sources.NORWICH_LEFT}"),
        Status(
            LEFT,
            date(2012, 7, 1),
            None,
            "Left when the state grant ended, and goes on outside In Harmony as Sistema in Norwich. "
            f"For the day, {sources.MONTH_ONLY}.",
            f"{sources.NORWICH_LEFT}; {sources.NORWICH}",
        ),
    ),
    places=(
        Place(
            "Norwich", "926", "East of England", 52.6293, 1.2979, PILOTS_BEGAN, date(2012, 6, 30), sources.NORWICH_VISIT
        ),
    ),
)

PROGRAMMES = (LIVERPOOL, LAMBETH, LEEDS, NEWCASTLE_GATESHEAD, NOTTINGHAM, TELFORD_STOKE, NORWICH)

# The names of the local authorities the record speaks of, by the Department for Education's number.
AUTHORITIES = {
    "208": "Lambeth",
    "341": "Liverpool",
    "381": "Calderdale",
    "382": "Kirklees",
    "383": "Leeds",
    "384": "Wakefield",
    "390": "Gateshead",
    "391": "Newcastle upon Tyne",
    "861": "Stoke-on-Trent",
    "892": "Nottingham",
    "894": "Telford and Wrekin",
    "926": "Norfolk",
}
