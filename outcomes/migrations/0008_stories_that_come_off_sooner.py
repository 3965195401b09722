"""
What takes a shared story off, made stricter; the functions of migration 0007 are replaced.

- A child who is taken out of a shared story leaves one that no person has looked at: it waits.
- Of a closed hub no story is written, and none is shared that was not.
- A name that is changed, or comes with another record in a merge, and may stand in the words takes the story off. The
  database looks for less than whole words, and so finds more than the person who shares is told of.
- The year group beside a child's words goes as soon as fewer than ten children are of it, or the child is of another.
- Words are no longer than the form lets them be.
"""

from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

NAMES = """
CREATE OR REPLACE FUNCTION outcomes_follow_names() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN PERFORM outcomes_take_off('{}', array_agg(story_id)) FROM added;
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE outcomes_story SET state = 'waiting', year_group = ''
    WHERE state = 'shared' AND id IN (SELECT story_id FROM removed);
  ELSE
    PERFORM outcomes_take_off('{}', array_agg(story_id))
    FROM (SELECT story_id FROM added UNION SELECT story_id FROM removed) AS changed;
    UPDATE outcomes_story s SET state = 'off', taken_off_at = now()
    FROM added a JOIN removed r ON r.id = a.id
    JOIN participants_child one ON one.id = a.child_id LEFT JOIN participants_child other ON other.id = r.child_id
    WHERE s.id = a.story_id AND s.state = 'shared'
      AND (one.forename, one.surname, one.known_as) IS DISTINCT FROM (other.forename, other.surname, other.known_as)
      AND outcomes_name_may_stand(s.id, one.id);
  END IF;
  RETURN NULL;
END $$;
"""

RENAMED = r"""
CREATE FUNCTION outcomes_squeezed(told text) RETURNS text LANGUAGE sql IMMUTABLE
  SET search_path = public, pg_temp AS $$
  SELECT regexp_replace(
    replace(replace(translate(lower(normalize(told, NFKD)), 'øłđ', 'old'), 'ß', 'ss'), 'æ', 'ae'),
    '[^[:alnum:]]|[\u0300-\u036f]', '', 'g')
$$;
CREATE FUNCTION outcomes_name_may_stand(story bigint, child bigint) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM outcomes_story s CROSS JOIN participants_child c
    CROSS JOIN regexp_split_to_table(concat_ws(' ', c.forename, c.known_as, c.surname), '[\s-]+') AS part
    WHERE s.id = story AND c.id = child AND length(outcomes_squeezed(part)) > 1
      AND strpos(outcomes_squeezed(s.title || ' ' || s.words), outcomes_squeezed(part)) > 0)
$$;
CREATE FUNCTION outcomes_follow_renaming() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('participants_photo'));
  IF EXISTS (
    SELECT FROM outcomes_storychild n JOIN outcomes_story s ON s.id = n.story_id
    WHERE n.child_id = NEW.id AND s.state = 'shared'
  ) THEN
    UPDATE outcomes_story s SET state = 'off', taken_off_at = now()
    WHERE s.state = 'shared' AND s.id IN (SELECT n.story_id FROM outcomes_storychild n WHERE n.child_id = NEW.id)
      AND outcomes_name_may_stand(s.id, NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stories_renamed AFTER UPDATE ON participants_child FOR EACH ROW
  WHEN ((NEW.forename, NEW.surname, NEW.known_as) IS DISTINCT FROM (OLD.forename, OLD.surname, OLD.known_as))
  EXECUTE FUNCTION outcomes_follow_renaming();
"""

