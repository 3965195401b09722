"""Every field of every model says what it is; every table about a child stands behind its wall."""

import pytest
from django.apps import apps
from django.db import connection

from inharmony.access.privacy import Wall
from inharmony.access.walls import own_models, privacy_of

MODELS = own_models()
WALLED = [model for model in MODELS if privacy_of(model).wall not in (Wall.NONE, Wall.TRAIL)]
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


def granted(role):
    """Returns what a role may do, as the catalogue itself has it: {table: privileges}, a column's as "SELECT (id)".

    information_schema shows a login only the roles whose rights it inherits, which is none of ours.
    """
    found = rows(
        "SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace"
        " AND a.grantee = %s::regrole"
        " UNION ALL SELECT c.relname, a.privilege_type || ' (' || t.attname || ')'"
        " FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a"
        " WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = %s::regrole",
        role,
        role,
    )
    grants = {}
    for table, privilege in found:
        grants.setdefault(table, set()).add(privilege)
    return grants


@pytest.mark.parametrize("model", WALLED, ids=lambda m: m._meta.label)
def test_walled_tables_force_row_level_security_with_these_policies_and_no_others(db, model):
    table = model._meta.db_table
    assert rows("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", table) == [(True, True)]
    policies = rows(
        "SELECT policyname, permissive, cmd, roles::text[], qual FROM pg_policies WHERE tablename = %s", table
    )
    assert {(name, permissive, cmd): set(roles) for name, permissive, cmd, roles, _ in policies} == {
        ("figures", "PERMISSIVE", "ALL"): {"figures"},
        ("scope", "PERMISSIVE", "ALL"): set(LOGINS),
    }
    (qual,) = [qual for name, _, _, _, qual in policies if name == "scope"]
    assert "scope_programmes()" in qual


# what Arts Council staff may read: the public record, releases, the queue of reports, counts of sessions. No child.
NATIONAL_READS = {
    "accounts_outboxmessage",
    "evaluation_hubchange",
    "evaluation_release",
    "evaluation_releasecell",
    "evaluation_releasechart",
    "evaluation_reportjob",
    "evaluation_issuedreport",
    "evaluation_signoff",
    "outcomes_loadedwording",
    "outcomes_target",
    "outcomes_comparisonschool",
    "outcomes_schooldifference",
    "programmes_account",
    "programmes_closing",
    "programmes_collaboration",
    "programmes_film",
    "programmes_finding",
    "programmes_fundingagreement",
    "programmes_fundingmilestone",
    "programmes_income",
    "programmes_mention",
    "programmes_milestone",
    "programmes_office",
    "programmes_operationalcount",
    "programmes_organisation",
    "programmes_organisationname",
    "programmes_organisationrole",
    "programmes_partnership",
    "programmes_place",
    "programmes_programme",
    "programmes_programmestatus",
    "programmes_publicphoto",
    "programmes_publishedfigure",
    "programmes_sharedstory",
    "programmes_study",
    "schools_academicyear",
    "schools_closure",
    "schools_localauthority",
    "schools_postcode",
    "schools_school",
    "schools_schoolcontext",
    "schools_smallarea",
    "schools_term",
    "schools_town",
}


def test_national_staff_read_these_tables_and_nothing_about_a_child(db):
    grants = granted("national")
    assert {table for table, may in grants.items() if "SELECT" in may} == NATIONAL_READS
    assert NATIONAL_READS.isdisjoint(
        model._meta.db_table for model in MODELS if privacy_of(model).wall is not Wall.NONE
    )
    assert {table: may for table, may in grants.items() if table not in NATIONAL_READS} == {
        "audit_auditevent": {"INSERT", "SELECT (id)"}
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_declared_and_granted_are_the_same_for_every_login(db, model):
    declared = {right.strip() for right in privacy_of(model).rights.split(",")}
    for login in LOGINS:
        assert granted(login)[model._meta.db_table] == declared


def test_no_login_owns_bypasses_or_truncates_anything(db):
    assert (
        rows("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls)", list(LOGINS)) == []
    )
    assert rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'owner'") == []
    for role in (*LOGINS, "national", "figures", "backup", "child_trail"):
        dangerous = {"TRUNCATE", "TRIGGER", "REFERENCES", "MAINTAIN"}
        assert {table: may & dangerous for table, may in granted(role).items() if may & dangerous} == {}


def test_nothing_is_granted_to_everybody(db):
    assert (
        rows(
            "SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a"
            " WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0"
        )
        == []
    )


def test_the_copy_for_a_backup_is_read_and_never_written(db):
    assert set().union(*granted("backup").values()) == {"SELECT"}


def test_no_view_and_no_materialised_view_goes_round_the_walls(db):
    assert (
        rows("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace") == []
    )


def test_functions_with_their_owners_rights_are_these_and_no_others(db):
    definers = rows("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    assert definers == [("programmes_count_sessions",)]


def test_the_trail_can_be_added_to_and_read_and_nothing_else(db):
    for role in (*LOGINS, "figures"):
        assert granted(role)["audit_auditevent"] == {"INSERT", "SELECT"}
    assert rows("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'audit_auditevent'") == [
        (True, True)
    ]


def test_the_role_that_reads_one_childs_entries_reads_the_trail_and_no_other_table(db):
    assert granted("child_trail") == {"audit_auditevent": {"SELECT"}}


def test_the_figures_role_reads_no_account(db):
    assert [table for table in granted("figures") if table.startswith("accounts_")] == []
