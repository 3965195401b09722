"""
Grants and row-level security, derived from the models' declarations and applied after every migration.

The obvious ways leak: an owner without FORCE sees everything, an unset scope that returns no rows makes reports of
zeros, ordinary views and TRUNCATE go round policies. Hence: FORCE on every walled table, a policy function that raises
without a scope, no view, no TRUNCATE grant, and logins that own nothing.

The function stands in a sub-select, so that it is called once a statement. It is then first called when a row is about
to be let through: a statement without a scope either raises or found no row at all, never a row fewer than the truth.
"""

import hashlib
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from inharmony.access.closing import OF_ENSEMBLE, closing_functions, closing_triggers, no_closing_triggers
from inharmony.access.privacy import Privacy, Wall

OWN_APPS = ("accounts", "audit", "schools", "programmes", "participants", "outcomes", "evaluation")
LOGINS = "web, worker, loader"
ROLES = "national, figures, backup, child_trail"
POLICIES = ("scope", "national", "figures", "child_trail")

FUNCTIONS = """
CREATE OR REPLACE FUNCTION scope_programmes() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE told text := current_setting('inharmony.programmes', true);
BEGIN
  IF told IS NULL OR told = '' THEN
    RAISE EXCEPTION 'personal data was asked for without a scope'
      USING ERRCODE = 'insufficient_privilege', HINT = 'Open inharmony.access.scope.scoped(...) round the query.';
  END IF;
  RETURN told::bigint[];
END $$;
CREATE OR REPLACE FUNCTION scope_schools() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE told text := current_setting('inharmony.schools', true);
BEGIN
  IF told IS NULL OR told = '' THEN RETURN '{}'::bigint[]; END IF;
  RETURN told::bigint[];
END $$;
CREATE OR REPLACE FUNCTION scope_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('inharmony.person', true), '')::bigint;
CREATE OR REPLACE FUNCTION scope_link() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('inharmony.link', true), '');
CREATE OR REPLACE FUNCTION scope_portal() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('inharmony.portal', true), '') = 'yes';
CREATE OR REPLACE FUNCTION scope_child() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE told text := current_setting('inharmony.child', true);
BEGIN
  IF told IS NULL OR told = '' THEN
    RAISE EXCEPTION 'the trail of a child was asked for without naming the child'
      USING ERRCODE = 'insufficient_privilege', HINT = 'Open inharmony.access.scope.scoped(child_trail(...)).';
  END IF;
  RETURN told::bigint;
END $$;
"""

IN_PROGRAMME = "programme_id = ANY ((SELECT scope_programmes())::bigint[])"
# who has left the school is its lead's concern no more; the day is London's, whatever the session's time zone
AT_SCHOOL = (
    "SELECT e.child_id FROM participants_enrolment e WHERE e.school_id = ANY ((SELECT scope_schools())::bigint[])"
    " AND (now() AT TIME ZONE 'Europe/London')::date BETWEEN e.starts_on AND coalesce(e.ends_on, 'infinity')"
)

# the check whose link somebody holds, while it lives: from the midnight after its last day on, the database lets
# through nothing of it, whatever a page forgot to ask
_BY_LINK = "c.secret_hash = (SELECT scope_link()) AND c.ended_at IS NULL AND c.ends_on >= london_day(now())"
# who wrote a message holds its number, and is shown that it is there
_BY_NUMBER = "number = (SELECT scope_link())"
OF_LINK = f"SELECT c.id FROM participants_listcheck c WHERE {_BY_LINK}"  # noqa: S608 - written above


# a group is known by its code, a slip by that and its number; what is answered by it is let through and in only on the
# days of its wave, until that is closed
_BY_CODE = "code = left((SELECT scope_link()), 7)"
OF_SLIP = (
    "SELECT s.id FROM outcomes_slip s JOIN outcomes_wave w ON w.id = s.wave_id"
    " WHERE s.mark = (SELECT scope_link()) AND w.closed_at IS NULL"
    " AND london_day(now()) BETWEEN w.opens_on AND w.closes_on"
)


def own_models() -> list[type[models.Model]]:
    """Returns every model of the portal's own apps."""
    return [model for label in OWN_APPS for model in apps.get_app_config(label).get_models()]


def privacy_of(model: type[models.Model]) -> Privacy:
    """Returns the model's declaration; raises LookupError naming the model when there is none."""
    declared = model.__dict__.get("privacy")
    if not isinstance(declared, Privacy):
        raise LookupError(  # noqa: TRY004 - it is missing, whatever its type
            f"{model._meta.label} does not declare its privacy (inharmony.access.privacy)"
        )
    return declared


def _visible(model: type[models.Model], wall: Wall) -> str:
    if wall is Wall.PROGRAMME:
        return IN_PROGRAMME
    if model._meta.db_table == "participants_enrolment":
        # of a child at risk no school is shown the enrolment, and so nothing that is reached by it
        mine = "school_id = ANY ((SELECT scope_schools())::bigint[]) AND NOT is_at_risk"
    else:
        key = "id" if model._meta.db_table == "participants_child" else "child_id"
        mine = f"{key} IN ({AT_SCHOOL})"
    return f"{IN_PROGRAMME} OR {mine}"


# entries that name no child (sign-ins, accounts) pass without a scope: nobody is signed in yet
IN_TRAIL = f"children = '{{}}' OR actor_id = (SELECT scope_person()) OR {IN_PROGRAMME}"


