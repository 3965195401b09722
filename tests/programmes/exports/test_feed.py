"""Sessions as entries of a calendar, on both sides of each change of the clocks."""

from datetime import date

import pytest

from programmes.exports.feed import calendar_of
from programmes.models import Session
from tests.factories import programmes
from tests.inharmony.test_icalendar import moment_of


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [
        # Saturday and Sunday of the change in October, and of the one in March
        (date(2026, 10, 24), "09:15 to 10:00"),
        (date(2026, 10, 25), "10:15 to 11:00"),
        (date(2027, 3, 27), "10:15 to 11:00"),
        (date(2027, 3, 28), "09:15 to 10:00"),
    ],
)
def test_a_session_is_at_a_quarter_past_ten_in_london_on_every_day(cast, day, in_utc):
    session = programmes.session(cast.strings, day=day)
    rows = Session.objects.select_related("ensemble", "venue__school", "programme").filter(pk=session.pk)
    text = calendar_of(rows)
    assert f"{moment_of(text, 'DTSTART'):%H:%M} to {moment_of(text, 'DTEND'):%H:%M}" == in_utc
    assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T101500" in text.decode()


def test_no_session_is_an_empty_calendar_that_programs_accept(db):
    assert calendar_of([]).endswith(b"END:VTIMEZONE\r\nEND:VCALENDAR\r\n")
