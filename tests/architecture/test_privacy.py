"""Every field of every model says what it is; every table about a child stands behind its wall."""

import pytest
from django.apps import apps
from django.db import connection

from inharmony.access.privacy import National, Wall
from inharmony.access.walls import own_models, privacy_of

MODELS = own_models()
WALLED = [model for model in MODELS if privacy_of(model).wall is not Wall.NONE]
LOGINS = ("web", "worker", "loader")


def rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_is_declared_once(model):
    concrete = [f.name for f in model._meta.get_fields(include_hidden=False) if not f.auto_created or f.concrete]
    fields = sorted(name for name in concrete if name not in {"groups", "user_permissions"})
    assert sorted(privacy_of(model).fields()) == fields


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_a_table_that_points_at_a_child_stands_behind_a_wall(model):
    child = apps.get_model("participants", "Child")
    points = model is child or any(f.related_model is child for f in model._meta.get_fields() if f.concrete)
    if points or model._meta.app_label == "participants":
        assert privacy_of(model).wall is not Wall.NONE


@pytest.mark.parametrize("model", WALLED, ids=lambda m: m._meta.label)
def test_walled_tables_force_row_level_security_and_hide_from_national_staff(db, model):
    table = model._meta.db_table
    assert privacy_of(model).national is National.NOTHING
    assert rows("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", table) == [(True, True)]
    policies = rows("SELECT policyname, roles::text[] FROM pg_policies WHERE tablename = %s ORDER BY 1", table)
    assert policies == [("figures", ["figures"]), ("scope", sorted(LOGINS, key=LOGINS.index))] or {
        name: sorted(roles) for name, roles in policies
    } == {"figures": ["figures"], "scope": sorted(LOGINS)}
    assert rows(
        "SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'national' AND table_name = %s",
        table,
    ) == [(0,)]


def test_no_login_owns_bypasses_or_truncates_anything(db):
    assert (
        rows("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls)", list(LOGINS)) == []
    )
    assert rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'owner'") == []
    assert (
        rows(
            "SELECT table_name FROM information_schema.role_table_grants"
            " WHERE privilege_type = 'TRUNCATE' AND grantee <> 'owner' AND table_schema = 'public'"
        )
        == []
    )


def test_no_view_and_no_materialised_view_goes_round_the_walls(db):
    assert (
        rows("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace") == []
    )


def test_functions_with_their_owners_rights_are_these_and_no_others(db):
    definers = rows("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    assert definers == [("programmes_count_sessions",)]


def test_the_trail_can_be_added_to_and_read_and_nothing_else(db):
    grants = rows(
        "SELECT DISTINCT privilege_type FROM information_schema.role_table_grants"
        " WHERE table_name = 'audit_auditevent' AND grantee = ANY(%s) ORDER BY 1",
        [*LOGINS, "national", "figures"],
    )
    assert grants == [("INSERT",), ("SELECT",)]


def test_the_figures_role_reads_no_account(db):
    granted = rows(
        "SELECT table_name FROM information_schema.role_table_grants"
        " WHERE grantee = 'figures' AND table_name LIKE 'accounts_%%'"
    )
    assert granted == []
