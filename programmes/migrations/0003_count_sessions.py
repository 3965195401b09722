"""Operational counts follow every insert, update and delete of sessions, by difference and in key order."""

from django.db import migrations

DELTA = """
  INSERT INTO programmes_operationalcount AS counted
    (programme_id, day, planned, held, cancelled, minutes_planned, minutes_held)
  SELECT programme_id, day, sum(sign), coalesce(sum(sign) FILTER (WHERE held), 0),
         coalesce(sum(sign) FILTER (WHERE cancelled), 0), sum(sign * minutes),
         coalesce(sum(sign * minutes) FILTER (WHERE held), 0)
  FROM (
    SELECT programme_id, day, sign, register_taken_at IS NOT NULL AS held, cancelled_at IS NOT NULL AS cancelled,
           (extract(epoch FROM ends_at - starts_at) / 60)::int AS minutes
    FROM ({rows}) AS changed
  ) AS facts
  GROUP BY programme_id, day
  HAVING sum(sign) <> 0 OR sum(sign * minutes) <> 0
      OR coalesce(sum(sign) FILTER (WHERE held), 0) <> 0
      OR coalesce(sum(sign) FILTER (WHERE cancelled), 0) <> 0
      OR coalesce(sum(sign * minutes) FILTER (WHERE held), 0) <> 0
  ORDER BY programme_id, day
  ON CONFLICT (programme_id, day) DO UPDATE SET
    planned = counted.planned + excluded.planned,
    held = counted.held + excluded.held,
    cancelled = counted.cancelled + excluded.cancelled,
    minutes_planned = counted.minutes_planned + excluded.minutes_planned,
    minutes_held = counted.minutes_held + excluded.minutes_held;
"""
COLUMNS = "programme_id, day, register_taken_at, cancelled_at, starts_at, ends_at"
ADDED = f"SELECT {COLUMNS}, 1 AS sign FROM added"
REMOVED = f"SELECT {COLUMNS}, -1 AS sign FROM removed"
# SECURITY DEFINER: the logins may read the counts and never write them.
FUNCTION = f"""
CREATE FUNCTION programmes_count_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN {DELTA.format(rows=ADDED)}
  ELSIF TG_OP = 'DELETE' THEN {DELTA.format(rows=REMOVED)}
  ELSE {DELTA.format(rows=f"{ADDED} UNION ALL {REMOVED}")}
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_added AFTER INSERT ON programmes_session
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION programmes_count_sessions();
CREATE TRIGGER count_changed AFTER UPDATE ON programmes_session
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION programmes_count_sessions();
CREATE TRIGGER count_removed AFTER DELETE ON programmes_session
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION programmes_count_sessions();
"""
REVERSE = """
DROP TRIGGER count_added ON programmes_session;
DROP TRIGGER count_changed ON programmes_session;
DROP TRIGGER count_removed ON programmes_session;
DROP FUNCTION programmes_count_sessions();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_sessions_inside_their_programme")]

    operations = [
        migrations.RunSQL(FUNCTION, REVERSE),
    ]
