"""Times and numbers of the public record in words, no more exact than they are in print."""

from datetime import date
from decimal import Decimal

from inharmony.pages.dates import printed, printed_span
from programmes.models import PublishedFigure
from programmes.models.entry import Precision


def span(starts_on: date, ends_on: date | None, precision: str = Precision.YEAR) -> str:
    """Returns "since 2012", "2009 to 2012", or "2012" of what began and ended in it."""
    if ends_on is None:
        return f"since {printed(starts_on, precision)}"
    return printed_span(starts_on, ends_on, precision)


def number(value: Decimal) -> str:
    """Returns "1,750" or "4.5": no noughts that nobody printed."""
    whole = value.to_integral_value()
    return f"{whole:,}" if value == whole else f"{value.normalize():,f}"


def said(figure: PublishedFigure) -> str:
    """Returns the number with its qualifier, as printed: "Over 1,750"."""
    qualifier = figure.get_qualifier_display() if figure.qualifier else ""
    return f"{qualifier} {number(figure.value)}".strip()


def counted(figure: PublishedFigure) -> str:
    """Returns the number with what it counts, nothing said twice: "420 children each week", "84 children"."""
    if figure.label == figure.unit or figure.label.startswith(f"{figure.unit} "):
        return f"{said(figure)} {figure.label}"
    return f"{said(figure)} {figure.unit}, {figure.label}"
