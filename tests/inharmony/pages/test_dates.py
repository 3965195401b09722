import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

from inharmony.pages import dates

DAY = dt.date(2026, 11, 7)


def test_a_day_is_written_in_british_order_without_a_leading_nought():
    assert dates.day(DAY) == "7 November 2026"
    assert dates.weekday(DAY) == "Saturday 7 November"
    assert dates.short_day(DAY) == "7 Nov"


def test_a_time_is_written_in_24_hours():
    assert dates.clock(dt.time(9, 5)) == "09:05"
    assert dates.moment(dt.datetime(2026, 11, 7, 21, 5, tzinfo=dt.UTC)) == "7 November 2026, 21:05"


def test_a_template_shows_a_moment_in_london_time():
    summer = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    shown = Template("{% load look %}{{ at|moment }} / {{ at|day }} / {{ at|clock }}").render(Context({"at": summer}))
    assert shown == "1 July 2026, 00:30 / 1 July 2026 / 00:30"
    assert timezone.get_default_timezone_name() == "Europe/London"


def test_midnight_is_a_time_and_no_day_is_nothing():
    template = Template("{% load look %}{{ midnight|clock }}[{{ none|day }}]")
    assert template.render(Context({"midnight": dt.time(0, 0), "none": None})) == "00:00[]"


def test_a_date_in_print_is_written_as_exactly_as_it_is_known():
    assert [dates.printed(DAY, precision) for precision in ("day", "month", "year")] == [
        "7 November 2026",
        "November 2026",
        "2026",
    ]


@pytest.mark.parametrize(
    ("until", "precision", "words"),
    [
        (None, "day", "7 November 2026"),
        (DAY, "day", "7 November 2026"),
        (dt.date(2026, 11, 9), "day", "7 to 9 November 2026"),
        (dt.date(2026, 12, 1), "day", "7 November to 1 December 2026"),
        (dt.date(2027, 11, 7), "day", "7 November 2026 to 7 November 2027"),
        (dt.date(2026, 11, 30), "month", "November 2026"),
        (dt.date(2026, 12, 31), "month", "November to December 2026"),
        (dt.date(2028, 3, 31), "month", "November 2026 to March 2028"),
        (dt.date(2026, 12, 31), "year", "2026"),
        (dt.date(2029, 3, 31), "year", "2026 to 2029"),
    ],
)
def test_a_time_in_print_names_month_and_year_once(until, precision, words):
    assert dates.printed_span(DAY, until, precision) == words


def test_a_template_shows_a_date_in_print_and_nothing_for_none():
    template = Template(
        "{% load look %}{{ on|printed:'month' }}[{{ none|printed:'year' }}][{% printed_span on until 'year' %}]"
        "[{% printed_span none none %}]"
    )
    shown = template.render(Context({"on": DAY, "until": dt.date(2028, 1, 1), "none": None}))
    assert shown == "November 2026[][2026 to 2028][]"
