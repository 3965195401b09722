"""A session's ensemble, venue and tutor are of its programme: held by two-column keys."""

from django.db import migrations

from inharmony.access.composite import composite_foreign_key


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]

    operations = [
        composite_foreign_key("programmes_session", (name, "programme_id"), to, ("id", "programme_id"))
        for name, to in (
            ("ensemble_id", "programmes_ensemble"),
            ("venue_id", "programmes_venue"),
            ("tutor_id", "programmes_tutor"),
        )
    ]
