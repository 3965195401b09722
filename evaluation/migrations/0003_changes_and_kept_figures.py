"""
Whatever changes a row that a hub's figures are made of says so beside it, in one insert for each statement.

An insert waits for nobody, where a counter would have two registers saved at once wait for each other. The triggers
have the rights of whoever writes, and read only what was written and, of schools, who works with them.
"""

import django.db.models.deletion
from django.db import migrations, models


OF_HUB = (
    "participants_attendance",
    "participants_child",
    "participants_enrolment",
    "participants_placement",
    "participants_playing",
    "programmes_session",
    "programmes_ensemble",
    "programmes_joining",
    "programmes_partnership",
    "programmes_income",
)
# what names no programme itself, and the programmes that each of its rows is of
OF_OTHERS = {
    "programmes_ensemble_tutors": """
  SELECT e.programme_id FROM {rows} AS r JOIN public.programmes_ensemble AS e ON e.id = r.ensemble_id""",
    "schools_schoolcontext": """
  SELECT p.programme_id FROM {rows} AS r JOIN public.programmes_partnership AS p ON p.school_id = r.school_id""",
    # the name of a school stands beside its ensembles
    "schools_school": """
  SELECT e.programme_id FROM {rows} AS r JOIN public.programmes_ensemble AS e ON e.school_id = r.urn""",
}
NOTE = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO public.evaluation_hubchange (programme_id) {written} UNION {becoming};
  ELSE
    INSERT INTO public.evaluation_hubchange (programme_id) SELECT DISTINCT programme_id FROM ({written}) AS of;
  END IF;
  RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER note_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
CREATE TRIGGER note_changed AFTER UPDATE ON {table} REFERENCING OLD TABLE AS written NEW TABLE AS becoming
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
CREATE TRIGGER note_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _note(name: str, programmes: str) -> str:
    return NOTE.format(name=name, written=programmes.format(rows="written"), becoming=programmes.format(rows="becoming"))


def _name(table: str) -> str:
    return f"evaluation_note_{table}" if table in OF_OTHERS else "evaluation_note_change"


FORWARD = (
    _note("evaluation_note_change", "SELECT programme_id FROM {rows}")
    + "".join(_note(_name(table), programmes) for table, programmes in OF_OTHERS.items())
    + "".join(TRIGGERS.format(table=table, name=_name(table)) for table in (*OF_HUB, *OF_OTHERS))
)
REVERSE = "".join(
    f"DROP TRIGGER {trigger} ON {table};\n"
    for table in (*OF_HUB, *OF_OTHERS)
    for trigger in ("note_added", "note_changed", "note_removed")
) + "".join(f"DROP FUNCTION {name}();\n" for name in sorted({_name(table) for table in (*OF_HUB, *OF_OTHERS)}))


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0002_menu_of_releases_and_sign_off'),
        ('participants', '0025_deprivation_of_the_home'),
        ('programmes', '0020_income'),
        ('schools', '0004_town_nation'),
    ]

    operations = [
        migrations.CreateModel(
            name='HubChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changes', models.BigIntegerField(db_default=1, default=1)),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='KeptFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cells', 'the tables of the menu'), ('sums', "what the hub's own page is made of")], max_length=5)),
                ('year', models.PositiveSmallIntegerField()),
                ('term', models.CharField(blank=True, max_length=6)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('version', models.BigIntegerField()),
                ('counted_on', models.DateField()),
                ('edition', models.CharField(max_length=16)),
                ('figures', models.JSONField()),
                ('programme', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
            ],
            options={
                'verbose_name_plural': 'kept figures',
                'constraints': [models.UniqueConstraint(fields=('programme', 'kind', 'year', 'term', 'starts_on', 'ends_on'), name='evaluation_keptfigures_once')],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