def _trail_sql(table: str) -> str:
    of_child = f"children @> ARRAY[(SELECT scope_child())] AND {IN_PROGRAMME}"
    sql = f"CREATE POLICY scope ON {table} TO {LOGINS} USING ({IN_TRAIL}) WITH CHECK (true);\n"
    sql += f"CREATE POLICY child_trail ON {table} FOR SELECT TO child_trail USING ({of_child});\n"
    return sql + f"CREATE POLICY national ON {table} TO national USING (children = '{{}}');\n"


def _link_sql(table: str) -> tuple[str, str]:
    """Of a link, its own row is shown and not written; what came by it is both, about children of its school alone."""
    if table == "participants_listcheck":
        return f"{IN_PROGRAMME} OR secret_hash = (SELECT scope_link())", IN_PROGRAMME
    mine = f"list_check_id IN ({OF_LINK})"
    if table == "participants_listproposal":
        mine += f" AND (child_id IS NULL OR child_id IN ({AT_SCHOOL}))"
    return f"{IN_PROGRAMME} OR {mine}", f"{IN_PROGRAMME} OR {mine}"


def _slip_sql(table: str) -> tuple[str, str]:
    """Of groups and slips the holder is shown their own, and writes none; an answer they give by an open one."""
    if table == "outcomes_response":
        either = f"{IN_PROGRAMME} OR slip_id IN ({OF_SLIP})"
        return either, either
    mine = "mark = (SELECT scope_link())" if table == "outcomes_slip" else _BY_CODE
    return f"{IN_PROGRAMME} OR {mine}", IN_PROGRAMME


def _row_sql(model: type[models.Model], wall: Wall) -> tuple[str, str]:
    """Returns which rows of a table a scope lets through, and which it lets in."""
    if wall is Wall.LINK:
        return _link_sql(model._meta.db_table)
    if wall is Wall.SLIP:
        return _slip_sql(model._meta.db_table)
    if wall is Wall.MESSAGE:
        either = f"{IN_PROGRAMME} OR (programme_id IS NULL AND (SELECT scope_portal())) OR {_BY_NUMBER}"
        return either, either
    if wall is Wall.SEALED:
        return IN_PROGRAMME, IN_PROGRAMME
    if wall is Wall.HUB:
        either = f"programme_id IS NULL OR {IN_PROGRAMME}"
        return either, either
    return _visible(model, wall), IN_PROGRAMME


def _wall_sql(model: type[models.Model], privacy: Privacy) -> str:
    table = model._meta.db_table
    sql = f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;\n"
    sql += "".join(f"DROP POLICY IF EXISTS {name} ON {table};\n" for name in POLICIES)
    if privacy.wall is Wall.TRAIL:
        sql += f"GRANT SELECT ON {table} TO child_trail;\n" + _trail_sql(table)
    else:
        visible, let_in = _row_sql(model, privacy.wall)
        sql += f"CREATE POLICY scope ON {table} TO {LOGINS} USING ({visible}) WITH CHECK ({let_in});\n"
    return sql + f"CREATE POLICY figures ON {table} TO figures USING (true) WITH CHECK (true);\n"


def _table_sql(model: type[models.Model]) -> str:
    privacy, table = privacy_of(model), model._meta.db_table
    sql = f"REVOKE ALL ON {table} FROM {LOGINS}, {ROLES};\n"
    sql += f"GRANT {privacy.rights} ON {table} TO {LOGINS};\nGRANT SELECT ON {table} TO backup;\n"
    if privacy.figures_may:
        sql += f"GRANT {privacy.figures_may} ON {table} TO figures;\n"
    if privacy.national:
        sql += f"GRANT {privacy.national} ON {table} TO national;\n"
    sql += closing_triggers(table) if privacy.is_closed_with_hub else no_closing_triggers(table)
    return sql + (_wall_sql(model, privacy) if privacy.wall is not Wall.NONE else "")


def walls_sql() -> str:
    """Returns the whole statement text: functions, grants, policies and triggers of own tables, grants of Django's."""
    models_ = apps.get_models(include_auto_created=True)
    tables = {m._meta.db_table for m in models_ if m._meta.managed and not m._meta.proxy}
    own = {m._meta.db_table for m in own_models()}
    sql = FUNCTIONS + closing_functions() + "".join(_table_sql(model) for model in own_models())
    sql += closing_triggers(OF_ENSEMBLE, "refuse_in_closed_hub_of_ensemble")
    for table in sorted(tables - own):
        sql += f"REVOKE ALL ON {table} FROM {LOGINS}, {ROLES};\n"
        sql += f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {LOGINS};\nGRANT SELECT ON {table} TO backup;\n"
    # who leads an ensemble: tutors are counted in releases
    sql += f"GRANT SELECT ON {OF_ENSEMBLE} TO figures;\n"
    sql += f"GRANT USAGE ON SCHEMA public TO {LOGINS}, {ROLES};\n"
    sql += f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {LOGINS}, national, figures;\n"
    return sql + f"GRANT SELECT ON django_migrations TO {LOGINS};\n"


def apply_walls(connection: BaseDatabaseWrapper) -> bool:
    """Brings grants and policies in line with the models, as `owner`; returns whether anything had to be done."""
    sql = walls_sql()
    mark = hashlib.sha256(sql.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obj_description(to_regprocedure('scope_programmes()'), 'pg_proc'),"
            " to_regclass('participants_child')"
        )
        applied, table = cursor.fetchone()
        if table is None or applied == mark:
            return False
        cursor.execute(sql)
        cursor.execute(f"COMMENT ON FUNCTION scope_programmes() IS '{mark}'")
    return True


def apply_after_migrate(**_kwargs: Any) -> None:
    """Receiver of post_migrate, connected once: the last app migrated brings the walls up."""
    from django.db import connection, transaction

    with transaction.atomic():
        apply_walls(connection)
