"""Where the servers of one data folder keep their things, and who holds that folder."""

import contextlib
import fcntl
import hashlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from inharmony.servers.refusal import ServersError

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST_SOCKET = 107  # bytes the kernel allows for the path of a Unix socket
LOG_KEPT = 5_000_000  # bytes after which a log starts anew, keeping the last one


@dataclass(frozen=True)
class State:
    """What `run/servers.json` says while a supervisor holds the folder."""

    postgres_socket: str
    postgres_port: int
    redis_url: str
    supervisor_pid: int
    web_port: int | None = None
    lease: str | None = None  # the socket that users of servers without a demonstration hold open


class Folders:
    """The layout of one data folder: `postgres valkey files run log built`, and the sockets elsewhere."""

    def __init__(self, data_dir: Path | str | None = None) -> None:
        chosen = data_dir or os.environ.get("DATA_DIR") or REPOSITORY / ".data"
        self.data_dir = Path(chosen).resolve()
        self.postgres = self.data_dir / "postgres"
        self.valkey = self.data_dir / "valkey"
        self.files = self.data_dir / "files"
        self.run = self.data_dir / "run"
        self.log = self.data_dir / "log"
        self.built = self.data_dir / "built"
        self.state_file = self.run / "servers.json"
        self.lock_file = self.run / "lock"
        # Short and outside the data folder, whose own path may be longer than a socket's may be.
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        self.sockets = Path(tempfile.gettempdir()) / f"inharmony-{os.geteuid()}-{digest}"
        if len(os.fsencode(self.sockets / ".s.PGSQL.5432.lock")) > LONGEST_SOCKET:
            self.sockets = Path("/tmp") / self.sockets.name  # noqa: S108 - made private and checked below

    def create(self) -> None:
        """Makes what is missing, private to this user; refuses a socket folder that is another user's."""
        try:
            # Others may pass through it: PostgreSQL may have to run as another user than root.
            self.data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
            for folder in (self.valkey, self.files, self.run, self.log, self.built):
                folder.mkdir(mode=0o700, exist_ok=True)
            self.sockets.mkdir(mode=0o700, exist_ok=True)
            if not os.access(self.run, os.W_OK | os.X_OK):
                raise PermissionError(f"{self.run} belongs to another user")
        except OSError as error:
            raise ServersError(
                f"The data folder {self.data_dir} cannot be made: {error}. Set DATA_DIR to a folder you may write to."
            ) from error
        found = self.sockets.lstat()
        ours = os.geteuid() in (found.st_uid, 0)
        if not (stat.S_ISDIR(found.st_mode) and ours and stat.S_IMODE(found.st_mode) == 0o700):
            raise ServersError(
                f"{self.sockets} is not a private folder of this user (it should be owned by {os.geteuid()}, "
                "mode 700). Remove it and start again."
            )

    def open_log(self, name: str) -> int:
        """Returns a file descriptor that appends to `log/<name>.log`; the caller closes it."""
        path = self.log / f"{name}.log"
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size > LOG_KEPT:
                path.replace(path.with_suffix(".log.1"))
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def write_state(self, state: State) -> None:
        whole = self.state_file.with_suffix(".new")
        whole.write_text(json.dumps(asdict(state), indent=1))
        whole.replace(self.state_file)

    def read_state(self) -> State | None:
        """Returns what the holder of the folder wrote, or None: nobody holds it, or not ready yet."""
        if not self.is_held():
            return None
        try:
            return State(**json.loads(self.state_file.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def is_held(self) -> bool:
        """Returns whether a live supervisor holds the folder: the kernel's answer, no process id is trusted."""
        try:
            descriptor = os.open(self.lock_file, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    @contextlib.contextmanager
    def held(self, *, patience: float) -> Iterator[None]:
        """Holds the folder; raises FolderHeldError when another supervisor still does after `patience` seconds."""
        descriptor = os.open(self.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._take(descriptor, time.monotonic() + patience)
            self.state_file.unlink(missing_ok=True)  # what a killed predecessor left
            yield
            self.state_file.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int, deadline: float) -> None:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise FolderHeldError(self.data_dir) from None
                time.sleep(0.02)
            else:
                return


class FolderHeldError(ServersError):
    """Another supervisor holds the data folder."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(
            f"The servers of {data_dir} are in use by another command (a running `make demo`, or a manage.py that "
            "has not ended). End it first, or set DATA_DIR to another folder."
        )
