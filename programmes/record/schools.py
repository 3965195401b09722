"""Partner schools that the programmes' own pages name, with the URN, authority and postcode of the register."""

from datetime import date

from programmes.record import sources
from programmes.record.facts import PartnerSchool as School
from programmes.record.organisations import NEW_PROGRAMMES
from programmes.record.programmes import PILOTS_BEGAN

LEEDS, NEWCASTLE = NEW_PROGRAMMES["leeds"], NEW_PROGRAMMES["newcastle-gateshead"]
NOTTINGHAM, TELFORD = NEW_PROGRAMMES["nottingham"], NEW_PROGRAMMES["telford-stoke"]
IN_2022, LATER = date(2022, 9, 1), date(2023, 9, 1)
YEAR_2022 = f"{sources.LEEDS_NOW} ({sources.YEAR_ONLY})"
SIX_NEW = f"{sources.LEEDS_SIX_NEW} (after 2022; the year is not in print, September 2023 stands for it)"
BY_2021 = f"{sources.TELFORD_NOW} ({sources.BY_THEN})"

PARTNER_SCHOOLS = (
    School("liverpool", 134723, "Faith Primary School", "341", "L5 3LW", PILOTS_BEGAN, sources.LIVERPOOL_TEN_YEARS),
    School(
        "liverpool",
        145086,
        "The Beacon Church of England Primary School",
        "341",
        "L5 3QG",
        date(2015, 2, 1),
        f"{sources.LIVERPOOL_EVERTON} ({sources.BY_THEN})",
    ),
    School(
        "liverpool",
        104505,
        "Everton Nursery School and Family Centre",
        "341",
        "L6 2WF",
        date(2015, 2, 1),
        f"{sources.LIVERPOOL_EVERTON} ({sources.MONTH_ONLY})",
    ),
    School(
        "liverpool",
        134250,
        "All Saints' Catholic Voluntary Aided Primary School",
        "341",
        "L4 2QG",
        date(2019, 9, 1),
        f"{sources.LIVERPOOL_ALL_SAINTS} ({sources.YEAR_ONLY})",
    ),
    School("leeds", 107947, "Windmill Primary School", "383", "LS10 3HQ", LEEDS, sources.LEEDS_LAUNCH),
    School("leeds", 107957, "Low Road Primary School", "383", "LS10 2PS", date(2015, 9, 1), sources.LEEDS),
    School(
        "leeds", 121791, "The New Bewerley Community Primary School", "383", "LS11 6TB", date(2016, 9, 1), sources.LEEDS
    ),
    School("leeds", 145178, "The Richmond Hill Academy", "383", "LS9 8PN", date(2018, 9, 1), sources.LEEDS_NOW),
    School("leeds", 107958, "Clapgate Primary School", "383", "LS10 4AW", IN_2022, YEAR_2022),
    School("leeds", 107483, "Lee Mount Primary School", "381", "HX3 5EB", IN_2022, YEAR_2022),
    School("leeds", 107984, "Sharp Lane Primary School", "383", "LS10 4QE", LATER, SIX_NEW),
    School("leeds", 107497, "Ling Bob Junior, Infant and Nursery School", "381", "HX2 0QD", LATER, SIX_NEW),
    School("leeds", 146034, "King's Meadow Academy", "384", "WF9 5BP", LATER, SIX_NEW),
    School(
        "leeds",
        107702,
        "Savile Town Church of England Voluntary Controlled Infant and Nursery School",
        "382",
        "WF12 9LY",
        LATER,
        SIX_NEW,
    ),
    School(
        "leeds",
        107705,
        "Thornhill Lees Church of England Voluntary Controlled Infant and Nursery School",
        "382",
        "WF12 9DL",
        LATER,
        SIX_NEW,
    ),
    School("leeds", 140392, "Diamond Wood Community Academy", "382", "WF13 3AD", LATER, SIX_NEW),
    School(
        "newcastle-gateshead",
        108460,
        "Hawthorn Primary School",
        "391",
        "NE4 6SB",
        NEWCASTLE,
        sources.NEWCASTLE_HAWTHORN,
    ),
    School("newcastle-gateshead", 108427, "Ashfield Nursery School", "391", "NE4 6JR", NEWCASTLE, sources.NEWCASTLE),
    School(
        "newcastle-gateshead",
        108466,
        "Bridgewater Primary School",
        "391",
        "NE15 6NL",
        date(2017, 9, 1),
        f"{sources.NEWCASTLE_EXPANDS} ({sources.YEAR_ONLY})",
    ),
    School(
        "nottingham", 134841, "Dovecote Primary and Nursery School", "892", "NG11 8EY", NOTTINGHAM, sources.NOTTINGHAM
    ),
    School("nottingham", 122481, "Mellers Primary School", "892", "NG7 3HJ", NOTTINGHAM, sources.NOTTINGHAM),
    School("nottingham", 131007, "Robin Hood Primary School", "892", "NG5 5NA", NOTTINGHAM, sources.NOTTINGHAM),
    School(
        "nottingham",
        144462,
        "William Booth Primary and Nursery School",
        "892",
        "NG2 4QF",
        NOTTINGHAM,
        f"{sources.NOTTINGHAM} (the register’s number is that of today’s school)",
    ),
    School("telford-stoke", 133270, "Old Park Primary School", "894", "TF3 2BF", TELFORD, sources.TELFORD),
    School("telford-stoke", 124003, "Heron Cross Primary School", "861", "ST4 4LJ", TELFORD, sources.TELFORD),
    School("telford-stoke", 123456, "Hollinswood Primary School", "894", "TF3 2EP", date(2021, 11, 1), BY_2021),
    School("telford-stoke", 140296, "St Augustine's Catholic Academy", "861", "ST3 7DF", date(2021, 11, 1), BY_2021),
)
