"""A yes or no becomes an answer. The table is rewritten by changing the column's type: policies, which hide every row
from the login that migrates, hide none from that.
"""

from django.db import migrations, models
from django.db.models import Q

TO_ANSWER = (
    "ALTER TABLE participants_consent ALTER COLUMN is_given TYPE varchar(9)"
    " USING CASE WHEN is_given THEN 'given' ELSE 'refused' END"
)
TO_IS_GIVEN = "ALTER TABLE participants_consent ALTER COLUMN is_given TYPE boolean USING is_given = 'given'"


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_notes_of_a_class_list")]

    operations = [
        migrations.RunSQL(
            TO_ANSWER,
            TO_IS_GIVEN,
            state_operations=[
                migrations.AlterField(
                    model_name="consent",
                    name="is_given",
                    field=models.CharField(
                        max_length=9,
                        choices=[("given", "Given"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
                    ),
                ),
            ],
        ),
        migrations.RenameField(model_name="consent", old_name="is_given", new_name="answer"),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=Q(answer__in=["given", "refused", "withdrawn"]),
                name="participants_consent_known_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=~Q(given_by=""),
                name="participants_consent_given_by_someone",
                violation_error_message="Say who gave the answer.",
            ),
        ),
    ]
