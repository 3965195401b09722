"""The 72 hours in words, on every side of their end."""

from datetime import UTC, datetime, timedelta

import pytest

from inharmony.audit.deadline import deadline, span
from inharmony.audit.models import BreachVersion

# Tuesday 24 November 2026, 10:42 in London, where it is winter
NOTICED = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
END = NOTICED + timedelta(hours=72)


def of(now, **fields):
    found = deadline(BreachVersion(noticed_at=NOTICED, **fields), now)
    return found.kind, found.short, found.words


def test_it_says_what_is_left_and_until_when():
    assert of(NOTICED) == (
        "warn",
        "3 days left",
        "3 days left: tell the ICO, if it must be told, by Friday 27 November, 10:42.",
    )


def test_the_last_day_presses():
    assert of(END - timedelta(hours=24, minutes=1))[0] == "warn"
    assert of(END - timedelta(hours=24))[:2] == ("bad", "1 day left")
    assert of(END - timedelta(minutes=1))[:2] == ("bad", "1 minute left")


def test_after_the_end_it_says_how_late_it_is_and_what_to_do():
    kind, short, words = of(END + timedelta(hours=5))
    assert (kind, short) == ("bad", "5 hours late")
    assert words.endswith("on Friday 27 November, 10:42. Tell the ICO now, and say why it is late.")
    assert of(END)[1] == "0 minutes late"


def test_decided_to_tell_and_not_yet_told_still_runs():
    assert of(END + timedelta(days=2), ico="tell")[1] == "2 days late"


def test_told_in_time_and_told_late_are_told_apart():
    assert of(END, ico="tell", ico_told_at=END) == (
        "ok",
        "Told",
        "The ICO was told on 27 November 2026, 10:42, in time.",
    )
    kind, short, words = of(END, ico="tell", ico_told_at=END + timedelta(hours=26))
    assert (kind, short) == ("bad", "Told late")
    assert words.endswith("1 day and 2 hours after the 72 hours had ended.")


def test_not_to_be_told_has_no_deadline():
    assert of(END + timedelta(days=9), ico="no", ico_why="No risk.")[:2] == ("calm", "Not to be told")


def test_the_hours_are_hours_when_the_clocks_change():
    """Noticed the evening before the clocks go back: 72 hours end an hour earlier by the clock on the wall."""
    noticed = datetime(2026, 10, 24, 19, 0, tzinfo=UTC)  # 20:00 in London
    words = deadline(BreachVersion(noticed_at=noticed), noticed).words
    assert words.endswith("by Tuesday 27 October, 19:00.")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=2, hours=3, minutes=59), "2 days and 3 hours"),
        (timedelta(days=1, minutes=5), "1 day"),
        (timedelta(hours=1, minutes=59), "1 hour"),
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(seconds=-5), "0 minutes"),
    ],
)
def test_a_span_is_said_in_no_more_than_two_numbers(length, words):
    assert span(length) == words