PLACES = """
CREATE FUNCTION outcomes_follow_places() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE told bigint[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(s.id) INTO told FROM outcomes_story s
    WHERE s.state = 'shared' AND s.year_group <> ''
      AND (s.programme_id, s.academic_year_id) IN (SELECT programme_id, academic_year_id FROM removed);
  ELSE
    SELECT array_agg(s.id) INTO told FROM outcomes_story s
    WHERE s.state = 'shared' AND s.year_group <> ''
      AND (s.programme_id, s.academic_year_id) IN (SELECT programme_id, academic_year_id FROM added);
  END IF;
  -- most lists are written where no story tells a year group
  IF told IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('participants_photo'));
  UPDATE outcomes_story s SET year_group = ''
  WHERE s.id = ANY (told) AND s.state = 'shared' AND (
    10 > (SELECT count(DISTINCT p.child_id) FROM participants_placement p
          WHERE p.programme_id = s.programme_id AND p.academic_year_id = s.academic_year_id
            AND p.year_group = s.year_group)
    OR EXISTS (
      SELECT FROM outcomes_storychild n WHERE n.story_id = s.id AND s.year_group IS DISTINCT FROM (
        SELECT p.year_group FROM participants_placement p JOIN participants_enrolment e ON e.id = p.enrolment_id
        WHERE p.child_id = n.child_id AND p.programme_id = s.programme_id AND p.academic_year_id = s.academic_year_id
        ORDER BY e.starts_on DESC LIMIT 1)));
  RETURN NULL;
END $$;
CREATE TRIGGER stories_placed AFTER INSERT ON participants_placement
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_places();
CREATE TRIGGER stories_moved AFTER UPDATE ON participants_placement
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_places();
CREATE TRIGGER stories_unplaced AFTER DELETE ON participants_placement
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION outcomes_follow_places();
"""

# of a closed hub a story is withdrawn, emptied of children and deleted, and nothing else: as the tables that close whole
# say it (inharmony.access.closing)
CLOSED = """
CREATE FUNCTION outcomes_refuse_story_in_closed_hub() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/London')::date; refusal text;
BEGIN
  SELECT format('%s is closed since %s: stories can be withdrawn and deleted, and nothing else.', p.short_name,
                to_char(c.closed_on, 'FMDD FMMonth YYYY'))
  INTO refusal FROM programmes_closing c JOIN programmes_programme p ON p.id = c.programme_id
  WHERE c.programme_id = NEW.programme_id AND c.closed_on <= today
    AND (c.reopened_on IS NULL OR c.reopened_on > today) LIMIT 1;
  IF refusal IS NOT NULL THEN RAISE EXCEPTION '%', refusal USING ERRCODE = 'IH001'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stories_not_in_closed_hub AFTER INSERT ON outcomes_story FOR EACH ROW
  WHEN (current_user <> 'owner') EXECUTE FUNCTION outcomes_refuse_story_in_closed_hub();
CREATE TRIGGER stories_not_changed_in_closed_hub AFTER UPDATE ON outcomes_story FOR EACH ROW
  WHEN (current_user <> 'owner' AND (
    (NEW.state = 'shared' AND OLD.state <> 'shared')
    OR (NEW.title, NEW.words, NEW.said_by, NEW.permission) IS DISTINCT FROM
       (OLD.title, OLD.words, OLD.said_by, OLD.permission)))
  EXECUTE FUNCTION outcomes_refuse_story_in_closed_hub();
CREATE TRIGGER stories_not_in_closed_hub AFTER INSERT ON outcomes_storychild FOR EACH ROW
  WHEN (current_user <> 'owner') EXECUTE FUNCTION outcomes_refuse_story_in_closed_hub();
"""

NAMES_BEFORE = """
CREATE OR REPLACE FUNCTION outcomes_follow_names() RETURNS trigger LANGUAGE plpgsql
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
"""
REVERSE = (
    NAMES_BEFORE
    + """
DROP TRIGGER stories_not_in_closed_hub ON outcomes_storychild;
DROP TRIGGER stories_not_changed_in_closed_hub ON outcomes_story;
DROP TRIGGER stories_not_in_closed_hub ON outcomes_story;
DROP FUNCTION outcomes_refuse_story_in_closed_hub();
DROP TRIGGER stories_unplaced ON participants_placement;
DROP TRIGGER stories_moved ON participants_placement;
DROP TRIGGER stories_placed ON participants_placement;
DROP FUNCTION outcomes_follow_places();
DROP TRIGGER stories_renamed ON participants_child;
DROP FUNCTION outcomes_follow_renaming();
DROP FUNCTION outcomes_name_may_stand(bigint, bigint);
DROP FUNCTION outcomes_squeezed(text);
"""
)


class Migration(migrations.Migration):

    dependencies = [
        ("outcomes", "0007_stories_and_who_is_in_them"),
        ("participants", "0026_quotations_and_case_studies"),
        ("programmes", "0021_stories_that_may_be_shown"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "quotation"), _negated=True), LessThanOrEqual(Length("words"), 400), _connector="OR"),
                name="outcomes_story_quotation_is_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), 3000), name="outcomes_story_is_not_endless"
            ),
        ),
        migrations.RunSQL(RENAMED + NAMES + PLACES + CLOSED, REVERSE),
    ]
