"""Which category a child's fields fall into: one reading, whether children are counted one by one or summed by SQL."""

from collections.abc import Callable, Mapping
from typing import Any

from evaluation.menu.dimensions import ETHNIC_GROUP_OF, FAMILY_OF, FIFTH_OF, NOT_GIVEN, STAGE_OF
from participants.models import Child

# field of a child, its placement of the year or what they play, as the database has it: what it is counted as
Reading = Callable[[Any], str]


def _yes_no(value: bool | None) -> str:
    return NOT_GIVEN if value is None else "yes" if value else "no"


def _sex(value: str) -> str:
    return value if value in (Child.Sex.FEMALE, Child.Sex.MALE) else NOT_GIVEN


# dimension: the field it is read from, and how
READINGS: Mapping[str, tuple[str, Reading]] = {
    "year_group": ("year_group", lambda value: value or NOT_GIVEN),
    "key_stage": ("year_group", lambda value: STAGE_OF.get(value or NOT_GIVEN, NOT_GIVEN)),
    "sex": ("sex", _sex),
    "pupil_premium": ("is_pupil_premium", _yes_no),
    "sen": ("sen", lambda value: value or NOT_GIVEN),
    "eal": ("is_eal", _yes_no),
    "ethnicity": ("ethnicity", lambda value: ETHNIC_GROUP_OF.get(value or "", NOT_GIVEN)),
    "deprivation": ("home_decile", lambda value: str(value) if value else NOT_GIVEN),
    "deprivation_fifth": ("home_decile", lambda value: FIFTH_OF[str(value) if value else NOT_GIVEN]),
    "instrument": ("instrument", lambda value: FAMILY_OF.get(value or "", NOT_GIVEN)),
    # whether they came in an earlier academic year; whether their last enrolment ended by the end of the period
    "joining": ("came_before", lambda value: "returning" if value else "new"),
    "leaving": ("has_left", lambda value: "left" if value else "stays"),
}


def categories(fields: Mapping[str, Any]) -> dict[str, str]:
    """Returns a child's category in every dimension of the menu, from the fields that `READINGS` names."""
    return {dimension: read(fields[field]) for dimension, (field, read) in READINGS.items()}
