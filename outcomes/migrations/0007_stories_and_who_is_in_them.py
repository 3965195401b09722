"""
Stories, the children in them, and what takes a story off.

A story is shared only while each child in it may be: the answer about quotations and case studies that stands is yes,
and the child is not at risk. Triggers keep that, whoever writes answers, children or who is in a story, with the
writer's rights and behind the walls with them. The lock is that of photos (participants, migration 0023): one answer
can be about both, and two locks would be taken in either order. Children's rows are locked before it, by the acts.

A hub that opens again shows none of the stories that were shared before it closed, as of its photos: while it was
closed no family could be written down as taking its consent back.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import outcomes.models.story
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from inharmony.access.composite import composite_foreign_key

MAY = """
CREATE FUNCTION outcomes_story_may_be_shared(story bigint) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT s.is_nobody <> EXISTS (SELECT FROM outcomes_storychild n WHERE n.story_id = s.id)
     AND NOT EXISTS (
       SELECT FROM outcomes_storychild n LEFT JOIN participants_child c ON c.id = n.child_id
       WHERE n.story_id = s.id
         AND (c.id IS NULL OR c.is_at_risk OR 'given' IS DISTINCT FROM (
           SELECT a.answer FROM participants_consent a
           WHERE a.child_id = n.child_id AND a.purpose = 'quotation'
           ORDER BY a.answered_on DESC, a.id DESC LIMIT 1)))
  FROM outcomes_story s WHERE s.id = story
$$;
"""

TAKE_OFF = """
CREATE FUNCTION outcomes_take_off(children bigint[], stories bigint[]) RETURNS void LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('participants_photo'));
  UPDATE outcomes_story s SET state = 'off', taken_off_at = now()
  WHERE s.state = 'shared' AND NOT outcomes_story_may_be_shared(s.id)
    AND (s.id = ANY (stories) OR s.id IN (SELECT n.story_id FROM outcomes_storychild n WHERE n.child_id = ANY (children)));
END $$;

CREATE FUNCTION outcomes_follow_answers() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE children bigint[];
BEGIN
  -- a yes that is added makes no story less lawful than it was
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT child_id) INTO children FROM added WHERE purpose = 'quotation' AND answer <> 'given';
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT child_id) INTO children FROM removed WHERE purpose = 'quotation';
  ELSE
    SELECT array_agg(DISTINCT child_id) INTO children
    FROM (SELECT child_id, purpose FROM added UNION SELECT child_id, purpose FROM removed) AS changed
    WHERE purpose = 'quotation';
  END IF;
  IF children IS NOT NULL THEN PERFORM outcomes_take_off(children, '{}'); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stories_added AFTER INSERT ON participants_consent
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_answers();
CREATE TRIGGER stories_changed AFTER UPDATE ON participants_consent
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_answers();
CREATE TRIGGER stories_removed AFTER DELETE ON participants_consent
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_answers();

CREATE FUNCTION outcomes_follow_risk() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM outcomes_take_off(ARRAY[NEW.id], '{}');
  RETURN NULL;
END $$;
CREATE TRIGGER stories_at_risk AFTER UPDATE ON participants_child FOR EACH ROW
  WHEN (NEW.is_at_risk AND NOT OLD.is_at_risk) EXECUTE FUNCTION outcomes_follow_risk();

CREATE FUNCTION outcomes_follow_names() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN PERFORM outcomes_take_off('{}', array_agg(story_id)) FROM added;
  ELSIF TG_OP = 'DELETE' THEN PERFORM outcomes_take_off('{}', array_agg(story_id)) FROM removed;
  ELSE
    PERFORM outcomes_take_off('{}', array_agg(story_id))
    FROM (SELECT story_id FROM added UNION SELECT story_id FROM removed) AS changed;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stories_lock BEFORE INSERT OR UPDATE OR DELETE ON outcomes_storychild
  FOR EACH STATEMENT EXECUTE FUNCTION participants_lock_photos();
CREATE TRIGGER stories_added AFTER INSERT ON outcomes_storychild
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_names();
CREATE TRIGGER stories_changed AFTER UPDATE ON outcomes_storychild
  REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_names();
