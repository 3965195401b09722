"""PostgreSQL of one data folder: made once, then run on a private Unix socket without a port."""

import shutil
import signal
import subprocess
from pathlib import Path

from inharmony.servers.binaries import PostgresPrograms, find_postgres
from inharmony.servers.child import Child, Program
from inharmony.servers.folders import Folders
from inharmony.servers.identity import Identity, choose_identity
from inharmony.servers.refusal import ServersError
from inharmony.servers.waiting import wait_for

PORT = 5432  # only names the socket: nothing listens on the network
BUILTIN_LOCALES = 17  # the first version whose own C.UTF-8 sorts alike everywhere

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] %u@%d ",
    # Statements and the details of errors hold names of children: the log shall not.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}
# For data that a run makes and throws away.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def postgres_child(folders: Folders, *, durable: bool = True, identity: Identity | None = None) -> Child:
    """Returns PostgreSQL of the data folder, ready to be started; makes its database folder when there is none.

    The superuser is `postgres`, trusted on the private socket. Raises ServersError.
    """
    programs = find_postgres()
    parent = folders.postgres if folders.postgres.exists() else folders.data_dir
    who = identity or choose_identity(parent, programs.folder / "postgres")
    who.own(folders.sockets)
    if folders.postgres.exists():
        who.own(folders.postgres)
    else:
        _initialise(folders, programs, who)
    _refuse_other_version(folders.postgres, programs)
    _outlive_predecessor(folders)
    argv = [str(programs.folder / "postgres"), "-D", str(folders.postgres), "-k", str(folders.sockets)]
    for name, value in (SETTINGS | ({} if durable else HASTY)).items():
        argv += ["-c", f"{name}={value}"]
    program = Program(
        name="postgres",
        argv=argv,
        folder=folders.postgres,
        # The fast shutdown: connections are ended, what is committed is written.
        death_signal=signal.SIGINT,
        stop_signal=signal.SIGINT,
        stop_seconds=30,
        ready_seconds=60,
        identity=who,
        socket=folders.sockets / f".s.PGSQL.{PORT}",
    )
    return Child(program, folders, ready=lambda pid: _accepts(folders.postgres, pid))


def _initialise(folders: Folders, programs: PostgresPrograms, who: Identity) -> None:
    # Made beside its place and moved there whole, so that a killed first start leaves nothing half-made.
    draft = folders.data_dir / "postgres.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    who.own(draft)
    builtin = programs.version >= BUILTIN_LOCALES
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8"] if builtin else ["--locale=C.UTF-8"]
    initdb = [str(programs.folder / "initdb"), "-D", str(draft), "--no-sync", *locale]
    initdb += ["--encoding=UTF8", "--username=postgres", "--auth=trust", "--no-instructions"]
    made = subprocess.run(who.launch(initdb, draft, signal.SIGKILL), capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise ServersError(
            f"PostgreSQL could not make its folder {folders.postgres}: {made.stderr.strip() or made.stdout.strip()}"
        )
    draft.rename(folders.postgres)


def _refuse_other_version(folder: Path, programs: PostgresPrograms) -> None:
    found = int((folder / "PG_VERSION").read_text())
    if found != programs.version:
        raise ServersError(
            f"{folder} was made by PostgreSQL {found}, but {programs.folder} holds version {programs.version}. "
            "Remove the folder (its data is lost), or set DATA_DIR to another one, or install the other version."
        )


def _outlive_predecessor(folders: Folders) -> None:
    # Whoever holds the lock of the data folder is alone with it: a server named here is one whose supervisor was
    # killed and that is still writing, and any other process merely has its number now (usual in containers).
    for notice in (folders.postgres / "postmaster.pid", folders.sockets / f".s.PGSQL.{PORT}.lock"):
        if not wait_for(lambda notice=notice: not _serves(notice, folders.postgres), seconds=30):  # type: ignore[misc]
            raise ServersError(
                f"A PostgreSQL of an earlier run still works in {folders.postgres} (process {_first_line(notice)}). "
                "Wait for it to end, or end it, and start again."
            )
        if _first_line(notice):
            notice.unlink(missing_ok=True)


def _serves(notice: Path, folder: Path) -> bool:
    try:
        command = Path(f"/proc/{_first_line(notice)}/cmdline").read_bytes()
    except OSError:
        return False
    return b"postgres" in command and bytes(folder) in command


def _first_line(notice: Path) -> str:
    try:
        return notice.read_text().partition("\n")[0].strip()
    except FileNotFoundError:
        return ""


def _accepts(folder: Path, pid: int) -> bool:
    # The server's own word: process id on the first line, state on the eighth.
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"
