"""How much is invented."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SchoolPlan:
    """How many demonstration schools a programme has, the year groups that take part, weekly sessions of a class."""

    schools: int
    year_groups: tuple[int, ...]
    sessions_a_week: int


@dataclass(frozen=True)
class Scale:
    """A size by programme (slug), children in a school class (fewest and most), and schools that share one tutor."""

    programmes: Mapping[str, SchoolPlan]
    class_size: tuple[int, int]
    schools_a_tutor: int


SMALL = Scale(
    {
        "liverpool": SchoolPlan(4, (3, 4, 5, 6), 2),
        "leeds": SchoolPlan(5, (3, 4, 5), 2),
        "lambeth": SchoolPlan(2, (4, 5, 6), 1),
        "newcastle-gateshead": SchoolPlan(3, (3, 4, 5), 1),
        "nottingham": SchoolPlan(2, (3, 4, 5), 1),
        "telford-stoke": SchoolPlan(2, (4, 5, 6), 1),
    },
    class_size=(20, 30),
    schools_a_tutor=2,
)
NATIONAL = Scale(
    {
        "liverpool": SchoolPlan(12, (2, 3, 4, 5, 6), 3),
        "leeds": SchoolPlan(13, (2, 3, 4, 5, 6), 3),
        "lambeth": SchoolPlan(8, (2, 3, 4, 5, 6), 3),
        "newcastle-gateshead": SchoolPlan(8, (2, 3, 4, 5, 6), 3),
        "nottingham": SchoolPlan(7, (2, 3, 4, 5, 6), 3),
        "telford-stoke": SchoolPlan(7, (2, 3, 4, 5, 6), 3),
    },
    class_size=(26, 31),
    schools_a_tutor=1,
)
SCALES = {"small": SMALL, "national": NATIONAL}