CREATE TRIGGER stories_removed AFTER DELETE ON outcomes_storychild
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_names();
"""

SHOWN = "key, programme_id, academic_year_id, indicator, kind, said_by, year_group, title, words, shared_at"
NEW = ", ".join(f"NEW.{column}" for column in SHOWN.split(", "))
# what a person looked at and shared; the year group may be taken off it, and nothing else changes
SAID = ("academic_year_id", "indicator", "kind", "said_by", "title", "words")
OLD_SAID, NEW_SAID = (", ".join(f"{row}.{column}" for column in SAID) for row in ("OLD", "NEW"))
SHARE = f"""
CREATE FUNCTION outcomes_keep_shared_story() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.state <> 'shared') THEN
    DELETE FROM programmes_sharedstory WHERE key = OLD.key;
  ELSIF NEW.state = 'shared' THEN
    IF NOT outcomes_story_may_be_shared(NEW.id) THEN
      RAISE EXCEPTION 'story % cannot be shared: a child in it has no consent, or nobody said who is in it', NEW.id
        USING ERRCODE = 'IH006';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'shared' AND ({OLD_SAID}) IS DISTINCT FROM ({NEW_SAID}) THEN
      RAISE EXCEPTION 'story % is shared with other words: a person shares these', NEW.id USING ERRCODE = 'IH006';
    END IF;
    INSERT INTO programmes_sharedstory ({SHOWN}) VALUES ({NEW})
    ON CONFLICT (key) DO UPDATE SET ({SHOWN}) = ROW (EXCLUDED.{SHOWN.replace(", ", ", EXCLUDED.")});
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stories_lock BEFORE INSERT OR UPDATE OR DELETE ON outcomes_story
  FOR EACH STATEMENT EXECUTE FUNCTION participants_lock_photos();
CREATE TRIGGER keep_shared_story AFTER INSERT OR UPDATE OR DELETE ON outcomes_story
  FOR EACH ROW EXECUTE FUNCTION outcomes_keep_shared_story();
CREATE FUNCTION outcomes_refuse_story_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is kept by triggers on stories', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege',
    HINT = 'Share or withdraw the story.';
END $$;
CREATE TRIGGER by_hand BEFORE INSERT OR UPDATE OR DELETE ON programmes_sharedstory FOR EACH STATEMENT
  WHEN (pg_trigger_depth() = 0 AND current_user <> 'owner') EXECUTE FUNCTION outcomes_refuse_story_by_hand();
"""

OPENING = """
CREATE FUNCTION outcomes_follow_opening() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE told text := coalesce(current_setting('inharmony.programmes', true), '');
BEGIN
  -- whoever opens a hub need not be of it: its stories are let through for this one statement
  PERFORM set_config('inharmony.programmes', format('{%s}', NEW.programme_id), true);
  UPDATE outcomes_story SET state = 'off', taken_off_at = now()
  WHERE programme_id = NEW.programme_id AND state = 'shared';
  PERFORM set_config('inharmony.programmes', told, true);
  RETURN NULL;
END $$;
CREATE TRIGGER stories_opened AFTER UPDATE ON programmes_closing FOR EACH ROW
  WHEN (OLD.reopened_on IS NULL AND NEW.reopened_on IS NOT NULL AND NEW.closed_on <= (now() AT TIME ZONE 'Europe/London')::date)
  EXECUTE FUNCTION outcomes_follow_opening();
