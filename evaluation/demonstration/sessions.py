"""
Sessions of every week, made inside the database: what was held, cancelled, forgotten, and what is still to come.

Chance is a hash of slot and day, so the same seed gives the same sessions whatever order the server works in.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from django.db import connection

from evaluation.demonstration.calendar import terms_of
from evaluation.demonstration.timetable import NAMED_DAYS, DemoEnsemble, Slot
from programmes.models import Session
from schools.actions.staging import stage
from schools.models import AcademicYear

# shares of past sessions: cancelled below the first, register forgotten between the two, taken above
CANCELLED, FORGOTTEN = 0.03, 0.05
# on a day without school; clear of the Saturday orchestra
CLEAR_TIMES = (
    (time(9, 0), time(9, 45)),
    (time(12, 15), time(13, 0)),
    (time(13, 30), time(14, 15)),
    (time(14, 45), time(15, 30)),
)
ENOUGH_TODAY = 3

SLOT_COLUMNS = {
    "slot": "integer",
    "programme_id": "bigint",
    "ensemble_id": "bigint",
    "venue_id": "bigint",
    "taken_by": "bigint",
    "authority": "text",
    "school": "integer",
    "weekday": "integer",
    "starts_at": "time",
    "ends_at": "time",
    "kind": "text",
    "since": "date",
}
# from 0 up to 1, the same for the same numbers
CHANCE = """
CREATE OR REPLACE FUNCTION pg_temp.chance(what bigint, seed bigint) RETURNS double precision
LANGUAGE sql IMMUTABLE RETURN (hashint8extended(what, seed) & 1048575) / 1048576.0
"""
# every day of term, half-terms and closures left out
SCHOOL_DAYS = """
CREATE TEMPORARY TABLE school_day ON COMMIT DROP AS
SELECT term.local_authority_id AS authority, day::date AS day
FROM schools_term term, generate_series(term.starts_on, term.ends_on, interval '1 day') day
WHERE term.year_id = ANY (%(years)s) AND term.school_id IS NULL
  AND NOT (term.half_term_starts_on IS NOT NULL AND day BETWEEN term.half_term_starts_on AND term.half_term_ends_on)
  AND NOT EXISTS (
    SELECT FROM schools_closure closed
    WHERE closed.local_authority_id = term.local_authority_id AND day BETWEEN closed.starts_on AND closed.ends_on
  )
"""
# each slot on each of its days on which anybody plays in the ensemble
MEETINGS = """
CREATE TEMPORARY TABLE meeting ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('programmes_session', 'id')) AS id, meets.*,
       slot * 100000::bigint + (day - date '2000-01-01') AS number,
       pg_temp.chance(slot * 100000::bigint + (day - date '2000-01-01'), %(seed)s) AS chance
FROM (
  SELECT slot.*, school_day.day FROM pg_temp.slot JOIN pg_temp.school_day USING (authority)
  WHERE slot.weekday = extract(isodow FROM school_day.day)
    AND NOT EXISTS (
      SELECT FROM schools_closure closed
      WHERE closed.school_id = slot.school AND school_day.day BETWEEN closed.starts_on AND closed.ends_on
    )
  UNION ALL
  SELECT slot.*, named.day FROM pg_temp.slot JOIN pg_temp.named_day named USING (slot)
  ORDER BY day, slot
) meets
WHERE day BETWEEN since AND %(until)s
  AND EXISTS (
    SELECT FROM pg_temp.playing WHERE playing.ensemble_id = meets.ensemble_id
      AND day BETWEEN playing.starts_on AND coalesce(playing.ends_on, 'infinity')
  )
"""
SESSIONS = """
INSERT INTO programmes_session
  (id, programme_id, ensemble_id, venue_id, day, starts_at, ends_at, kind, cancelled_at, cancel_reason,
   register_taken_at, register_taken_by_id, register_version)
SELECT id, programme_id, ensemble_id, venue_id, day, starts_at, ends_at, kind,
  CASE WHEN is_cancelled THEN (day + time '08:05') AT TIME ZONE 'Europe/London' END,
  CASE WHEN is_cancelled THEN (ARRAY['tutor_away', 'tutor_away', 'school_event', 'school_event', 'school_event',
                                     'no_room', 'school_closed', 'other'])[1 + number %% 8] ELSE '' END,
  CASE WHEN is_taken THEN (day + ends_at + chance * interval '40 minutes') AT TIME ZONE 'Europe/London' END,
  CASE WHEN is_taken THEN taken_by END,
  is_taken::int
