"""A file of words for the Stirling scale, as an operator brings it: all of them invented."""

import json
from datetime import date

from outcomes.measures.shipped.stirling import STIRLING
from outcomes.measures.wording import read_wording

TODAY = date(2026, 11, 30)


def told(**changed):
    """A file of invented words for the scale, as the operator would write it."""
    return {
        "measure": "stirling",
        "version": "1",
        "source": "Invented",
        "licence": {"read_by": "Olu Operator", "agreed_on": "2026-11-02"},
        "instructions": "Invented instructions.",
        "answers": [{"value": value, "words": f"Answer {value}"} for value in range(1, 6)],
        "items": [{"key": item.key, "words": f"Words of {item.key}.", "reversed": False} for item in STIRLING.items],
        **changed,
    }


def read(file):
    return read_wording(json.dumps(file).encode(), today=TODAY)
