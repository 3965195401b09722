"""Headings of the Department's school tables (census, absence, key stage 2) and of joined files; what cells say."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from schools.imports import cells

Value = TypeVar("Value")

HEADINGS = {
    # which school
    "URN": "urn",
    "school_urn": "urn",
    "LA (code)": "authority",
    "LA": "authority",
    "LEA": "authority",
    "EstablishmentNumber": "number",
    "Estab": "number",
    "LAESTAB": "laestab",
    "school_laestab": "laestab",
    # rows that are of no school, or of another year
    "RECTYPE": "rectype",
    "geographic_level": "level",
    "time_period": "period",
    # school census
    "NumberOfPupils": "roll",
    "NOR": "roll",
    "headcount of pupils": "roll",
    "PercentageFSM": "fsm_percent",
    "PNUMFSM": "fsm_percent",
    "% of pupils known to be eligible for free school meals": "fsm_percent",
    "PercentageFSMEver6": "pupil_premium_percent",
    "FSM ever 6": "pupil_premium_percent",
    "PNUMFSMEVER": "pupil_premium_percent",
    "PercentageEAL": "eal_percent",
    "EAL": "eal_percent",
    "PNUMEAL": "eal_percent",
    "% of pupils whose first language is known or believed to be other than English": "eal_percent",
    "PercentageSEN": "sen_percent",
    "SEN": "sen_percent",
    "PSENELSE": "sen_plan",
    "PSENELK": "sen_support",
    # absence
    "OVERALL": "absence",
    "PERCTOT": "absence",
    "sess_overall_percent": "absence",
    "PPERSABS10": "persistent_absence_percent",
    "enrolments_pa_10_exact_percent": "persistent_absence_percent",
    # key stage 2; disadvantaged pupils are those of the cohort, not of the roll
    "PTFSM6CLA1A": "disadvantaged",
    "PTRWM_EXP": "expected_percent",
    "PTRWM_HIGH": "higher_percent",
    # of the school's place
    "IMD decile": "imd_decile",
    "IDACI decile": "idaci_decile",
}
# columns a number is worked out from; any other is the number itself
DERIVED = {"sen_plan": "sen_percent", "sen_support": "sen_percent", "absence": "attendance_percent"}
# given only where nothing better is known of the number
FILLS = {"disadvantaged": "pupil_premium_percent"}
WHICH = frozenset({"urn", "authority", "number", "laestab", "rectype", "level", "period"})
# beside what all tables write for nothing: few pupils, low coverage, special or new school, not applicable
UNPUBLISHED = cells.NOTHING | {"LOWCOV", "SP", "NP", "NEW", "low", "k", "u", "n/a", "~", "-"}
SCHOOLS = {"", "1", "2"}  # record types of the performance tables; others are authorities and the country


def or_nothing(taker: Callable[[str], Value | None]) -> Callable[[str], Value | None]:
    """Returns the taker, told of everything the tables write where no value is published."""
    return lambda cell: None if cell in UNPUBLISHED else taker(cell)


TAKERS: Mapping[str, Callable[[str], int | Decimal | None]] = {
    "roll": or_nothing(lambda cell: cells.whole(cell, most=20_000)),
    "imd_decile": or_nothing(cells.decile),
    "idaci_decile": or_nothing(cells.decile),
    **dict.fromkeys(
        (
            *("fsm_percent", "pupil_premium_percent", "eal_percent", "sen_percent", "sen_plan", "sen_support"),
            *("absence", "persistent_absence_percent", "disadvantaged", "expected_percent", "higher_percent"),
        ),
        or_nothing(cells.percent),
    ),
}


def year_told(heading: str) -> int | None:
    """Returns the academic year (its first calendar year) of a heading such as `NumberOfPupils (Jan 2019)`: 2018."""
    found = re.search(r"\(Jan(?:uary)? (20\d\d)\)", heading)
    return int(found[1]) - 1 if found else None
