"""Children at risk. The flag on an enrolment follows that of its child: held by the key, not by care."""

from django.db import migrations, models

from inharmony.access.composite import composite_foreign_key

OF_ENROLMENT = ("participants_enrolment", ("child_id", "programme_id"), "participants_child", ("id", "programme_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0004_answers_about_consent"),
        ("programmes", "0003_count_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="child",
            name="is_at_risk",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="is_at_risk",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=models.UniqueConstraint(
                fields=("id", "programme", "is_at_risk"), name="participants_child_at_risk_or_not"
            ),
        ),
        composite_foreign_key(
            "participants_enrolment",
            ("child_id", "programme_id", "is_at_risk"),
            "participants_child",
            ("id", "programme_id", "is_at_risk"),
            follows=True,
        ),
        # the key of three columns says all the one of two did
        migrations.RunSQL(
            composite_foreign_key(*OF_ENROLMENT).reverse_sql,
            composite_foreign_key(*OF_ENROLMENT).sql,
        ),
    ]