FROM (
  SELECT *, day < %(today)s AND chance < %(cancelled)s AS is_cancelled,
         day < %(today)s AND chance >= %(forgotten)s AS is_taken
  FROM pg_temp.meeting
) AS told
ORDER BY day, starts_at, id
"""


def write_sessions(slots: Sequence[Slot], years: Sequence[int], today: date, seed: int) -> int:
    """
    Writes the sessions of all slots up to the end of the term of today; returns how many.

    Needs memberships staged (`write_memberships`); leaves its meetings staged for the marks.
    """
    _stage_slots(slots)
    _stage_named_days(slots, years)
    with connection.cursor() as cursor:
        cursor.execute(CHANCE)
        cursor.execute(SCHOOL_DAYS, {"years": list(years)})
        cursor.execute("ANALYZE pg_temp.school_day")
        cursor.execute(MEETINGS, {"until": last_day(today), "seed": seed})
        cursor.execute("ANALYZE pg_temp.meeting")
        cursor.execute(SESSIONS, {"today": today, "cancelled": CANCELLED, "forgotten": FORGOTTEN})
        return int(cursor.rowcount)


def last_day(today: date) -> date:
    """Returns the last day of the term of today; in a holiday, that of the next term of the year."""
    ends = [term[2] for term in terms_of(AcademicYear.year_of(today))]
    return next((day for day in ends if day >= today), today)


def _stage_slots(slots: Sequence[Slot]) -> None:
    rows = [
        (
            number,
            slot.ensemble.tutors[0].programme_id,
            slot.ensemble.id,
            _room(slot),
            slot.ensemble.tutors[0].taken_by,
            slot.home.authority,
            slot.home.urn,
            slot.weekday,
            *slot.times,
            slot.kind,
            slot.ensemble.starts_on,
        )
        for number, slot in enumerate(slots)
    ]
    stage("slot", SLOT_COLUMNS, rows)


def _room(slot: Slot) -> int:
    is_big = slot.ensemble.school is None or "orchestra" in slot.ensemble.kind
    return slot.home.hall_id if is_big else slot.home.music_room_id


def _stage_named_days(slots: Sequence[Slot], years: Sequence[int]) -> None:
    """Courses fill Monday to Thursday of the half-term break of autumn."""
    rows = [
        (number, terms_of(year)[0][3] + timedelta(days=day))
        for number, slot in enumerate(slots)
        if slot.weekday == NAMED_DAYS
        for year in years
        for day in range(4)
    ]
    stage("named_day", {"slot": "integer", "day": "date"}, rows)


def fill_today(ensembles: Sequence[DemoEnsemble], today: date) -> int:
    """
    Gives coordinators something to do on a day without school: sessions of their own ensembles, up to four in all.

    Whoever has three sessions today keeps those. Returns how many sessions were added.
    """
    meeting = set(Session.objects.filter(day=today).values_list("ensemble_id", flat=True))
    added = 0
    for own in _led_by_coordinators(ensembles).values():
        free = [ensemble for ensemble in own if ensemble.school and ensemble.id not in meeting]
        busy = sum(1 for ensemble in own if ensemble.id in meeting)
        if busy < ENOUGH_TODAY:
            made = [_special(ensemble, times, today) for ensemble, times in zip(free, CLEAR_TIMES[busy:], strict=False)]
            added += len(Session.objects.bulk_create(made))
    return added


def _led_by_coordinators(ensembles: Sequence[DemoEnsemble]) -> Mapping[int, list[DemoEnsemble]]:
    own: dict[int, list[DemoEnsemble]] = {}
    for ensemble in ensembles:
        if ensemble.tutors[0].user_id:
            own.setdefault(ensemble.tutors[0].id, []).append(ensemble)
    return own


def _special(ensemble: DemoEnsemble, times: tuple[time, time], today: date) -> Session:
    assert ensemble.school is not None
    return Session(
        programme_id=ensemble.school.programme_id,
        ensemble_id=ensemble.id,
        venue_id=ensemble.school.hall_id,
        day=today,
        starts_at=times[0],
        ends_at=times[1],
        kind=Session.Kind.EXTRA if today.weekday() >= 5 else Session.Kind.HOLIDAY,
    )
