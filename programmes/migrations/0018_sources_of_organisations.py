from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0017_messages_from_the_public")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="source",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
