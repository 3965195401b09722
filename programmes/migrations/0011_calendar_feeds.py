"""Secret addresses of calendars; and of each session, when its place in the timetable last changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

SHOWN = ("ensemble_id", "venue_id", "day", "starts_at", "ends_at", "kind", "cancelled_at")
DIFFERS = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in SHOWN)
# whichever act changes a session; that its register was taken is no change of the timetable
TRIGGER = f"""
CREATE FUNCTION programmes_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at = statement_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER note_change BEFORE UPDATE ON programmes_session FOR EACH ROW WHEN ({DIFFERS})
  EXECUTE FUNCTION programmes_note_change();
"""
REVERSE = "DROP TRIGGER note_change ON programmes_session; DROP FUNCTION programmes_note_change();"


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0010_registers_counted_by_heads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="changed_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.RunSQL(TRIGGER, REVERSE),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
