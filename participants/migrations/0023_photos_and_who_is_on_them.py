"""
Photos, the children on them, and what takes a photo off.

A photo is public only while each child on it may be: the answers about photos inside and in public that stand are both
yes, and the child is not at risk. Triggers keep that, whoever writes answers, children or who is on a photo, with the
writer's rights and behind the walls with them. One lock is taken before any of it is looked at, so that of two people
at once the second sees what the first wrote; children's rows are locked before it, by the acts.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import participants.models.photo
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from inharmony.access.composite import composite_foreign_key

MAY = """
CREATE FUNCTION participants_photo_may_be_public(photo bigint) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT p.is_nobody <> EXISTS (SELECT FROM participants_photochild n WHERE n.photo_id = p.id)
     AND NOT EXISTS (
       SELECT FROM participants_photochild n LEFT JOIN participants_child c ON c.id = n.child_id
       CROSS JOIN (VALUES ('photo_inside'), ('photo_public')) AS asked(purpose)
       WHERE n.photo_id = p.id
         AND (c.id IS NULL OR c.is_at_risk OR 'given' IS DISTINCT FROM (
           SELECT a.answer FROM participants_consent a
           WHERE a.child_id = n.child_id AND a.purpose = asked.purpose
           ORDER BY a.answered_on DESC, a.id DESC LIMIT 1)))
  FROM participants_photo p WHERE p.id = photo
$$;
CREATE FUNCTION participants_lock_photos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('participants_photo'));
  RETURN NULL;
END $$;
"""

TAKE_OFF = """
CREATE FUNCTION participants_take_off(children bigint[], photos bigint[]) RETURNS void LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('participants_photo'));
  UPDATE participants_photo p SET state = 'off', taken_off_at = now()
  WHERE p.state = 'public' AND NOT participants_photo_may_be_public(p.id)
    AND (p.id = ANY (photos) OR p.id IN (SELECT n.photo_id FROM participants_photochild n WHERE n.child_id = ANY (children)));
END $$;

CREATE FUNCTION participants_follow_answers() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE children bigint[];
BEGIN
  -- a yes that is added makes no photo less lawful than it was
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT child_id) INTO children FROM added
    WHERE purpose IN ('photo_inside', 'photo_public') AND answer <> 'given';
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT child_id) INTO children FROM removed WHERE purpose IN ('photo_inside', 'photo_public');
  ELSE
    SELECT array_agg(DISTINCT child_id) INTO children
    FROM (SELECT child_id, purpose FROM added UNION SELECT child_id, purpose FROM removed) AS changed
    WHERE purpose IN ('photo_inside', 'photo_public');
  END IF;
  IF children IS NOT NULL THEN PERFORM participants_take_off(children, '{}'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER photos_added AFTER INSERT ON participants_consent
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION participants_follow_answers();
CREATE TRIGGER photos_changed AFTER UPDATE ON participants_consent
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION participants_follow_answers();
CREATE TRIGGER photos_removed AFTER DELETE ON participants_consent
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION participants_follow_answers();

CREATE FUNCTION participants_follow_risk() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM participants_take_off(ARRAY[NEW.id], '{}');
  RETURN NULL;
END $$;
CREATE TRIGGER photos_at_risk AFTER UPDATE ON participants_child FOR EACH ROW
  WHEN (NEW.is_at_risk AND NOT OLD.is_at_risk) EXECUTE FUNCTION participants_follow_risk();

CREATE FUNCTION participants_follow_names() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN PERFORM participants_take_off('{}', array_agg(photo_id)) FROM added;
  ELSIF TG_OP = 'DELETE' THEN PERFORM participants_take_off('{}', array_agg(photo_id)) FROM removed;
  ELSE
    PERFORM participants_take_off('{}', array_agg(photo_id))
    FROM (SELECT photo_id FROM added UNION SELECT photo_id FROM removed) AS changed;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER photos_lock BEFORE INSERT OR UPDATE OR DELETE ON participants_photochild
  FOR EACH STATEMENT EXECUTE FUNCTION participants_lock_photos();
CREATE TRIGGER photos_added AFTER INSERT ON participants_photochild
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION participants_follow_names();
CREATE TRIGGER photos_changed AFTER UPDATE ON participants_photochild
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION participants_follow_names();
CREATE TRIGGER photos_removed AFTER DELETE ON participants_photochild
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION participants_follow_names();
"""

SHOWN = "key, programme_id, film_id, is_on_page, alternative, caption, credit, width, height, widths, taken_on, published_at"
NEW = ", ".join(f"NEW.{column}" for column in SHOWN.split(", "))
# what anybody sees is the photo's own words, as long as it is public
PUBLISH = f"""
CREATE FUNCTION participants_keep_public_photo() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.state <> 'public') THEN
    DELETE FROM programmes_publicphoto WHERE key = OLD.key;
  ELSIF NEW.state = 'public' THEN
    IF NOT participants_photo_may_be_public(NEW.id) THEN
      RAISE EXCEPTION 'photo % cannot be public: a child on it has no consent, or nobody said who is on it', NEW.id
        USING ERRCODE = 'IH003';
    END IF;
    INSERT INTO programmes_publicphoto ({SHOWN}) VALUES ({NEW})
    ON CONFLICT (key) DO UPDATE SET ({SHOWN}) = ROW (EXCLUDED.{SHOWN.replace(", ", ", EXCLUDED.")});
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER photos_lock BEFORE INSERT OR UPDATE OR DELETE ON participants_photo
  FOR EACH STATEMENT EXECUTE FUNCTION participants_lock_photos();
