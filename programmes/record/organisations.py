"""Who leads, who partners, who pays."""

from datetime import date

from programmes.models import OrganisationRole
from programmes.record import sources
from programmes.record.facts import FormerName, Organisation, Role
from programmes.record.programmes import JOINT_FUNDING, PILOTS_BEGAN

LEAD, PARTNER = OrganisationRole.Kind.LEAD, OrganisationRole.Kind.PARTNER
FUNDER = OrganisationRole.Kind.FUNDER

PILOTS_GRANT_ENDED = date(2011, 3, 31)
STATE_GRANT_ENDED = date(2012, 7, 31)
DEPARTMENT_STOPPED = date(2022, 7, 31)
NEW_PROGRAMMES = {
    "leeds": date(2013, 1, 1),
    "newcastle-gateshead": date(2012, 9, 1),
    "nottingham": date(2013, 2, 1),
    "telford-stoke": date(2013, 1, 1),
}
PILOT_GRANT = "Its part of £3 million for three pilots, paid by the schools department of the time."
SINCE_DELIVERY = "The grant was awarded in July 2012; it is shown from the start with children."
STARTS_WITH_IT = "Named as a partner in print; no start is given, so the start of the programme stands for it."

DEPARTMENT_ROLES = (
    *(
        Role(slug, FUNDER, PILOTS_BEGAN, sources.LIVERPOOL_THREE_YEARS, PILOTS_GRANT_ENDED, PILOT_GRANT)
        for slug in ("liverpool", "lambeth")
    ),
    Role(
        "norwich",
        FUNDER,
        PILOTS_BEGAN,
        sources.NORWICH_LEFT,
        STATE_GRANT_ENDED,
        f"{PILOT_GRANT} Liverpool’s account has the pilots’ money ending in March 2011, Norwich’s in July 2012.",
    ),
    *(
        Role(slug, FUNDER, JOINT_FUNDING, sources.ARTS_COUNCIL, DEPARTMENT_STOPPED, "With Arts Council England.")
        for slug in ("liverpool", "lambeth")
    ),
    *(
        Role(
            slug,
            FUNDER,
            start,
            sources.ARTS_COUNCIL,
            DEPARTMENT_STOPPED,
            f"With Arts Council England. {SINCE_DELIVERY}",
        )
        for slug, start in NEW_PROGRAMMES.items()
    ),
)
ARTS_COUNCIL_ROLES = (
    Role(
        "liverpool",
        FUNDER,
        date(2011, 4, 1),
        sources.LIVERPOOL_THREE_YEARS,
        note="Among those who paid after the pilot’s grant; with the Department from April 2012 to July 2022.",
    ),
    Role(
        "lambeth",
        FUNDER,
        JOINT_FUNDING,
        sources.STRATEGIC_FUNDS,
        note="With the Department for Education until July 2022, alone since.",
    ),
    *(
        Role(
            slug,
            FUNDER,
            start,
            sources.STRATEGIC_FUNDS,
            note=f"With the Department for Education until July 2022, alone since. {SINCE_DELIVERY}",
        )
        for slug, start in NEW_PROGRAMMES.items()
    ),
)

