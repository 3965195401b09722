"""
Waves, the groups that are asked, slips and answers.

What was asked is never changed; nothing is answered in a wave that is closed, and a closed wave stays as it is but for
the moment at which names were taken off. Each answer holds its wave while it is written, so that whoever closes it
waits for those on their way, and none comes after.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import outcomes.models.wave
from django.conf import settings
from django.db import migrations, models

from inharmony.access.composite import composite_foreign_key

KEEP = """
CREATE FUNCTION outcomes_keep_wave() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.programme_id, NEW.academic_year_id, NEW.measure, NEW.version, NEW.informant, NEW.moment, NEW.opens_on)
     IS DISTINCT FROM
     (OLD.programme_id, OLD.academic_year_id, OLD.measure, OLD.version, OLD.informant, OLD.moment, OLD.opens_on)
     AND EXISTS (SELECT FROM outcomes_slip s WHERE s.wave_id = OLD.id) THEN
    RAISE EXCEPTION 'wave % was given out: what it asks is not changed', OLD.id USING ERRCODE = 'IH004';
  END IF;
  IF OLD.closed_at IS NOT NULL
     AND to_jsonb(NEW) - 'names_off_at' IS DISTINCT FROM to_jsonb(OLD) - 'names_off_at' THEN
    RAISE EXCEPTION 'wave % is closed', OLD.id USING ERRCODE = 'IH004';
  END IF;
  IF OLD.names_off_at IS NOT NULL AND NEW.names_off_at IS DISTINCT FROM OLD.names_off_at THEN
    RAISE EXCEPTION 'names are off wave % already', OLD.id USING ERRCODE = 'IH004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_wave BEFORE UPDATE ON outcomes_wave FOR EACH ROW EXECUTE FUNCTION outcomes_keep_wave();

CREATE FUNCTION outcomes_refuse_in_closed_wave() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM outcomes_wave w WHERE w.id = NEW.wave_id AND w.closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'wave % is closed', NEW.wave_id USING ERRCODE = 'IH004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_in_closed_wave BEFORE INSERT OR UPDATE ON outcomes_response
  FOR EACH ROW EXECUTE FUNCTION outcomes_refuse_in_closed_wave();
CREATE TRIGGER refuse_in_closed_wave BEFORE INSERT ON outcomes_slip
  FOR EACH ROW EXECUTE FUNCTION outcomes_refuse_in_closed_wave();
