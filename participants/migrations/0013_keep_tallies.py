"""
Tallies follow every insert, update, delete and move of marks, and every move of a session, by difference.

Who writes marks of an ensemble waits for whoever does so at once, and for who moves its sessions: what is read after
the lock is what stands. The triggers have the rights of whoever writes the marks and stay behind the walls with them.
"""

from django.db import migrations

# one number for all tallies, then the ensemble's
LOCK = "pg_advisory_xact_lock(hashtext('participants_tally'), ensemble_id::int)"
MINUTES = "(extract(epoch FROM {of}ends_at - {of}starts_at) / 60)::int"
MONTH = "date_trunc('month', {of}day)::date"

REGISTERS = """
  INSERT INTO participants_registertally AS kept
    (session_id, programme_id, present, late, reason_known, no_reason, excused)
  SELECT session_id, programme_id, present, late, reason_known, no_reason, excused FROM (
    SELECT session_id, programme_id,
           coalesce(sum(sign) FILTER (WHERE mark = 'p'), 0) AS present,
           coalesce(sum(sign) FILTER (WHERE mark = 'l'), 0) AS late,
           coalesce(sum(sign) FILTER (WHERE mark = 'r'), 0) AS reason_known,
           coalesce(sum(sign) FILTER (WHERE mark = 'a'), 0) AS no_reason,
           coalesce(sum(sign) FILTER (WHERE mark = 'e'), 0) AS excused
    FROM ({rows}) AS changed GROUP BY session_id, programme_id
  ) AS sums
  WHERE (present, late, reason_known, no_reason, excused) IS DISTINCT FROM (0, 0, 0, 0, 0)
  ORDER BY session_id
  ON CONFLICT (session_id) DO UPDATE SET
    present = kept.present + excluded.present,
    late = kept.late + excluded.late,
    reason_known = kept.reason_known + excluded.reason_known,
    no_reason = kept.no_reason + excluded.no_reason,
    excused = kept.excused + excluded.excused;
"""
MONTHS = """
  INSERT INTO participants_childmonth AS kept
    (child_id, ensemble_id, month, programme_id, came, absent, excused, minutes_offered, minutes_received)
  SELECT child_id, ensemble_id, month, programme_id, came, absent, excused, offered, received FROM (
    SELECT child_id, ensemble_id, month, programme_id,
           coalesce(sum(sign) FILTER (WHERE mark IN ('p', 'l')), 0) AS came,
           coalesce(sum(sign) FILTER (WHERE mark IN ('r', 'a')), 0) AS absent,
           coalesce(sum(sign) FILTER (WHERE mark = 'e'), 0) AS excused,
           sum(sign * minutes) AS offered,
           coalesce(sum(sign * minutes) FILTER (WHERE mark IN ('p', 'l')), 0) AS received
    FROM ({facts}) AS facts GROUP BY child_id, ensemble_id, month, programme_id
  ) AS sums
  WHERE (came, absent, excused, offered, received) IS DISTINCT FROM (0, 0, 0, 0, 0)
  ORDER BY child_id, ensemble_id, month
  ON CONFLICT (child_id, ensemble_id, month) DO UPDATE SET
    came = kept.came + excluded.came,
    absent = kept.absent + excluded.absent,
    excused = kept.excused + excluded.excused,
    minutes_offered = kept.minutes_offered + excluded.minutes_offered,
    minutes_received = kept.minutes_received + excluded.minutes_received;
"""
# what counts nothing any more has no row, as if it had never been counted
EMPTY_REGISTERS = """
  DELETE FROM participants_registertally AS kept USING ({rows}) AS changed
  WHERE kept.session_id = changed.session_id
    AND (kept.present, kept.late, kept.reason_known, kept.no_reason, kept.excused) = (0, 0, 0, 0, 0);
"""
EMPTY_MONTHS = """
  DELETE FROM participants_childmonth AS kept USING ({facts}) AS facts
  WHERE (kept.child_id, kept.ensemble_id, kept.month) = (facts.child_id, facts.ensemble_id, facts.month)
    AND (kept.came, kept.absent, kept.excused) = (0, 0, 0);
"""
ADDED = "SELECT session_id, child_id, programme_id, mark, 1 AS sign FROM added"
REMOVED = "SELECT session_id, child_id, programme_id, mark, -1 AS sign FROM removed"
FACTS = f"""SELECT r.child_id, s.ensemble_id, {MONTH.format(of="s.")} AS month, r.programme_id, r.mark, r.sign,
                 {MINUTES.format(of="s.")} AS minutes
            FROM ({{rows}}) AS r JOIN programmes_session s ON s.id = r.session_id"""


