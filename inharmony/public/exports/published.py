"""Figures that others printed, as a file: each with who printed it."""

from collections.abc import Iterable, Sequence
from typing import Any

from inharmony.public.queries.published import Printed, as_at, until
from inharmony.spreadsheets.sheet import SheetOut

NOTICE = (
    "Numbers that others printed, each with its source. They are not counted here, were counted in different ways, and "
    "may not be added up."
)
HEADINGS = (
    *("Hub", "Measure", "What is counted", "Qualifier", "Value", "Unit", "As at", "Until", "When, as printed"),
    *("Note", "Source"),
)


def as_json(figures: Iterable[Printed]) -> dict[str, Any]:
    """Returns the figures as the fields that the page of figures documents."""
    return {
        "title": "In Harmony, published figures",
        "notice": NOTICE,
        "figures": [
            {
                "hub": one.figure.programme.slug if one.figure.programme else None,
                "hub_name": one.hub,
                "measure": one.figure.measure,
                "label": one.label,
                "qualifier": one.figure.qualifier,
                "value": float(one.figure.value),
                "unit": one.figure.unit,
                "as_at": as_at(one.figure) or None,
                "until": until(one.figure) or None,
                "when": one.figure.when,
                "note": one.figure.note,
                "source": one.figure.source,
            }
            for one in figures
        ],
    }


def as_sheet(figures: Sequence[Printed]) -> SheetOut:
    """Returns the figures as one sheet."""
    return SheetOut(
        "Published figures",
        HEADINGS,
        (
            (
                *(one.hub, one.measure, one.label, one.figure.qualifier, float(one.figure.value), one.figure.unit),
                *(as_at(one.figure), until(one.figure), one.figure.when, one.figure.note, one.figure.source),
            )
            for one in figures
        ),
    )
