"""
Every measure the portal brings, in every version that was ever asked.

A change of words, answers or scoring is a new entry with the next version; the entry before it stays, so that answers
are always read by what was asked.
"""

from outcomes.measures.consistency import require_consistent
from outcomes.measures.shipped.family import FAMILY
from outcomes.measures.shipped.music import MUSIC
from outcomes.measures.shipped.sdq import SDQ
from outcomes.measures.shipped.staff import STAFF
from outcomes.measures.shipped.stirling import STIRLING
from outcomes.measures.shipped.tutor import TUTOR
from outcomes.measures.structure import Measure
from programmes.models import Indicator

# the versions of a measure from the first to the newest
MEASURES: tuple[Measure, ...] = (MUSIC, STIRLING, FAMILY, STAFF, TUTOR, *SDQ)

for _measure in MEASURES:
    require_consistent(_measure)

BY_KEY = {(measure.key, measure.version): measure for measure in MEASURES}
NEWEST = {measure.key: measure for measure in MEASURES}


def feeding(indicator: Indicator) -> tuple[Measure, ...]:
    """Returns the measures that feed an indicator, each in its newest version."""
    return tuple(measure for measure in NEWEST.values() if indicator in measure.feeds)
