"""Where an answer opens: the page of a hub that shows the rows behind its number, or where its words are written."""

from django.urls import reverse

from evaluation.figures.own import BESIDE_ROLL
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import by, hours_by
from evaluation.queries.progression import TABLES as OF_PROGRESSION
from evaluation.queries.returned import Answer, Line
from evaluation.views.hub.frame import Asked

# the page on which a table stands
PAGE_OF = {
    **dict.fromkeys((tables.KINDS, tables.PROVISION, tables.SESSIONS, tables.CANCELLED), "hub-provision"),
    **dict.fromkeys((tables.INTENSITY, hours_by("year_group")), "hub-hours"),
    **dict.fromkeys(("by_school", "attendance_by_ensemble", BESIDE_ROLL, tables.ROLL), "hub-schools"),
    **dict.fromkeys(OF_PROGRESSION, "hub-progression"),
    tables.INCOME: "hub-funding",
}
BY = {by(dimension): dimension for dimension in DIMENSIONS}


def opens(found: Asked, answer: Answer, line: Line | None = None) -> str:
    """Returns the address at which a line of an answer opens, on this site. Raises KeyError for a table of no page."""
    if answer.is_of_words:
        return _written_at(found, answer)
    if answer.is_figure:
        # the period of a year ends in no term
        return f"{found.href('hub-figure', answer.opens)}{line.term if line else ''}"
    if answer.opens in PAGE_OF:
        return found.href(PAGE_OF[answer.opens])
    return f"{found.href('hub-children')}&by={BY[answer.opens]}"


def _written_at(found: Asked, answer: Answer) -> str:
    args = [found.programme.slug, answer.opens, answer.question.id]
    return f"{reverse('evaluation:hub-words', args=args)}?year={found.period.written_year}"