CREATE TRIGGER keep_public_photo AFTER INSERT OR UPDATE OR DELETE ON participants_photo
  FOR EACH ROW EXECUTE FUNCTION participants_keep_public_photo();
CREATE FUNCTION participants_refuse_photo_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is kept by triggers on photos', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege',
    HINT = 'Publish or withdraw the photo.';
END $$;
CREATE TRIGGER by_hand BEFORE INSERT OR UPDATE OR DELETE ON programmes_publicphoto FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0 AND current_user <> 'owner') EXECUTE FUNCTION participants_refuse_photo_by_hand();
"""
REVERSE = """
DROP TRIGGER by_hand ON programmes_publicphoto;
DROP TRIGGER keep_public_photo ON participants_photo;
DROP TRIGGER photos_lock ON participants_photo;
DROP TRIGGER photos_removed ON participants_photochild;
DROP TRIGGER photos_changed ON participants_photochild;
DROP TRIGGER photos_added ON participants_photochild;
DROP TRIGGER photos_lock ON participants_photochild;
DROP TRIGGER photos_at_risk ON participants_child;
DROP TRIGGER photos_removed ON participants_consent;
DROP TRIGGER photos_changed ON participants_consent;
DROP TRIGGER photos_added ON participants_consent;
DROP FUNCTION participants_refuse_photo_by_hand();
DROP FUNCTION participants_keep_public_photo();
DROP FUNCTION participants_follow_names();
DROP FUNCTION participants_follow_risk();
DROP FUNCTION participants_follow_answers();
DROP FUNCTION participants_take_off(bigint[], bigint[]);
DROP FUNCTION participants_lock_photos();
DROP FUNCTION participants_photo_may_be_public(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0022_past_registers'),
        ('programmes', '0016_photos_anybody_sees'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=participants.models.photo.new_key, max_length=22, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Not public'), ('public', 'Public'), ('withdrawn', 'Withdrawn'), ('off', 'Taken off')], default='waiting', max_length=9)),
                ('is_nobody', models.BooleanField(default=False)),
                ('is_on_page', models.BooleanField(default=True)),
                ('alternative', models.CharField(blank=True, max_length=250)),
                ('caption', models.CharField(blank=True, max_length=250)),
                ('credit', models.CharField(blank=True, max_length=120)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('widths', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None)),
                ('taken_on', models.DateField()),
                ('uploaded_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('taken_off_at', models.DateTimeField(null=True)),
                ('film', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.film')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-uploaded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PhotoChild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('child', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='participants.child')),
                ('photo', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='participants.photo')),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'verbose_name': 'photo',
            },
        ),
        migrations.CreateModel(
            name='PhotoChildChange',
            fields=[
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField()),
                ('pgh_label', models.CharField(max_length=6)),
                ('pgh_context', models.JSONField(null=True)),
                ('row_id', models.BigIntegerField()),
                ('changed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('programme_id', models.BigIntegerField()),
                ('child_id', models.BigIntegerField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['pgh_created_at'], name='photochildchange_by_time'), models.Index(fields=['child_id', 'pgh_created_at'], name='photochildchange_by_child')],
            },
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['programme', '-uploaded_at'], name='photo_by_programme'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(fields=('id', 'programme'), name='participants_photo_in_programme'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'public', 'withdrawn', 'off'])), name='participants_photo_known_state'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'public'), _negated=True), models.Q(models.Q(('alternative', ''), _negated=True), models.Q(('credit', ''), _negated=True), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='participants_photo_public_with_words', violation_error_message='Say what is to be seen on the photo, and who took it.'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('height__gte', 1), ('width__gte', 1), ('widths__len__gte', 1)), name='participants_photo_has_sizes'),
        ),
        migrations.AddConstraint(
            model_name='photochild',
            constraint=models.UniqueConstraint(fields=('photo', 'child'), name='participants_photochild_once'),
        ),
        composite_foreign_key(
            "participants_photochild",
            ("photo_id", "programme_id"),
            "participants_photo",
            ("id", "programme_id"),
        ),
        composite_foreign_key(
            "participants_photochild", ("child_id", "programme_id"), "participants_child", ("id", "programme_id")
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='photochild',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id"))', func="INSERT INTO participants_photochildchange (pgh_created_at, pgh_label, pgh_context, row_id, programme_id, child_id, changed) VALUES (clock_timestamp(), 'update', nullif(current_setting('pghistory.context_metadata', true), '')::jsonb, NEW.id, NEW.programme_id, NEW.child_id, array_remove(ARRAY[CASE WHEN OLD.child_id IS DISTINCT FROM NEW.child_id THEN 'child' END], NULL)); RETURN NULL;", hash='7af95d6219b2eb72d0e6b1cef8be981dbfb688cd', operation='UPDATE', pgid='pgtrigger_history_update_4a700', table='participants_photochild', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='photochild',
            trigger=pgtrigger.compiler.Trigger(name='history_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO participants_photochildchange (pgh_created_at, pgh_label, pgh_context, row_id, programme_id, child_id, changed) VALUES (clock_timestamp(), 'delete', nullif(current_setting('pghistory.context_metadata', true), '')::jsonb, OLD.id, OLD.programme_id, OLD.child_id, '{}'); RETURN NULL;", hash='fc731f6790660747552c7fdcef4368ac8712aadc', operation='DELETE', pgid='pgtrigger_history_delete_f3837', table='participants_photochild', when='AFTER')),
        ),
        migrations.RunSQL(MAY + TAKE_OFF + PUBLISH, REVERSE),
    ]
