"""What a table counts, by its key: the definitions that stand beside it in a file and at the end of a report."""

from collections.abc import Mapping

from evaluation.figures import definitions
from evaluation.figures.compared import DOTS
from evaluation.figures.figure import Definition
from evaluation.figures.own import BESIDE_ROLL, OVER_YEARS
from evaluation.menu.tables import TABLES

# a report has several tables of a kind: each key begins with one of these
OF_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "said_change": ("answered_both", "change"),
    "said_groups": ("answered_both", "change"),
    "said_hours": ("answered_both", "change"),
    "said_level": ("answers", "mean_score"),
}
# what tables count that are none of the menu
COUNTED: Mapping[str, tuple[str, ...]] = {
    "by_school": ("children_reached", "registers_taken", "attendance"),
    "attendance_by_ensemble": ("attendance", "registers_taken"),
    "attendance_by_week": ("attendance", "registers_taken"),
    BESIDE_ROLL: ("children_reached", "roll"),
    "cancelled_by_reason": ("sessions_cancelled",),
    "terms_of_school": ("children_reached", "sessions_held", "attendance"),
    "operations": ("sessions_held", "hours_held", "schools", "registers_taken"),
    "through_the_years": ("children_reached", "attendance", "hours_received", "schools"),
    "hub_through_the_years": (
        *("children_reached", "children_new", "children_leaving", "attendance", "hours_received"),
        *("sessions_held", "schools", "registers_taken"),
    ),
}


def defined_by(key: str) -> tuple[Definition, ...]:
    """Returns what a table counts, by its key; nothing of one that has no definition but its own note."""
    spec = TABLES.get(key)
    keys = spec.definitions if spec else COUNTED.get(key) or _of_answers(key) or _of_one_figure(key)
    return tuple(definitions.ALL[key] for key in keys if key in definitions.ALL)


def _of_answers(key: str) -> tuple[str, ...]:
    return next((counted for begins, counted in OF_ANSWERS.items() if key.startswith(begins)), ())


def _of_one_figure(key: str) -> tuple[str, ...]:
    if key.startswith(OVER_YEARS):
        return key.removeprefix(OVER_YEARS), "registers_taken"
    return (key.removeprefix(DOTS),)
