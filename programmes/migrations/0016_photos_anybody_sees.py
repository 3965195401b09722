"""
What anybody may know of a photo, and word to the portal when it changes.

Whoever writes here is told, on their own connection, that public pages must be made anew once they commit
(inharmony/pages/changes.py). INFO is sent to the client whatever its settings, and stands in no log.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

TELLS = """
CREATE FUNCTION programmes_tell_public_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE INFO 'public pages show something else now' USING ERRCODE = 'IH002';
  RETURN NULL;
END $$;
CREATE TRIGGER tell_public_pages AFTER INSERT OR UPDATE OR DELETE ON programmes_publicphoto
  FOR EACH ROW EXECUTE FUNCTION programmes_tell_public_pages();
"""
REVERSE = """
DROP TRIGGER tell_public_pages ON programmes_publicphoto;
DROP FUNCTION programmes_tell_public_pages();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0015_the_public_record'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicPhoto',
            fields=[
                ('key', models.CharField(max_length=22, primary_key=True, serialize=False)),
                ('is_on_page', models.BooleanField()),
                ('alternative', models.CharField(max_length=250)),
                ('caption', models.CharField(max_length=250)),
                ('credit', models.CharField(max_length=120)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('widths', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None)),
                ('taken_on', models.DateField()),
                ('published_at', models.DateTimeField()),
                ('film', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='public_photos', to='programmes.film')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_photos', to='programmes.programme')),
            ],
            options={
                'ordering': ['-published_at', 'key'],
                'indexes': [models.Index(fields=['programme', '-published_at'], name='publicphoto_by_programme')],
            },
        ),
        migrations.RunSQL(TELLS, REVERSE),
    ]
