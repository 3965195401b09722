"""From when to when something was so."""

from datetime import date

from inharmony.pages import dates


def lasting(start: date, end: date | None, precision: str) -> str:
    """Returns "since April 2012" of what goes on, "April 2012 to July 2022" of what ended."""
    return dates.printed_span(start, end, precision) if end else f"since {dates.printed(start, precision)}"