ORGANISATIONS = (
    Organisation("department-for-education", "Department for Education", DEPARTMENT_ROLES),
    Organisation("arts-council-england", "Arts Council England", ARTS_COUNCIL_ROLES),
    Organisation(
        "royal-liverpool-philharmonic",
        "Royal Liverpool Philharmonic",
        (Role("liverpool", LEAD, PILOTS_BEGAN, sources.LIVERPOOL),),
    ),
    Organisation(
        "youth-music",
        "Youth Music",
        (
            Role(
                "liverpool",
                FUNDER,
                date(2015, 2, 1),
                sources.LIVERPOOL_EVERTON,
                date(2016, 7, 31),
                "For the early years at Everton Nursery School and Family Centre, until July 2016.",
            ),
        ),
    ),
    Organisation(
        "paul-hamlyn-foundation",
        "Paul Hamlyn Foundation",
        (
            Role(
                "liverpool",
                FUNDER,
                date(2012, 1, 1),
                sources.LIVERPOOL_HAMLYN,
                date(2020, 12, 31),
                "From 2012 to 2015, and £329,000 from 2016 to 2020. Only the years are in print.",
            ),
        ),
    ),
    Organisation(
        "lambeth-council",
        "Lambeth Council",
        (
            Role(
                "lambeth",
                LEAD,
                PILOTS_BEGAN,
                sources.LAMBETH,
                note="Its children’s service and its music service.",
            ),
        ),
    ),
    Organisation(
        "southbank-centre",
        "Southbank Centre",
        (Role("lambeth", PARTNER, PILOTS_BEGAN, sources.GRAMOPHONE, note=STARTS_WITH_IT),),
    ),
    Organisation(
        "london-philharmonic-orchestra",
        "London Philharmonic Orchestra",
        (Role("lambeth", PARTNER, PILOTS_BEGAN, sources.GRAMOPHONE, note=f"Key orchestra. {STARTS_WITH_IT}"),),
    ),
    Organisation(
        "amicus-horizon",
        "Amicus Horizon",
        (
            Role(
                "lambeth",
                PARTNER,
                PILOTS_BEGAN,
                sources.FMS,
                PILOTS_GRANT_ENDED,
                "Housing association of the Lansdowne Green Estate, in the pilot.",
            ),
        ),
    ),
    Organisation("opera-north", "Opera North", (Role("leeds", LEAD, NEW_PROGRAMMES["leeds"], sources.LEEDS),)),
    Organisation(
        "the-glasshouse",
        "The Glasshouse International Centre for Music",
        (Role("newcastle-gateshead", LEAD, NEW_PROGRAMMES["newcastle-gateshead"], sources.NEWCASTLE),),
        (FormerName("Sage Gateshead", f"{sources.GLASSHOUSE}; {sources.NEWCASTLE_RENAMED}", date(2023, 9, 12)),),
    ),
    Organisation(
        "nottingham-city-council",
        "Nottingham City Council",
        (
            Role(
                "nottingham",
                LEAD,
                NEW_PROGRAMMES["nottingham"],
                sources.NOTTINGHAM,
                date(2013, 12, 31),
                "Its music service, until that became a charity in 2014.",
            ),
        ),
    ),
    Organisation(
        "nottingham-music-service",
        "Nottingham Music Service",
        (
            Role(
                "nottingham",
                LEAD,
                date(2014, 1, 1),
                sources.NOTTINGHAM_SERVICE,
                note="Independent charity since 2014 (only the year is in print); leads Nottingham Music Hub.",
            ),
        ),
    ),
    Organisation(
        "telford-and-wrekin-music",
        "Telford & Wrekin Music",
        (Role("telford-stoke", LEAD, NEW_PROGRAMMES["telford-stoke"], sources.TELFORD_BLOG),),
    ),
    *(
        Organisation(
            slug,
            name,
            (Role("telford-stoke", PARTNER, NEW_PROGRAMMES["telford-stoke"], source, note=STARTS_WITH_IT),),
        )
        for slug, name, source in (
            ("city-of-birmingham-symphony-orchestra", "City of Birmingham Symphony Orchestra", sources.TELFORD_BLOG),
            ("manchester-camerata", "Manchester Camerata", sources.TELFORD_CAMERATA),
            ("stoke-city-music-service", "Stoke City Music Service", sources.TELFORD_BLOG),
            ("staffordshire-performing-arts", "Staffordshire Performing Arts", sources.TELFORD_BLOG),
            ("arts-connect", "Arts Connect", sources.TELFORD_BLOG),
        )
    ),
    Organisation(
        "norca",
        "NORCA",
        (
            Role(
                "norwich",
                LEAD,
                PILOTS_BEGAN,
                sources.NORWICH,
                date(2012, 6, 30),
                "Goes on outside In Harmony as Sistema in Norwich.",
            ),
        ),
    ),
    Organisation(
        "sistema-england",
        "Sistema England",
        (),
        (FormerName("In Harmony Sistema England", sources.EXPANSION),),
    ),
)