def _follow(rows: str, *, is_adding: bool = False) -> str:
    facts = FACTS.format(rows=rows)
    ensembles = f"SELECT DISTINCT s.ensemble_id FROM ({rows}) AS r JOIN programmes_session s ON s.id = r.session_id"
    sql = f"""
  IF NOT EXISTS (SELECT FROM ({rows}) AS changed) THEN RETURN NULL; END IF;
  PERFORM {LOCK} FROM ({ensembles} ORDER BY 1) AS playing;
  {REGISTERS.format(rows=rows)} {MONTHS.format(facts=facts)}"""
    return sql if is_adding else f"{sql} {EMPTY_REGISTERS.format(rows=rows)} {EMPTY_MONTHS.format(facts=facts)}"


def _of_session(row: str, sign: int) -> str:
    return f"""SELECT child_id, {row}.ensemble_id, {MONTH.format(of=f"{row}.")} AS month, programme_id, mark,
                      {sign} AS sign, {MINUTES.format(of=f"{row}.")} AS minutes
               FROM participants_attendance WHERE session_id = {row}.id"""


MOVED = f"{_of_session('NEW', 1)} UNION ALL {_of_session('OLD', -1)}"
TRIGGERS = f"""
CREATE FUNCTION participants_tally_marks() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN {_follow(ADDED, is_adding=True)}
  ELSIF TG_OP = 'DELETE' THEN {_follow(REMOVED)}
  ELSE {_follow(f"{ADDED} UNION ALL {REMOVED}")}
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_added AFTER INSERT ON participants_attendance
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION participants_tally_marks();
CREATE TRIGGER tally_changed AFTER UPDATE ON participants_attendance
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION participants_tally_marks();
CREATE TRIGGER tally_removed AFTER DELETE ON participants_attendance
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION participants_tally_marks();

CREATE FUNCTION participants_move_tally() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM {LOCK} FROM (SELECT DISTINCT unnest(ARRAY[OLD.ensemble_id, NEW.ensemble_id]) AS ensemble_id ORDER BY 1) AS e;
  {MONTHS.format(facts=MOVED)} {EMPTY_MONTHS.format(facts=MOVED)}
  RETURN NULL;
END $$;
CREATE TRIGGER move_tally AFTER UPDATE ON programmes_session FOR EACH ROW
  WHEN ((OLD.ensemble_id, OLD.day, OLD.starts_at, OLD.ends_at)
        IS DISTINCT FROM (NEW.ensemble_id, NEW.day, NEW.starts_at, NEW.ends_at))
  EXECUTE FUNCTION participants_move_tally();

CREATE FUNCTION participants_refuse_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is kept by triggers on the marks', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege',
    HINT = 'Write the marks; check_figures says whether the counts follow.';
END $$;
CREATE TRIGGER by_hand BEFORE INSERT OR UPDATE OR DELETE ON participants_registertally FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0 AND current_user <> 'owner')
  EXECUTE FUNCTION participants_refuse_by_hand();
CREATE TRIGGER by_hand BEFORE INSERT OR UPDATE OR DELETE ON participants_childmonth FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0 AND current_user <> 'owner')
  EXECUTE FUNCTION participants_refuse_by_hand();
"""
REVERSE = """
DROP TRIGGER tally_added ON participants_attendance;
DROP TRIGGER tally_changed ON participants_attendance;
DROP TRIGGER tally_removed ON participants_attendance;
DROP TRIGGER move_tally ON programmes_session;
DROP TRIGGER by_hand ON participants_registertally;
DROP TRIGGER by_hand ON participants_childmonth;
DROP FUNCTION participants_tally_marks();
DROP FUNCTION participants_move_tally();
DROP FUNCTION participants_refuse_by_hand();
"""
ALL = "SELECT session_id, child_id, programme_id, mark, 1 AS sign FROM participants_attendance"
# the wall binds the owner too while it is forced; what is migrated is put behind it again at once
FILL = f"""
ALTER TABLE participants_attendance NO FORCE ROW LEVEL SECURITY;
{REGISTERS.format(rows=ALL)} {MONTHS.format(facts=FACTS.format(rows=ALL))}
ALTER TABLE participants_attendance FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0012_tallies_of_marks")]

    operations = [
        migrations.RunSQL(TRIGGERS, REVERSE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
