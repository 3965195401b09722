"""What happened when, in the country; and the milestones of each programme."""

from datetime import date

from programmes.record import sources
from programmes.record.facts import Account, Milestone
from programmes.record.hub_milestones import HUB_MILESTONES

SET_UP = (
    Account(
        "set-up-summer-2008",
        "Running since the summer of 2008, by the Arts Council’s page on its strategic funds.",
        sources.STRATEGIC_FUNDS,
    ),
    Account(
        "set-up-2009",
        "In Harmony began in 2009, by the encyclopaedia: that is when children first took part.",
        sources.ENCYCLOPAEDIA,
    ),
)
FIRST_CHILDREN = (
    Account(
        "first-children-2008",
        "Set up in 2008, by the Arts Council: it counts from the year in which the pilots were set up.",
        sources.ARTS_COUNCIL,
    ),
    Account(
        "first-children-march",
        "Since March 2009, by the Arts Council’s news of 2010 on Faith Primary School in Liverpool.",
        sources.NEWS_2010,
    ),
    Account(
        "first-children-9-march",
        "Launched on 9 March 2009, by another page of the Liverpool Philharmonic.",
        sources.LIVERPOOL_LOVE_MUSIC,
    ),
    Account(
        "first-children-six-months",
        "Running for six months, by The Guardian in November 2009.",
        sources.GUARDIAN,
    ),
)

