"""Who founded In Harmony, who chaired it, who led it: as in print, and nobody else."""

from datetime import date

from programmes.models import Office as Kept
from programmes.record import sources
from programmes.record.facts import Office

FOUNDER, CHAIR, STEERING = Kept.Kind.FOUNDER, Kept.Kind.CHAIR, Kept.Kind.STEERING
DIRECTOR = Kept.Kind.DIRECTOR

OFFICES = (
    Office(
        "founder",
        FOUNDER,
        "Julian Lloyd Webber",
        f"{sources.ENCYCLOPAEDIA}; {sources.EXPANSION}",
        words="Cellist. Asked by the schools minister Andrew Adonis in 2007 to lead a programme after the Venezuelan "
        "model.",
    ),
    Office(
        "chair",
        CHAIR,
        "Julian Lloyd Webber",
        f"{sources.TELEGRAPH}; {sources.GUARDIAN}; {sources.ENCYCLOPAEDIA}",
        of_body="In Harmony steering group",
        starts_on=date(2008, 1, 1),
        words="In print as chair in 2008 and 2009; when he stopped is not.",
    ),
    Office(
        "steering-group",
        STEERING,
        "In Harmony steering group",
        sources.ENCYCLOPAEDIA,
        starts_on=date(2008, 1, 1),
        words="It guided the three pilots in Liverpool, Lambeth and Norwich. Its other members are not in print here.",
    ),
    Office(
        "charity-chair",
        CHAIR,
        "Julian Lloyd Webber",
        f"{sources.CLASSIC_FM}; {sources.SCREENING}",
        of_body="In Harmony Sistema England, the supporting charity",
        starts_on=date(2013, 1, 1),
        words="In print as its chair in May 2013; when he began and stopped is not.",
    ),
    Office(
        "lambeth-director",
        DIRECTOR,
        "Brendon Le Page",
        f"{sources.FMS}; {sources.LAMBETH_EVALUATION_TEXT}",
        of_body="In Harmony Lambeth and Lambeth Music Service",
        starts_on=date(2010, 1, 1),
        programme="lambeth",
        words="In print in October 2010 and in the evaluation of 2011.",
    ),
    Office(
        "norwich-director",
        DIRECTOR,
        "Marcus Patteson",
        f"{sources.NORWICH_TEN_YEARS}; NORCA, Who’s who, norcasistema.org.uk/about-us",
        of_body="NORCA and Sistema in Norwich",
        starts_on=date(2009, 1, 1),
        programme="norwich",
        words="Executive director, leading from the beginning.",
    ),
    Office(
        "telford-manager",
        DIRECTOR,
        "Richard Shrewsbury",
        sources.TELFORD,
        of_body="In Harmony Telford & Stoke-on-Trent",
        starts_on=date(2012, 1, 1),
        programme="telford-stoke",
        words="Project manager, in print in December 2012.",
    ),
    Office(
        "liverpool-artistic-director",
        DIRECTOR,
        "Sally Anne Anderson",
        sources.NEWS_2010,
        of_body="In Harmony Liverpool",
        starts_on=date(2010, 1, 1),
        programme="liverpool",
        words="Artistic director, in print in September 2010.",
    ),
    Office(
        "leeds-education-director",
        DIRECTOR,
        "Rebecca Walsh",
        f"{sources.LEEDS_TOWN_HALL}",
        of_body="Opera North, education",
        starts_on=date(2014, 1, 1),
        programme="leeds",
        words="Education director, in print in July 2014.",
    ),
)
