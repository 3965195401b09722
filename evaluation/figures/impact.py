"""
What was answered, as evidence on the eight indicators: sentences that go as far as the released numbers and no further.

A change is said to be up or down where the whole interval lies on one side of nought, and is never called the work of
anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluation.figures.cells import Said, Source
from evaluation.menu.tables import ALL, TABLES, feeding
from outcomes.indicators import INDICATORS, Described
from programmes.models import Indicator


@dataclass(frozen=True)
class Told:
    """What one table says in a sentence; `is_clear` where a change lies on one side of nought."""

    key: str
    words: str
    is_clear: bool = False


@dataclass(frozen=True)
class OnIndicator:
    """An indicator, and what was answered on it in a release or a hub: nothing where nobody was asked."""

    of: Described
    told: tuple[Told, ...]
    can_be_asked: bool


def on_indicators(source: Source | None) -> list[OnIndicator]:
    """Returns the eight indicators in their order with what a source says of each."""
    return [
        OnIndicator(one, tuple(_told_of(source, one.indicator)), bool(feeding(one.indicator))) for one in INDICATORS
    ]


def _told_of(source: Source | None, indicator: Indicator) -> Iterator[Told]:
    for key in feeding(indicator):
        if source is not None and source.of(key):
            yield told(source, key)


def told(source: Source, key: str) -> Told:
    """Returns what a table of answers says of the whole, in a sentence."""
    subject = TABLES[key].caption.partition(":")[0]
    if (ALL, "change") in source.of(key):
        return _told_change(source, key, subject)
    many, score = source.said(key, ALL, "answered"), source.said(key, ALL, "score")
    if many.value is None or score.value is None:
        return Told(key, f"{subject}: too few answered for a number that leaves a programme.")
    return Told(key, f"{subject}: a mean of {_points(score)} from {_about(source, many)} who answered.")


def _told_change(source: Source, key: str, subject: str) -> Told:
    many, change, low, high = (source.said(key, ALL, column) for column in ("both", "change", "low", "high"))
    if many.value is None or change.value is None:
        return Told(key, f"{subject}: too few answered both times for a number that leaves a programme.")
    who = f"among {_about(source, many)} children who answered both times"
    if low.value is None or high.value is None:
        return Told(key, f"{subject}: a change of {_signed(change)} {who}; how sure that is cannot be said.")
    sure = f"95 % interval {_signed(low)} to {_signed(high)}"
    if Decimal(low.value) > 0:
        return Told(key, f"{subject} went up by {_points(change)} ({sure}), {who}.", is_clear=True)
    if Decimal(high.value) < 0:
        return Told(key, f"{subject} went down by {_points(change).lstrip('−')} ({sure}), {who}.", is_clear=True)
    return Told(key, f"{subject} shows no clear change: {_signed(change)} ({sure}), {who}.")


def _about(source: Source, many: Said) -> str:
    return f"{int(many.value or 0):,}" if source.is_exact else f"about {int(many.value or 0):,}"


def _points(said: Said) -> str:
    return f"{round(Decimal(said.value or 0), 1):,}".replace("-", "−")


def _signed(said: Said) -> str:
    points = _points(said)
    return points if points.startswith("−") or not Decimal(said.value or 0) else f"+{points}"