"""
REVERSE = """
DROP TRIGGER stories_opened ON programmes_closing;
DROP TRIGGER by_hand ON programmes_sharedstory;
DROP TRIGGER keep_shared_story ON outcomes_story;
DROP TRIGGER stories_lock ON outcomes_story;
DROP TRIGGER stories_removed ON outcomes_storychild;
DROP TRIGGER stories_changed ON outcomes_storychild;
DROP TRIGGER stories_added ON outcomes_storychild;
DROP TRIGGER stories_lock ON outcomes_storychild;
DROP TRIGGER stories_at_risk ON participants_child;
DROP TRIGGER stories_removed ON participants_consent;
DROP TRIGGER stories_changed ON participants_consent;
DROP TRIGGER stories_added ON participants_consent;
DROP FUNCTION outcomes_follow_opening();
DROP FUNCTION outcomes_refuse_story_by_hand();
DROP FUNCTION outcomes_keep_shared_story();
DROP FUNCTION outcomes_follow_names();
DROP FUNCTION outcomes_follow_risk();
DROP FUNCTION outcomes_follow_answers();
DROP FUNCTION outcomes_take_off(bigint[], bigint[]);
DROP FUNCTION outcomes_story_may_be_shared(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0006_results_of_analyses'),
        ('participants', '0026_quotations_and_case_studies'),
        ('programmes', '0021_stories_that_may_be_shown'),
        ('schools', '0004_town_nation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('quotation', 'Quotation'), ('case_study', 'Case study')], max_length=10)),
                ('indicator', models.CharField(choices=[('culture', 'Engaging children of every cultural background'), ('music', 'Musical enjoyment and musical skills'), ('wellbeing', 'Wellbeing'), ('school', 'Achievement and attendance at school'), ('aspiration', 'Parents’ expectations and aspirations'), ('engagement', 'Parents’ engagement with school'), ('community', 'Parents’ sense of community'), ('viability', 'Future viability')], max_length=10)),
                ('key', models.CharField(default=outcomes.models.story.new_key, max_length=22, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Not shared'), ('shared', 'Shared'), ('withdrawn', 'Withdrawn'), ('off', 'Taken off')], default='waiting', max_length=9)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('words', models.TextField()),
                ('said_by', models.CharField(blank=True, choices=[('child', 'A child'), ('family', 'A parent or carer'), ('tutor', 'A tutor'), ('school_staff', 'A member of school staff')], max_length=12)),
                ('year_group', models.CharField(blank=True, choices=[('N1', 'Nursery, first year'), ('N2', 'Nursery, second year'), ('R', 'Reception'), ('1', 'Year 1'), ('2', 'Year 2'), ('3', 'Year 3'), ('4', 'Year 4'), ('5', 'Year 5'), ('6', 'Year 6'), ('7', 'Year 7'), ('8', 'Year 8'), ('9', 'Year 9'), ('10', 'Year 10'), ('11', 'Year 11'), ('12', 'Year 12'), ('13', 'Year 13'), ('14', 'Year 14'), ('X', 'No year group')], max_length=2)),
                ('is_nobody', models.BooleanField(default=False)),
                ('permission', models.CharField(blank=True, max_length=120)),
                ('permission_on', models.DateField(null=True)),
                ('written_at', models.DateTimeField()),
                ('shared_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('taken_off_at', models.DateTimeField(null=True)),
                ('academic_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.academicyear')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('shared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'stories',
                'ordering': ['-written_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StoryChild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('child', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='participants.child')),
                ('programme', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                ('story', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='outcomes.story')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
            },
        ),
        migrations.CreateModel(
            name='StoryChildChange',
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
                'indexes': [django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['pgh_created_at'], name='storychildchange_by_time'), models.Index(fields=['child_id', 'pgh_created_at'], name='storychildchange_by_child')],
            },
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(fields=['programme', '-written_at'], name='story_by_programme'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.UniqueConstraint(fields=('id', 'programme'), name='outcomes_story_in_programme'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'shared', 'withdrawn', 'off'])), name='outcomes_story_known_state'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('indicator__in', ['culture', 'music', 'wellbeing', 'school', 'aspiration', 'engagement', 'community', 'viability'])), name='outcomes_story_known_indicator'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'quotation'), ('said_by__in', ['', 'child', 'family', 'tutor', 'school_staff']), ('title', '')), models.Q(('kind', 'case_study'), ('permission', ''), ('permission_on__isnull', True), ('said_by', '')), _connector='OR'), name='outcomes_story_of_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'shared'), _negated=True), models.Q(models.Q(('words', ''), _negated=True), ('shared_at__isnull', False), ('shared_by__isnull', False), models.Q(models.Q(('kind', 'case_study'), models.Q(('title', ''), _negated=True)), models.Q(('is_nobody', False), ('said_by', 'child')), models.Q(('is_nobody', False), ('permission_on__isnull', False), ('said_by', 'family'), models.Q(('permission', ''), _negated=True)), models.Q(('permission_on__isnull', False), ('said_by__in', ['tutor', 'school_staff']), models.Q(('permission', ''), _negated=True)), _connector='OR')), _connector='OR'), name='outcomes_story_shared_with_words', violation_error_message='Say who said it, and of an adult who agreed that it is shown.'),
        ),
        migrations.AddConstraint(
            model_name='storychild',
            constraint=models.UniqueConstraint(fields=('story', 'child'), name='outcomes_storychild_once'),
        ),
        composite_foreign_key(
            "outcomes_storychild", ("story_id", "programme_id"), "outcomes_story", ("id", "programme_id")
        ),
        composite_foreign_key(
            "outcomes_storychild", ("child_id", "programme_id"), "participants_child", ("id", "programme_id")
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storychild',
            trigger=pgtrigger.compiler.Trigger(name='history_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id"))', func="INSERT INTO outcomes_storychildchange (pgh_created_at, pgh_label, pgh_context, row_id, programme_id, child_id, changed) VALUES (clock_timestamp(), 'update', nullif(current_setting('pghistory.context_metadata', true), '')::jsonb, NEW.id, NEW.programme_id, NEW.child_id, array_remove(ARRAY[CASE WHEN OLD.child_id IS DISTINCT FROM NEW.child_id THEN 'child' END], NULL)); RETURN NULL;", hash='8ae01577b9aa963eb85e5e0e076c676184a48c00', operation='UPDATE', pgid='pgtrigger_history_update_2e024', table='outcomes_storychild', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storychild',
            trigger=pgtrigger.compiler.Trigger(name='history_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO outcomes_storychildchange (pgh_created_at, pgh_label, pgh_context, row_id, programme_id, child_id, changed) VALUES (clock_timestamp(), 'delete', nullif(current_setting('pghistory.context_metadata', true), '')::jsonb, OLD.id, OLD.programme_id, OLD.child_id, '{}'); RETURN NULL;", hash='88afcecafb8958709765e18665e05288a0fe08de', operation='DELETE', pgid='pgtrigger_history_delete_ea9e9', table='outcomes_storychild', when='AFTER')),
        ),
        migrations.RunSQL(MAY + TAKE_OFF + SHARE + OPENING, REVERSE),
    ]
