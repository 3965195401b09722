import datetime as dt

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
