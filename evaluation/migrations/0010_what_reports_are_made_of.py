"""
Whatever changes a row that a hub's or a school's report is made of, beside those of figures and pages (0003, 0004), says so
too: then asking again for a report of which nothing changed counts nothing.
"""

from django.db import migrations, models

OF_HUB = (
    "outcomes_award",
    "outcomes_result",
    "participants_destination",
    "participants_photo",
    "programmes_organisationrole",
    "programmes_sharedstory",
)
# the names of bodies that lead a hub; those of partner schools at which no ensemble meets (of others 0003 tells)
OF_OTHERS = {
    "programmes_organisation": (
        "note",
        "SELECT o.programme_id FROM {rows} AS r JOIN public.programmes_organisationrole AS o ON o.organisation_id = r.id",
    ),
    "schools_school": (
        "note_partner",
        "SELECT p.programme_id FROM {rows} AS r JOIN public.programmes_partnership AS p ON p.school_id = r.urn",
    ),
}
NOTE = """
CREATE FUNCTION evaluation_{note}_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.evaluation_hubchange (programme_id) SELECT DISTINCT programme_id FROM ({programmes}) AS of;
  RETURN NULL;
END $$;
CREATE TRIGGER {note}_changed AFTER UPDATE ON {table} REFERENCING NEW TABLE AS becoming
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_{note}_{table}();
"""
TRIGGERS = """
CREATE TRIGGER note_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_change();
CREATE TRIGGER note_changed AFTER UPDATE ON {table} REFERENCING OLD TABLE AS written NEW TABLE AS becoming
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_change();
CREATE TRIGGER note_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_change();
"""

# of which hubs its rows are matters little: it is written when the country's authorities change
OF_ALL = """
CREATE TRIGGER note_added AFTER INSERT ON schools_localauthority FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_all();
CREATE TRIGGER note_changed AFTER UPDATE ON schools_localauthority FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_all();
CREATE TRIGGER note_removed AFTER DELETE ON schools_localauthority FOR EACH STATEMENT EXECUTE FUNCTION evaluation_note_all();
"""

FORWARD = OF_ALL + "".join(TRIGGERS.format(table=table) for table in OF_HUB) + "".join(
    NOTE.format(table=table, note=note, programmes=programmes.format(rows="becoming"))
    for table, (note, programmes) in OF_OTHERS.items()
)
REVERSE = "".join(
    f"DROP TRIGGER {trigger} ON {table};\n"
    for table in (*OF_HUB, "schools_localauthority")
    for trigger in ("note_added", "note_changed", "note_removed")
) + "".join(
    f"DROP TRIGGER {note}_changed ON {table};\nDROP FUNCTION evaluation_{note}_{table}();\n"
    for table, (note, _) in OF_OTHERS.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0009_managers_are_told"),
        ("outcomes", "0008_stories_that_come_off_sooner"),
        ("participants", "0027_photos_in_reports"),
        ("programmes", "0021_stories_that_may_be_shown"),
        ("schools", "0004_town_nation"),
    ]

    operations = [
        migrations.AddField("reportjob", "made_of", models.CharField(blank=True, max_length=64)),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
