"""Whatever changes a row that pages of hubs are made of beside its figures says so too, as `0003` has it of figures."""

from django.db import migrations

OF_HUB = (
    "evaluation_signoff",
    "participants_hubmove",
    "participants_listanswer",
    "participants_listcheck",
    "participants_listproposal",
    "participants_membership",
    "participants_rosterimport",
    "programmes_closing",
    "programmes_place",
)
# what is of no hub, or shown on the pages of others too
OF_ALL = ("programmes_programme", "programmes_programmestatus", "schools_academicyear", "schools_term")
# of a person pages show the name alone, and signing in must change no hub
NAMES = """
CREATE TRIGGER note_changed AFTER UPDATE OF name ON accounts_user FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_all();
"""
NOTE_ALL = """
CREATE FUNCTION evaluation_note_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.evaluation_hubchange (programme_id) SELECT id FROM public.programmes_programme;
  RETURN NULL;
END $$;
"""
WITH_ROWS = """
CREATE TRIGGER note_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_change();
CREATE TRIGGER note_changed AFTER UPDATE ON {table} REFERENCING OLD TABLE AS written NEW TABLE AS becoming
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_change();
CREATE TRIGGER note_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_change();
"""
WITHOUT = """
CREATE TRIGGER note_added AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_all();
CREATE TRIGGER note_changed AFTER UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_all();
CREATE TRIGGER note_removed AFTER DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_all();
"""

FORWARD = (
    NOTE_ALL
    + "".join(WITH_ROWS.format(table=table) for table in OF_HUB)
    + "".join(WITHOUT.format(table=table) for table in OF_ALL)
    + NAMES
)
REVERSE = (
    "".join(
        f"DROP TRIGGER {trigger} ON {table};\n"
        for table in (*OF_HUB, *OF_ALL)
        for trigger in ("note_added", "note_changed", "note_removed")
    )
    + "DROP TRIGGER note_changed ON accounts_user;\nDROP FUNCTION evaluation_note_all();\n"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_history_of_rows"),
        ("evaluation", "0003_changes_and_kept_figures"),
        ("participants", "0025_deprivation_of_the_home"),
        ("programmes", "0020_income"),
        ("schools", "0004_town_nation"),
    ]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]