"""
REVERSE = """
DROP TRIGGER refuse_in_closed_wave ON outcomes_slip;
DROP TRIGGER refuse_in_closed_wave ON outcomes_response;
DROP FUNCTION outcomes_refuse_in_closed_wave();
DROP TRIGGER keep_wave ON outcomes_wave;
DROP FUNCTION outcomes_keep_wave();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('participants', '0025_deprivation_of_the_home'),
        ('programmes', '0020_income'),
        ('schools', '0004_town_nation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year_group', models.CharField(blank=True, choices=[('N1', 'Nursery, first year'), ('N2', 'Nursery, second year'), ('R', 'Reception'), ('1', 'Year 1'), ('2', 'Year 2'), ('3', 'Year 3'), ('4', 'Year 4'), ('5', 'Year 5'), ('6', 'Year 6'), ('7', 'Year 7'), ('8', 'Year 8'), ('9', 'Year 9'), ('10', 'Year 10'), ('11', 'Year 11'), ('12', 'Year 12'), ('13', 'Year 13'), ('14', 'Year 14'), ('X', 'No year group')], max_length=2)),
                ('school_class', models.CharField(blank=True, max_length=40)),
                ('code', models.CharField(default=outcomes.models.wave.new_code, max_length=7, unique=True)),
                ('asked', models.PositiveIntegerField(null=True)),
                ('answered', models.PositiveIntegerField(null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'ordering': ['school', 'year_group', 'school_class', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Wave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=20)),
                ('version', models.CharField(max_length=10)),
                ('informant', models.CharField(choices=[('child', 'child'), ('family', 'family'), ('school staff', 'school staff'), ('tutor', 'tutor')], max_length=12)),
                ('moment', models.CharField(choices=[('before', 'At the start'), ('after', 'Later')], max_length=6)),
                ('name', models.CharField(max_length=60)),
                ('year_groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('N1', 'Nursery, first year'), ('N2', 'Nursery, second year'), ('R', 'Reception'), ('1', 'Year 1'), ('2', 'Year 2'), ('3', 'Year 3'), ('4', 'Year 4'), ('5', 'Year 5'), ('6', 'Year 6'), ('7', 'Year 7'), ('8', 'Year 8'), ('9', 'Year 9'), ('10', 'Year 10'), ('11', 'Year 11'), ('12', 'Year 12'), ('13', 'Year 13'), ('14', 'Year 14'), ('X', 'No year group')], max_length=2), default=list, size=None)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('names_off_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('academic_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.academicyear')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'ordering': ['-opens_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=11, unique=True)),
                ('child', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='participants.child')),
                ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='outcomes.askedgroup')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('wave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='outcomes.wave')),
            ],
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('respondent', models.CharField(blank=True, max_length=64)),
                ('year_group', models.CharField(blank=True, choices=[('N1', 'Nursery, first year'), ('N2', 'Nursery, second year'), ('R', 'Reception'), ('1', 'Year 1'), ('2', 'Year 2'), ('3', 'Year 3'), ('4', 'Year 4'), ('5', 'Year 5'), ('6', 'Year 6'), ('7', 'Year 7'), ('8', 'Year 8'), ('9', 'Year 9'), ('10', 'Year 10'), ('11', 'Year 11'), ('12', 'Year 12'), ('13', 'Year 13'), ('14', 'Year 14'), ('X', 'No year group')], max_length=2)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('is_pupil_premium', models.BooleanField(null=True)),
                ('sen', models.CharField(blank=True, max_length=1)),
                ('is_eal', models.BooleanField(null=True)),
                ('hours', models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ('answers', models.JSONField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('school', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='schools.school')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='outcomes.wave')),
            ],
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=dict)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('keyed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('slip', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='response', to='outcomes.slip')),
                ('wave', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='outcomes.wave')),
            ],
        ),
        migrations.AddField(
            model_name='askedgroup',
            name='wave',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='outcomes.wave'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.UniqueConstraint(fields=('id', 'programme'), name='outcomes_wave_in_programme'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.UniqueConstraint(fields=('programme', 'academic_year', 'measure', 'name'), name='outcomes_wave_one_of_a_name', violation_error_message='There is a wave of this name and measure in this year.'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='outcomes_wave_dates_in_order', violation_error_message='A wave cannot close before it opens.'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(('moment__in', ['before', 'after']), ('informant__in', ['child', 'family', 'school staff', 'tutor']), models.Q(('name', ''), _negated=True)), name='outcomes_wave_known_kinds'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(('names_off_at__isnull', True), ('closed_at__isnull', False), _connector='OR'), name='outcomes_wave_names_off_once_closed'),
        ),
        migrations.AddIndex(
            model_name='slip',
            index=models.Index(fields=['wave', 'child'], name='slip_by_wave_child'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.UniqueConstraint(fields=('id', 'wave', 'programme'), name='outcomes_slip_in_wave'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('mark__regex', '^[CDFGHJKMNPQRTVWXY34679]{7}[1-9][0-9]{3}$')), name='outcomes_slip_mark_is_one'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(condition=models.Q(('respondent', ''), _negated=True), fields=('wave', 'respondent'), name='outcomes_sheet_one_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='askedgroup',
            constraint=models.UniqueConstraint(fields=('id', 'wave', 'programme'), name='outcomes_askedgroup_in_wave'),
        ),
        migrations.AddConstraint(
            model_name='askedgroup',
            constraint=models.UniqueConstraint(fields=('wave', 'school', 'year_group', 'school_class'), name='outcomes_askedgroup_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='askedgroup',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[CDFGHJKMNPQRTVWXY34679]{7}$')), name='outcomes_askedgroup_code_is_one'),
        ),
        composite_foreign_key(
            "outcomes_askedgroup", ("wave_id", "programme_id"), "outcomes_wave", ("id", "programme_id")
        ),
        composite_foreign_key(
            "outcomes_slip",
            ("group_id", "wave_id", "programme_id"),
            "outcomes_askedgroup",
            ("id", "wave_id", "programme_id"),
        ),
        composite_foreign_key(
            "outcomes_slip", ("child_id", "programme_id"), "participants_child", ("id", "programme_id")
        ),
        composite_foreign_key(
            "outcomes_response",
            ("slip_id", "wave_id", "programme_id"),
            "outcomes_slip",
            ("id", "wave_id", "programme_id"),
        ),
        migrations.RunSQL(KEEP, REVERSE),
    ]
