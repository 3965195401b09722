"""Figures in print as they are read: written with how exact they are, when, and who printed them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from inharmony.pages.money import pounds
from programmes.models import PublishedFigure

Measure, Qualifier = PublishedFigure.Measure, PublishedFigure.Qualifier
POUNDS = "pounds"


@dataclass(frozen=True)
class Printed:
    """A figure that somebody printed: "8,000+", "children a year", "now", and who printed it."""

    written: str
    unit: str
    label: str
    when: str
    note: str
    source: str
    hub: str


def printed(figure: PublishedFigure) -> Printed:
    """Returns a figure as it is read; it came with its programme."""
    hub = figure.programme.short_name if figure.programme else ""
    unit = "" if figure.unit == POUNDS else figure.unit
    return Printed(written(figure), unit, figure.label, figure.when, figure.note, figure.source, hub)


def written(figure: PublishedFigure) -> str:
    """Returns "8,000+", "up to 4.5", "about £575,000": the number and how exact the source calls it."""
    number = pounds(figure.value) if figure.unit == POUNDS else plain(figure.value)
    if figure.qualifier in (Qualifier.OVER, Qualifier.AT_LEAST):
        return f"{number}+"
    return f"{figure.qualifier} {number}" if figure.qualifier else number


def plain(value: Decimal) -> str:
    """Returns "1,750" or "4.5": no zeros that nobody printed."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def national(measures: Iterable[str]) -> list[Printed]:
    """
    Returns the newest figure of the whole of In Harmony for each measure that has one; one statement.

    What is printed of no year stands on a page of today: it is newer than what is of one.
    """
    rows = PublishedFigure.objects.shown().filter(programme__isnull=True, measure__in=measures)
    newest: dict[str, PublishedFigure] = {}
    for row in sorted(rows, key=lambda row: row.as_at or date.max):
        newest[row.measure] = row
    return [printed(newest[measure]) for measure in measures if measure in newest]


def of_measure(measure: str) -> list[Printed]:
    """Returns all figures of a measure, by hub and then by time; one statement."""
    rows = PublishedFigure.objects.shown().filter(measure=measure).select_related("programme")
    return [printed(row) for row in rows.order_by("programme__short_name", "as_at", "id")]
