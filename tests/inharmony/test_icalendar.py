"""The calendar as RFC 5545 wants it, read back by a reader that is not ours."""

import re
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st

from inharmony.icalendar import Event, calendar_text, folded

LONDON = ZoneInfo("Europe/London")
CHANGED = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


def event(**fields):
    now = {
        "key": "session-7@hub.example",
        "day": date(2026, 10, 25),
        "starts_at": time(10, 15),
        "ends_at": time(11, 0),
        "title": "Strings",
        "changed_at": CHANGED,
    }
    return Event(**now | fields)


def unfolded(text):
    """Returns the lines of a calendar as section 3.1 puts them together again."""
    assert text.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", text)
    return re.sub(rb"\r\n[ \t]", b"", text).decode().split("\r\n")[:-1]


def read(text):
    """Returns the events of a calendar: of each its properties, texts without their escapes."""
    lines, found = unfolded(text), []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and not line.startswith("END:"):
            words = re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value)
            found[-1].setdefault(name.partition(";")[0], words)
    return found


def moment_of(text, name):
    """Returns when a property of the first event is, in UTC, by the rules of the zone that stands in the file."""
    lines = unfolded(text)
    (line,) = [line for line in lines if line.startswith(f"{name};")]
    zone_id, value = re.fullmatch(rf"{name};TZID=([^:]+):(\d{{8}}T\d{{6}})", line).groups()
    zone = "\n".join(lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE") + 1])
    known = tzical(StringIO(zone)).get(zone_id)
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=known).astimezone(UTC)


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [
        (date(2026, 10, 24), "09:15"),
        (date(2026, 10, 25), "10:15"),
        (date(2027, 3, 27), "10:15"),
        (date(2027, 3, 28), "09:15"),
    ],
)
def test_a_quarter_past_ten_stays_so_on_both_sides_of_each_clock_change(day, in_utc):
    text = calendar_text("Hub", [event(day=day)])
    assert f"{moment_of(text, 'DTSTART'):%H:%M}" == in_utc


@pytest.mark.parametrize("year", [2026, 2027, 2031, 2040])
def test_the_zone_in_the_file_is_londons_on_every_day_of_a_year(year):
    lines = unfolded(calendar_text("Hub", []))
    zone = tzical(StringIO("\n".join(lines))).get("Europe/London")
    for number in range(366):
        noon = datetime(year, 1, 1, 8, 0) + timedelta(days=number)  # noqa: DTZ001
        assert noon.replace(tzinfo=zone).utcoffset() == noon.replace(tzinfo=LONDON).utcoffset(), noon


def test_an_event_says_what_when_and_where_and_that_it_is_off():
    text = calendar_text("Hub", [event(place="Hall, Saltwharf", kind="In school time", is_cancelled=True)])
    assert read(text) == [
        {
            "UID": "session-7@hub.example",
            "DTSTAMP": "20261103T083000Z",
            "LAST-MODIFIED": "20261103T083000Z",
            "DTSTART": "20261025T101500",
            "DTEND": "20261025T110000",
            "SUMMARY": "Strings",
            "LOCATION": "Hall, Saltwharf",
            "CATEGORIES": "In school time",
            "STATUS": "CANCELLED",
        }
    ]


def test_a_calendar_holds_what_the_standard_asks_for_in_its_order():
    lines = unfolded(calendar_text("In Harmony", [event()]))
    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//In Harmony//Portal//EN", "CALSCALE:GREGORIAN"]
    assert (lines.count("BEGIN:VTIMEZONE"), lines.count("BEGIN:VEVENT"), lines[-1]) == (1, 1, "END:VCALENDAR")


def test_a_text_cannot_end_its_line_and_begin_a_property():
    text = calendar_text("Hub", [event(title="Strings\r\nATTENDEE:mailto:a@b.example\nEND:VEVENT\x07")])
    assert not any(line.startswith("ATTENDEE") for line in unfolded(text))
    assert read(text)[0]["SUMMARY"] == "Strings\nATTENDEE:mailto:a@b.example\nEND:VEVENT"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300))
def test_any_text_comes_back_and_no_line_is_longer_than_75_octets(text):
    written = calendar_text("Hub", [event(title=text)])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    # each line by itself is whole letters
    assert [line.decode() for line in written.split(b"\r\n")]
    assert read(written)[0]["SUMMARY"] == text


@pytest.mark.parametrize(("letters", "lines"), [(75, [75]), (76, [75, 2]), (149, [75, 75]), (150, [75, 75, 2])])
def test_a_line_is_folded_only_where_it_must_be(letters, lines):
    assert [len(line) for line in folded("x" * letters).split(b"\r\n")[:-1]] == lines


def test_the_same_events_are_the_same_octets():
    assert calendar_text("Hub", [event()]) == calendar_text("Hub", [event()])


@pytest.mark.parametrize("between", ["\x85", "\u2028", "\u2029"])
def test_no_letter_breaks_a_line_but_the_standards_own(between):
    text = calendar_text("Hub", [event(title=f"Strings{between}BEGIN:VALARM")]).decode()
    assert text.splitlines() == text.split("\r\n")[:-1]
    assert "SUMMARY:Strings BEGIN:VALARM" in text
