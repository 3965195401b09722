"""
A hub that opens again shows none of the photos that were public before it closed.

While it was closed no family could be written down as taking its consent back: a person publishes each photo again.
"""

from django.db import migrations

OPENING = """
CREATE FUNCTION participants_follow_opening() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE told text := coalesce(current_setting('inharmony.programmes', true), '');
BEGIN
  -- whoever opens a hub need not be of it: its photos are let through for this one statement
  PERFORM set_config('inharmony.programmes', format('{%s}', NEW.programme_id), true);
  UPDATE participants_photo SET state = 'off', taken_off_at = now()
  WHERE programme_id = NEW.programme_id AND state = 'public';
  PERFORM set_config('inharmony.programmes', told, true);
  RETURN NULL;
END $$;
CREATE TRIGGER photos_opened AFTER UPDATE ON programmes_closing FOR EACH ROW
  WHEN (OLD.reopened_on IS NULL AND NEW.reopened_on IS NOT NULL AND NEW.closed_on <= (now() AT TIME ZONE 'Europe/London')::date)
  EXECUTE FUNCTION participants_follow_opening();
"""
REVERSE = """
DROP TRIGGER photos_opened ON programmes_closing;
DROP FUNCTION participants_follow_opening();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("participants", "0023_photos_and_who_is_on_them"),
        ("programmes", "0017_messages_from_the_public"),
    ]

    operations = [migrations.RunSQL(OPENING, REVERSE)]
