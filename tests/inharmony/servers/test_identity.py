"""As whom PostgreSQL runs when root starts it."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from inharmony.servers.addresses import from_state
from inharmony.servers.binaries import find_postgres
from inharmony.servers.embedded import Embedded
from inharmony.servers.folders import Folders
from inharmony.servers.identity import Identity, choose_identity, nobody
from inharmony.servers.postgres import postgres_child
from inharmony.servers.refusal import ServersError
from inharmony.servers.supervise import Supervisor

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
PROGRAM = Path("/bin/echo")
DENIED = Identity("drop", 1, 1)  # a user whom the folder below is closed to


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


@root_only
def test_root_that_drops_to_nobody_has_servers_that_work(data_dir: Path) -> None:
    folders = Folders(data_dir)
    folders.create()
    program = find_postgres().folder / "postgres"
    try:
        choose_identity(folders.data_dir, program, [nobody()])
    except ServersError as refusal:
        pytest.skip(f"nobody may not enter this copy: {refusal}")
    supervisor = Supervisor(print)
    for identity in (nobody(), None):  # None: the second start sees whose folder it is
        child = supervisor.add(postgres_child(folders, durable=False, identity=identity))
        supervisor.start("postgres")
        assert Path(f"/proc/{child.pid}").stat().st_uid == nobody().uid
        url = from_state(Embedded(folders, print).state).admin_url()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("postgres",)
        child.stop()


@root_only
def test_way_that_is_closed_gives_way_to_the_next(closed: Path) -> None:
    assert choose_identity(closed, PROGRAM, [DENIED, Identity("namespace", 1, 1)]).way == "namespace"


@root_only
def test_no_way_at_all_names_each_and_what_to_do(closed: Path) -> None:
    with pytest.raises(ServersError) as refusal:
        choose_identity(closed, PROGRAM, [DENIED])
    assert f"cannot be started as drop:1:1 in {closed}: [Errno 13] Permission denied" in str(refusal.value)
    assert "Start as an ordinary user, or set DATA_DIR" in str(refusal.value)


@root_only
def test_folder_of_a_user_is_run_as_that_user(data_dir: Path) -> None:
    theirs = data_dir / "postgres"
    theirs.mkdir(parents=True)
    data_dir.chmod(0o755)
    shutil.chown(theirs, 1, 1)
    assert choose_identity(theirs, PROGRAM) == Identity("drop", 1, 1)
