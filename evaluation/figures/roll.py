"""
Characteristics that schools publish of their whole roll, and what share of the children taking part has them.

One rule for a hub and for a release: a share of those of whom it is known.
"""

from collections.abc import Mapping

from evaluation.figures.catalogue import children_of, of_category
from evaluation.figures.cells import NOT_THERE, Said, Source
from evaluation.figures.released import share
from evaluation.figures.table import Cell
from evaluation.menu.dimensions import DIMENSIONS, NOT_GIVEN
from evaluation.menu.tables import ALL
from participants.models import Child

# by dimension, which is the column of the roll too: its words, and the categories of children who have it
ON_ROLL: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "pupil_premium": ("Pupil Premium", ("yes",)),
    "sen": ("Special educational needs", (Child.Sen.SUPPORT.value, Child.Sen.PLAN.value)),
    "eal": ("English as an additional language", ("yes",)),
}


def having(source: Source, dimension: str, row: str = ALL) -> Said:
    """Returns the children who have it: hidden where one of its categories is, nothing where the table is not there."""
    parts = [of_category(source, dimension, category, row) for category in ON_ROLL[dimension][1]]
    lacking = next((part for part in parts if part.value is None), None)
    return lacking or Said(sum(int(part.value or 0) for part in parts))


def known_of(source: Source, dimension: str, row: str = ALL) -> Said:
    """Returns the children of whom it is known: all less those of whom it is not, hidden where either number is."""
    whole, unknown = children_of(source, row), of_category(source, dimension, NOT_GIVEN, row)
    if whole.value is None or unknown.value is None:
        return whole if whole.value is None else unknown
    return Said(int(whole.value) - int(unknown.value))


def share_of_known(source: Source, dimension: str, row: str = ALL) -> Cell:
    """Returns the share of those of whom it is known; empty where the table is not there. Rule 5 as of any share."""
    part, known = having(source, dimension, row), known_of(source, dimension, row)
    if NOT_THERE in (part, known):
        return Cell()
    # each number of a release is rounded on its own: a part may be 5 more than its whole
    if part.value is not None and known.value is not None:
        known = Said(max(part.value, known.value))
    return share(source, part, known, is_sensitive=DIMENSIONS[dimension].is_sensitive)
