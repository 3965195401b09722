"""
Calendars as phones read them: iCalendar (RFC 5545), written and never read.

Times are those of a clock in London, with the rules of its zone in the file: a session at 10:15 is at 10:15 before and
after the clocks change, whatever zone the phone is in.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

CONTENT_TYPE = "text/calendar; charset=utf-8"
LINE = 75  # octets, without the line break
ZONE = "Europe/London"
# since 1996 as it is now; no calendar of ours reaches back behind that
_LONDON = f"""\
BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# where readers break a line though the standard knows no break there
_OTHER_BREAKS = re.compile(r"[\x85\u2028\u2029]")


@dataclass(frozen=True)
class Event:
    """What stands in a calendar, in London wall time; `key` names it for good, `changed_at` is when it last changed."""

    key: str
    day: date
    starts_at: time
    ends_at: time
    title: str
    changed_at: datetime
    place: str = ""
    words: str = ""
    kind: str = ""
    href: str = ""
    is_cancelled: bool = False


def calendar_text(name: str, events: Iterable[Event]) -> bytes:
    """Returns a calendar of that name; the same events always give the same octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//In Harmony//Portal//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}", f"X-WR-TIMEZONE:{ZONE}"]
    # how often to look again, in the standard's word and in the one that older programs know
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", *_LONDON.splitlines()]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """Returns one line as it is sent: broken so that no part has more than 75 octets, and no letter is broken."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        # a part that goes on begins with a space, which counts
        if len(part) + len(octets) > LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    changed = f"{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.key)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"DTSTART;TZID={ZONE}:{event.day:%Y%m%d}T{event.starts_at:%H%M%S}"
    yield f"DTEND;TZID={ZONE}:{event.day:%Y%m%d}T{event.ends_at:%H%M%S}"
    yield f"SUMMARY:{_escaped(event.title)}"
    texts = (("LOCATION", event.place), ("DESCRIPTION", event.words), ("CATEGORIES", event.kind))
    yield from (f"{name}:{_escaped(text)}" for name, text in texts if text)
    if event.href:
        yield f"URL:{event.href}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    plain = _CONTROL.sub("", _OTHER_BREAKS.sub(" ", text).replace("\r\n", "\n").replace("\r", "\n"))
    for letter in "\\;,":
        plain = plain.replace(letter, f"\\{letter}")
    return plain.replace("\n", "\\n")
