"""Figures that others printed, by hub and measure, and what was changed in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from inharmony.public import wording
from programmes.models import EntryVersion, PublishedFigure

KIND = "published-figure"
NATION = "nation"
CHANGES_SHOWN = 40


@dataclass(frozen=True)
class Printed:
    """A figure in print, as a row of a table or a file."""

    hub: str
    measure: str
    label: str
    said: str
    value: str
    figure: PublishedFigure


@dataclass(frozen=True)
class Change:
    """What an act changed: of which figure, when, why, and the number it said from then on."""

    what: str
    at: datetime
    number: int
    reason: str
    is_withdrawn: bool
    value: str


def printed(hub: str = "", measure: str = "") -> list[Printed]:
    """Returns the figures shown, of one hub (its slug, or "nation") and of one measure where told; one statement."""
    found = PublishedFigure.objects.shown().select_related("programme")
    if hub:
        found = found.filter(programme__isnull=True) if hub == NATION else found.filter(programme__slug=hub)
    if measure:
        found = found.filter(measure=measure)
    ordered = found.order_by(
        F("programme__short_name").asc(nulls_first=True), "measure", F("as_at").asc(nulls_last=True), "pk"
    )
    return [
        Printed(
            one.programme.short_name if one.programme else "In Harmony as a whole",
            one.get_measure_display(),
            one.label,
            wording.said(one),
            wording.number(one.value).replace(",", ""),
            one,
        )
        for one in ordered
    ]


def as_at(figure: PublishedFigure) -> str:
    """Returns the time a figure is of, no more exact than in print: "2024", "2024-03" or "2024-03-08"; or nothing."""
    if figure.as_at is None:
        return ""
    return _cut(figure.as_at, figure.precision)


def until(figure: PublishedFigure) -> str:
    """Returns the end of the time a figure is of, in the same way."""
    return _cut(figure.until, figure.precision) if figure.until else ""


def _cut(day: date, precision: str) -> str:
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def changes(shown: Sequence[Printed]) -> list[Change]:
    """Returns what was changed in published figures lately, the newest first; one statement."""
    labels = {one.figure.pk: f"{one.hub}: {one.label}, {one.figure.when}" for one in shown}
    # the first version of what came with the portal is what it said before anybody changed it
    versions = EntryVersion.objects.filter(kind=KIND, written_by__isnull=False).order_by("-written_at", "-pk")
    return [
        Change(
            labels.get(one.entry) or str(one.values.get("label") or "A figure"),
            one.written_at,
            one.number,
            one.reason,
            one.is_withdrawn,
            str(one.values.get("value") or ""),
        )
        for one in versions[:CHANGES_SHOWN]
    ]