BEGINNINGS = (
    Milestone(
        "proms-2007",
        date(2007, 8, 19),
        "The Simón Bolívar Youth Orchestra plays at the Proms",
        sources.INDEPENDENT,
        words=(
            "Julian Lloyd Webber was in the audience at the Royal Albert Hall. A few weeks later, he writes, the "
            "schools minister Andrew Adonis asked him to lead a programme of that kind in England."
        ),
    ),
    Milestone(
        "music-package-2007",
        date(2007, 11, 1),
        "£332 million announced for music education",
        sources.ENCYCLOPAEDIA,
        precision="month",
        words="Julian Lloyd Webber credits the visit of the Venezuelan orchestra in August of that year.",
    ),
    Milestone(
        "set-up-2008",
        date(2008, 1, 1),
        "In Harmony is set up",
        sources.ARTS_COUNCIL,
        precision="year",
        words="By Arts Council England and the Department for Education. Sources differ on what to call the start.",
        accounts=SET_UP,
    ),
    Milestone(
        "pilots-named-2008",
        date(2008, 1, 1),
        "The places of three pilots are announced",
        sources.TELEGRAPH,
        precision="year",
        words="West Everton in Liverpool, Lambeth in London, and Norwich.",
    ),
    Milestone(
        "pilots-begin-2009",
        date(2009, 2, 1),
        "Three pilots begin: West Everton, Lambeth and Norwich",
        f"{sources.GUARDIAN}; {sources.LIVERPOOL_DEBUT}; {sources.LIVERPOOL}",
        precision="month",
        words="With £3 million from the Department for Children, Schools and Families of the time.",
        accounts=FIRST_CHILDREN,
    ),
    Milestone(
        "henley-2011",
        date(2011, 2, 1),
        "The Henley review speaks well of In Harmony",
        sources.ENCYCLOPAEDIA,
        precision="month",
        words="The government’s review of music education, by Darren Henley.",
    ),
    Milestone(
        "pilot-evaluations-2011",
        date(2011, 1, 1),
        "Independent evaluations of the pilots appear",
        sources.ENCYCLOPAEDIA,
        precision="year",
    ),
    Milestone(
        "pilot-grant-ends-2011",
        date(2011, 3, 1),
        "The pilots’ grant ends",
        sources.LIVERPOOL_THREE_YEARS,
        precision="month",
        words="In Liverpool the work went on with the Arts Council, the primary care trust, the Paul Hamlyn Foundation "
        "and other trusts.",
        accounts=(
            Account(
                "pilot-grant-ends-2012",
                "Norwich’s state grant ended in July 2012, when its project was set to close.",
                f"{sources.NORWICH_LEFT}; {sources.NORWICH}",
            ),
        ),
    ),
    Milestone(
        "abreu-2011",
        date(2011, 7, 1),
        "José Antonio Abreu recognises In Harmony as part of the El Sistema network",
        sources.ENCYCLOPAEDIA,
        precision="month",
    ),
    Milestone(
        "expansion-2011",
        date(2011, 11, 1),
        "More places are announced with the first National Plan for Music Education",
        f"{sources.ENCYCLOPAEDIA}; {sources.NATIONAL_PLAN}",
        precision="month",
        words="The Arts Council matches £500,000 a year of the government’s from 2012.",
    ),
)
SHARED = (
    Milestone(
        "joint-funding-2012",
        date(2012, 4, 1),
        "The Department for Education and the Arts Council fund it together",
        f"{sources.STRATEGIC_FUNDS}; {sources.COMMISSIONS}",
        precision="month",
        words="The Arts Council also takes on co-ordinating and developing it.",
    ),
    Milestone(
        "call-2012",
        date(2012, 5, 25),
        "A call goes out for four new projects",
        sources.CALL,
        words="For 2012 to 2015.",
    ),
    Milestone(
        "awards-2012",
        date(2012, 7, 16),
        "Four new projects are chosen",
        f"{sources.AWARDS}; {sources.ENCYCLOPAEDIA}",
        words="Newcastle Gateshead, Leeds, Nottingham, and Telford & Wrekin. Lambeth and Liverpool are kept.",
    ),
    Milestone(
        "norwich-leaves-2012",
        date(2012, 7, 1),
        "Norwich leaves and goes on as Sistema in Norwich",
        f"{sources.NORWICH_LEFT}; {sources.NORWICH}; {sources.ENCYCLOPAEDIA}",
        precision="month",
        words="The state grant had ended.",
        programme="norwich",
        accounts=(
            Account(
                "norwich-grant-2011",
                "The grant of the pilots ended in March 2011, by the account from Liverpool.",
                sources.LIVERPOOL_THREE_YEARS,
            ),
        ),
    ),
    Milestone(
        "six-projects-2012-15",
        date(2012, 1, 1),
        "Six projects share £1.5 million of the Department, matched by the Arts Council",
        f"{sources.EXPANSION}; {sources.TELFORD_CAMERATA}; {sources.NOTTINGHAM}",
        precision="year",
        until=date(2015, 12, 31),
        words="The Arts Council co-ordinates. Two of the new projects say in print that they had £575,000 each.",
    ),
    Milestone(
        "venezuela-2013",
        date(2013, 5, 1),
        "Partnership with El Sistema of Venezuela",
        f"{sources.ENCYCLOPAEDIA}; {sources.CLASSIC_FM}",
        precision="month",
        words="The encyclopaedia has the year, 2013; Classic FM reported it on 2 May. All six projects, Sistema in "
        "Norwich, the Arts Council and the Southbank Centre had visited Venezuela.",
    ),
    Milestone(
        "strategic-fund-2015-18",
        date(2015, 1, 1),
        "£1.35 million for In Harmony from the Arts Council’s strategic funds",
        sources.STRATEGIC_FUNDS,
        precision="year",
        until=date(2018, 12, 31),
        words="The Arts Council’s part.",
    ),
    Milestone(
        "final-report-2016",
        date(2016, 11, 14),
        "The national evaluation is complete",
        sources.NFER_FINAL,
        words="Final report of the National Foundation for Educational Research.",
    ),
    Milestone(
        "another-year-2016",
        date(2016, 1, 1),
        "The Department confirms another year from April 2017",
        sources.ANOTHER_YEAR,
        precision="year",
        words="With the Arts Council. The page that reports it is undated; it is of late 2016.",
    ),
    Milestone(
        "horizon-2020",
        date(2020, 3, 1),
        "So far the funding was agreed in 2018",
        sources.TENDER,
        precision="month",
        words="March 2020 is the horizon of the funding in the Arts Council’s tender of July 2018 for an evaluation.",
    ),
    Milestone(
        "department-stops-2022",
        date(2022, 7, 1),
        "The Department stops; the Arts Council carries on alone",
        sources.ARTS_COUNCIL,
        precision="month",
        accounts=(
            Account(
                "department-stops-nottingham",
                "Nottingham Music Hub writes of In Harmony as ended when the Department’s money went.",
                sources.NOTTINGHAM_NOW,
            ),
        ),
    ),
)
MILESTONES = (*BEGINNINGS, *SHARED, *HUB_MILESTONES)
