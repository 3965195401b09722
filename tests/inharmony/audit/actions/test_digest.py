"""What the server's own administrator does to the trail is found, whatever it is, on the day it was done to."""

import json
from datetime import timedelta

import psycopg
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from inharmony.access.privacy import Rights
from inharmony.access.scope import scope_of, scoped
from inharmony.access.walls import own_models, privacy_of
from inharmony.accounts.models import User
from inharmony.audit.actions import breach
from inharmony.audit.actions.digest import Differing, check_trail, keep_digests
from inharmony.audit.digest import NOTHING, kept
from inharmony.audit.record import audit
from inharmony.servers import ensure
from participants.models import Child
from tests import databases, object_store
from tests.inharmony.audit.breaches import known

DAY = timedelta(days=1)
TODAY = timezone.localdate()
TRAIL = "audit_auditevent"


@pytest.fixture
def worker(committed_cast, fresh_database, settings, tmp_path):
    """A trail of three days with rows in every kind of table, as the worker sees it, and a folder of its own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    cast = committed_cast
    with scoped(scope_of(cast.joanne)):
        Child.objects.filter(pk=cast.children[0].pk).update(known_as="Mina")
        breach.note(version=known(), programme_id=cast.liverpool.pk, by=cast.joanne)
    User.objects.filter(pk=cast.sam.pk).update(is_active=False)
    administrator(f"UPDATE {TRAIL} SET at = at - interval '2 days' WHERE act = 'children.enrolled'", fresh_database)
    with databases.connected_as("worker", fresh_database):
        yield fresh_database


def test_digests_are_found_again_in_a_store_that_has_no_folders(worker, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {"default": object_store.at(tmp_path / "objects")}
    made = keep_digests(today=TODAY)
    assert len(made) == 2
    assert keep_digests(today=TODAY) == []
    assert check() == []
    default_storage.delete(f"trail/{made[0].day}.json")
    assert check() != []


def administrator(statement, database):
    """Does something past every grant and wall."""
    with psycopg.connect(ensure().admin_url(), dbname=database, autocommit=True) as connection:
        # no trigger and no foreign key stands in the way either
        connection.execute("SET session_replication_role = replica")
        return connection.execute(statement).rowcount


def check(today=TODAY + DAY):
    return [(each.day, each.table, each.why) for each in check_trail(today=today).differing]


def test_each_day_that_is_over_gets_one_digest_chained_to_the_day_before(worker):
    made = keep_digests(today=TODAY + DAY)
    assert [digest.day for digest in made] == [TODAY - 2 * DAY, TODAY - DAY, TODAY]
    assert [digest.before for digest in made] == ["", made[0].sha256(), made[1].sha256()]
    rows = [{table: found.rows for table, found in digest.sums.items() if found.rows} for digest in made]
    assert rows[0] == {TRAIL: 3}
    assert made[1].sums == dict.fromkeys(kept(), NOTHING)
    for table in ("participants_childchange", "accounts_userchange", "audit_breach", "audit_breachversion"):
        assert rows[2][table] == 1
    told = json.loads(content(f"trail/{TODAY}.json"))
    assert told["tables"][TRAIL] == {"columns": list(made[2].columns[TRAIL])} | vars(made[2].sums[TRAIL])


def test_today_waits_until_it_is_over_and_a_second_run_writes_nothing(worker):
    keep_digests(today=TODAY)
    assert keep_digests(today=TODAY) == []
    assert sorted(default_storage.listdir("trail")[1]) == [f"{TODAY - 2 * DAY}.json", f"{TODAY - DAY}.json"]
    assert [digest.day for digest in keep_digests(today=TODAY + DAY)] == [TODAY]


def test_nothing_personal_is_in_a_file(worker, committed_cast):
    keep_digests(today=TODAY + DAY)
    told = content(f"trail/{TODAY}.json").decode()
    assert [word for word in ("Joanne", "Carter", "Amara", "Mina", "hub.example") if word in told] == []


def test_an_untouched_trail_is_what_it_was(worker):
    keep_digests(today=TODAY + DAY)
    checked = check_trail(today=TODAY + DAY)
    assert (checked.days, checked.differing) == (3, [])
    assert checked.rows > 8


@pytest.mark.parametrize(
    ("done", "table", "why"),
    [
        (f"UPDATE {TRAIL} SET actor_id = 1 WHERE act = 'breach.noted'", TRAIL, "rows were changed"),
        (f"UPDATE {TRAIL} SET children = '{{1}}' WHERE act = 'ensemble.joined'", TRAIL, "rows were changed"),
        (f"UPDATE {TRAIL} SET details = '{{}}' WHERE act = 'ensemble.joined'", TRAIL, "rows were changed"),
        (f"DELETE FROM {TRAIL} WHERE act = 'breach.noted'", TRAIL, "1 of 4 rows are gone"),
        (f"INSERT INTO {TRAIL} (at, act, subject, details, children) VALUES (now(), 'x', '', '{{}}', '{{}}')",
         TRAIL, "1 rows were put in later"),
        ("UPDATE participants_childchange SET changed = '{surname}'", "participants_childchange", "rows were changed"),
        ("DELETE FROM participants_childchange", "participants_childchange", "1 of 1 rows are gone"),
        ("UPDATE accounts_userchange SET pgh_context = '{\"person\": 1}'", "accounts_userchange", "rows were changed"),
        ("UPDATE audit_breachversion SET children_about = 0", "audit_breachversion", "rows were changed"),
        ("UPDATE audit_breach SET noted_by_id = noted_by_id + 1", "audit_breach", "rows were changed"),
    ],
)  # fmt: skip
def test_what_an_administrator_does_to_a_row_is_found(worker, done, table, why):
    keep_digests(today=TODAY + DAY)
    assert administrator(done, worker) >= 1
    assert check() == [(TODAY, table, why)]


def test_a_row_moved_to_another_day_is_missed_on_one_and_too_many_on_the_other(worker):
    keep_digests(today=TODAY + DAY)
    assert administrator(f"UPDATE {TRAIL} SET at = at - interval '1 day' WHERE act = 'breach.noted'", worker) == 1
    assert check() == [
        (TODAY - DAY, TRAIL, "1 rows were put in later"),
        (TODAY, TRAIL, "1 of 4 rows are gone"),
    ]


def test_a_row_put_in_before_the_first_day_is_found(worker):
    keep_digests(today=TODAY + DAY)
    administrator(f"UPDATE {TRAIL} SET at = at - interval '1 day' WHERE act = 'children.enrolled'", worker)
    assert (TODAY - 3 * DAY, "", "it has no digest") in check()


def test_a_file_that_is_changed_or_gone_is_found(worker):
    made = keep_digests(today=TODAY + DAY)
    name = f"trail/{TODAY - DAY}.json"
    whole = content(name)
    put(name, whole.replace(NOTHING.sha256.encode(), b"0" * 64, 1))
    assert (TODAY, "", "its file does not follow from the file of the day before") in check()
    put(name, b"{}")
    assert (TODAY + DAY, "", f"{name} is not a digest. Bring the file back from where it is copied to.") in check()
    default_storage.delete(name)
    assert (TODAY - DAY, "", "it has no digest") in check()
    put(name, whole)
    assert check() == []
    default_storage.delete(f"trail/{made[0].day}.json")
    assert check() == [
        (TODAY - 2 * DAY, "", "it has no digest"),
        (TODAY - DAY, "", "the files of the days before it are gone"),
    ]


def content(name):
    with default_storage.open(name) as file:
        return file.read()


def put(name, written):
    default_storage.delete(name)
    with default_storage.open(name, "wb") as file:
        file.write(written)


def test_all_files_gone_is_not_a_fresh_start(worker):
    keep_digests(today=TODAY + DAY)
    for name in default_storage.listdir("trail")[1]:
        default_storage.delete(f"trail/{name}")
    assert check() == [(TODAY - day * DAY, "", "it has no digest") for day in (2, 1)]


def test_yesterday_may_still_wait_for_its_digest_and_the_day_before_may_not(worker):
    keep_digests(today=TODAY)
    assert check(today=TODAY + DAY) == []
    assert check(today=TODAY + 2 * DAY) == [(TODAY, "", "it has no digest")]


def test_a_column_added_later_leaves_old_days_as_they_were(worker, monkeypatch):
    from inharmony.audit.actions import digest

    monkeypatch.setattr(digest, "columns_of", lambda model: [f.column for f in model._meta.concrete_fields][:3])
    keep_digests(today=TODAY)
    monkeypatch.undo()
    keep_digests(today=TODAY + DAY)
    assert check() == []


def test_a_table_that_is_gone_is_said_to_be(worker, monkeypatch):
    keep_digests(today=TODAY + DAY)
    from inharmony.audit.actions import digest

    rest = {table: model for table, model in kept().items() if table != "audit_breach"}
    monkeypatch.setattr(digest, "kept", lambda: rest)
    assert (
        Differing(TODAY, "audit_breach", "the table, or a column of it, is no longer there to compare")
        in check_trail(today=TODAY + DAY).differing
    )


def test_the_text_of_a_moment_does_not_hang_on_the_sessions_time_zone(worker):
    from django.db import connection

    made = keep_digests(today=TODAY + DAY)
    assert made
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'Asia/Tokyo'")
    assert check() == []


def test_everything_that_is_only_added_to_and_speaks_of_people_is_digested():
    added_to = {m._meta.db_table for m in own_models() if privacy_of(m).rights is Rights.APPEND}
    others = {"evaluation_release", "evaluation_releasecell"}  # frozen figures: no act, no person
    # what a family said, why a register changed: who wrote it down when is in the trail
    others |= {"participants_consent", "participants_correction", "programmes_registerreminder"}
    # what the public record said: it speaks of nobody, and who wrote it when is in the trail
    others |= {"programmes_entryversion"}
    # what a hub signed off: who signed which term when is in the trail
    others |= {"evaluation_signoff", "evaluation_signedfigures"}
    # the words of a measure, what a hub wants to reach, what it writes to funders: who did so when is in the trail
    others |= {"outcomes_loadedwording", "outcomes_target", "evaluation_hubwords"}
    assert set(kept()) == added_to - others


def test_a_trail_without_a_row_has_nothing_to_keep(fresh_database, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    with databases.connected_as("worker", fresh_database):
        assert keep_digests(today=TODAY) == []
        assert check() == []
        audit(act="release.cut", by=None)
        assert keep_digests(today=TODAY) == []
