"""What names a child stays in the child's programme: held by two-column keys, not by care."""

from django.db import migrations

from inharmony.access.composite import composite_foreign_key

CHILD = ("participants_child", ("id", "programme_id"))


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial"), ("programmes", "0003_count_sessions")]

    operations = [
        *[
            composite_foreign_key(table, ("child_id", "programme_id"), *CHILD)
            for table in (
                "participants_enrolment",
                "participants_consent",
                "participants_membership",
                "participants_attendance",
            )
        ],
        # the link across programmes goes with the child's row
        composite_foreign_key("participants_identity", ("child_id", "programme_id"), *CHILD, cascade=True),
        composite_foreign_key(
            "participants_placement",
            ("enrolment_id", "child_id", "programme_id"),
            "participants_enrolment",
            ("id", "child_id", "programme_id"),
        ),
        composite_foreign_key(
            "participants_membership",
            ("ensemble_id", "programme_id"),
            "programmes_ensemble",
            ("id", "programme_id"),
        ),
        composite_foreign_key(
            "participants_attendance",
            ("session_id", "programme_id"),
            "programmes_session",
            ("id", "programme_id"),
        ),
    ]
