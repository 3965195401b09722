"""What must be known of a programme before it is laid beside another, in sentences."""

from datetime import UTC, date, datetime

from evaluation.figures.cells import Source
from evaluation.figures.period import whole_year
from evaluation.queries.context import contexts


def test_a_programme_says_since_when_it_has_worked(cast):
    cast.leeds.delivery_started_on = date(2009, 4, 1)
    cast.leeds.save()
    rows = {"leeds": "Leeds"}
    (one,) = contexts(Source(whole_year(2026), "R", datetime(2027, 9, 1, tzinfo=UTC), False, {}, rows))
    assert one.words.startswith("Has worked ")
    assert one.words.endswith("since 2009.")
