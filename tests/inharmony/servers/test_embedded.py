"""Starting, stopping, being killed."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis

from inharmony.servers.embedded import Embedded
from inharmony.servers.folders import FolderHeldError, Folders
from inharmony.servers.supervise import GLANCE
from inharmony.servers.waiting import wait_for
from tests.inharmony.servers.conftest import processes_of

Holder = Callable[[Path], "subprocess.Popen[str]"]


def rows(embedded: Embedded, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(embedded.servers.admin_url("inharmony")) as connection:
        return connection.execute(query).fetchall()


def test_servers_answer_on_private_sockets_and_no_port(running: Embedded) -> None:
    assert rows(running, "SHOW listen_addresses") == [("",)]
    assert rows(running, "SHOW jit") == [("off",)]
    assert rows(running, "SELECT datlocprovider, datcollate FROM pg_database WHERE datname = 'inharmony'") == [
        ("b", "C.UTF-8")
    ]
    with redis.from_url(running.servers.cache_url) as client:
        assert client.ping() is True
        assert client.config_get("port") == {"port": "0"}
    assert oct(running.folders.sockets.stat().st_mode & 0o777) == "0o700"


def test_log_of_postgres_holds_no_statement_and_no_value(running: Embedded) -> None:
    with psycopg.connect(running.servers.admin_url("inharmony"), autocommit=True) as connection:
        connection.execute("CREATE TEMPORARY TABLE pupil (name text UNIQUE)")
        connection.execute("INSERT INTO pupil VALUES ('Zephaniah')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO pupil VALUES ('Zephaniah')")
    log = (running.folders.log / "postgres.log").read_text()
    assert "pupil_name_key" in log
    assert "Zephaniah" not in log


def test_stop_leaves_no_process_and_frees_the_folder(data_dir: Path) -> None:
    folders = Folders(data_dir)
    embedded = Embedded(folders, print, durable=False)
    with folders.held(patience=0):
        embedded.start()
        folders.write_state(embedded.state)
        assert len(processes_of(folders)) > 2
        assert folders.is_held()
        assert folders.read_state() == embedded.state
        with pytest.raises(FolderHeldError, match="End it first, or set DATA_DIR"), folders.held(patience=0.1):
            pass
        embedded.supervisor.stop()
    assert processes_of(folders) == []
    assert not folders.is_held()
    assert folders.read_state() is None


def test_killed_supervisor_leaves_nothing_and_the_next_start_has_the_data(data_dir: Path, holder: Holder) -> None:
    folders = Folders(data_dir)
    process = holder(data_dir)
    embedded = Embedded(folders, print, durable=False)
    with psycopg.connect(embedded.servers.database_url("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    process.kill()
    process.wait()
    assert folders.state_file.exists()  # stale, and not believed
    assert folders.read_state() is None
    holder(data_dir)  # at once: the old server may still be writing
    assert rows(embedded, "SELECT number FROM kept") == [(42,)]


def test_killed_supervisor_leaves_no_process(data_dir: Path, holder: Holder) -> None:
    folders = Folders(data_dir)
    process = holder(data_dir)
    assert len(processes_of(folders)) > 2
    process.kill()
    process.wait()
    assert wait_for(lambda: processes_of(folders) == [], seconds=5)
    assert not folders.is_held()


def test_process_number_taken_by_another_program_does_not_stop_the_start(data_dir: Path, holder: Holder) -> None:
    folders = Folders(data_dir)
    process = holder(data_dir)
    postmaster = int((folders.postgres / "postmaster.pid").read_text().splitlines()[0])
    os.kill(postmaster, signal.SIGKILL)
    process.kill()
    process.wait()
    assert wait_for(lambda: processes_of(folders) == [], seconds=5)
    notice = folders.postgres / "postmaster.pid"
    notice.write_text(notice.read_text().replace(str(postmaster), str(os.getpid()), 1))
    assert holder(data_dir).poll() is None


def test_two_folders_run_side_by_side(running: Embedded, data_dir: Path, holder: Holder) -> None:
    holder(data_dir)
    other = Embedded(Folders(data_dir), print)
    found = [rows(embedded, "SHOW data_directory") for embedded in (running, other)]
    assert found == [[(str(running.folders.postgres),)], [(str(data_dir / "postgres"),)]]


def test_removed_sockets_come_back(data_dir: Path, holder: Holder) -> None:
    folders = Folders(data_dir)
    holder(data_dir)
    embedded = Embedded(folders, print)
    time.sleep(2 * GLANCE)  # a glance that sees them
    shutil.rmtree(folders.sockets)
    assert wait_for((folders.sockets / ".s.PGSQL.5432").exists, seconds=10)
    assert wait_for((folders.sockets / "valkey.sock").exists, seconds=10)
    assert wait_for(lambda: answers(embedded), seconds=10)


def answers(embedded: Embedded) -> bool:
    try:
        return rows(embedded, "SELECT 1") == [(1,)]
    except psycopg.OperationalError:
        return False


def test_half_made_database_folder_is_made_anew(data_dir: Path, holder: Holder) -> None:
    draft = data_dir / "postgres.draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18")
    holder(data_dir)
    assert not draft.exists()
    assert rows(Embedded(Folders(data_dir), print), "SELECT 1") == [(1,)]


def test_data_of_another_version_is_refused_with_the_way_out(data_dir: Path) -> None:
    folders = Folders(data_dir)
    embedded = Embedded(folders, print)
    folders.postgres.mkdir()
    (folders.postgres / "PG_VERSION").write_text("9\n")
    with pytest.raises(RuntimeError, match=r"was made by PostgreSQL 9, .* set DATA_DIR to another one"):
        embedded.start()
