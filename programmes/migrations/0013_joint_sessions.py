"""Sessions that several ensembles play in together."""

import django.db.models.deletion
from django.db import migrations, models

from inharmony.access.composite import composite_foreign_key

# who plays in a session is told in calendars too: see 0011
TRIGGERS = """
CREATE FUNCTION programmes_note_joining() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE programmes_session SET changed_at = statement_timestamp() WHERE id IN (SELECT session_id FROM changed);
  RETURN NULL;
END $$;
CREATE TRIGGER note_joined AFTER INSERT ON programmes_joining
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION programmes_note_joining();
CREATE TRIGGER note_left AFTER DELETE ON programmes_joining
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION programmes_note_joining();
"""
REVERSE = """
DROP TRIGGER note_joined ON programmes_joining;
DROP TRIGGER note_left ON programmes_joining;
DROP FUNCTION programmes_note_joining();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0012_venues_no_longer_used")]

    operations = [
        migrations.CreateModel(
            name="Joining",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ensemble",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="programmes.ensemble",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.programme"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joinings",
                        to="programmes.session",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="session",
            name="joined_by",
            field=models.ManyToManyField(
                related_name="joint_sessions", through="programmes.Joining", to="programmes.ensemble"
            ),
        ),
        migrations.AddConstraint(
            model_name="joining",
            constraint=models.UniqueConstraint(
                fields=("session", "ensemble"), name="programmes_joining_once_a_session"
            ),
        ),
        # both are of one programme, and who joins a session goes with it
        composite_foreign_key(
            "programmes_joining",
            ("session_id", "programme_id"),
            "programmes_session",
            ("id", "programme_id"),
            cascade=True,
        ),
        composite_foreign_key(
            "programmes_joining", ("ensemble_id", "programme_id"), "programmes_ensemble", ("id", "programme_id")
        ),
        migrations.RunSQL(TRIGGERS, REVERSE),
    ]
