from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0003_context_by_hand'),
    ]

    operations = [
        migrations.AddField(
            model_name='town',
            name='nation',
            field=models.CharField(choices=[('ENG', 'England'), ('SCT', 'Scotland'), ('WLS', 'Wales'), ('NIR', 'Northern Ireland')], default='ENG', max_length=3),
        ),
    ]
