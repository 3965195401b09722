from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0016_photos_anybody_sees")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="source",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
