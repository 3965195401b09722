"""One program under supervision: started, watched, started again, stopped."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from inharmony.servers.folders import Folders
from inharmony.servers.identity import Identity
from inharmony.servers.refusal import ServersError

FIRST_DELAY = 0.5  # seconds before a fallen program is started again; doubled each time it falls soon after
LONGEST_DELAY = 30.0
STEADY = 60.0  # seconds it must have run for the delay to begin anew


@dataclass(frozen=True)
class Program:
    """What to run. The death signal is what it gets when this process is gone, the stop signal what ends it well."""

    name: str
    argv: list[str]
    folder: Path
    death_signal: signal.Signals = signal.SIGKILL
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    ready_seconds: float = 30.0
    environment: dict[str, str] | None = None
    identity: Identity = field(default_factory=Identity)
    socket: Path | None = None


class Child:
    """A running (or fallen, or stopped) program. Its output goes to `log/<name>.log`.

    The kernel ties it to the thread that starts it: start it from a thread that lives as long as it should.
    """

    def __init__(self, program: Program, folders: Folders, ready: Callable[[int], bool] | None = None) -> None:
        self.program = program
        self.folders = folders
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._delay = FIRST_DELAY
        self._start_again_at: float | None = None
        self._had_socket = False
        self.wanted = False

    @property
    def name(self) -> str:
        return self.program.name

    @property
    def pid(self) -> int | None:
        """Returns the process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Starts the program and returns at once; does nothing when it runs."""
        self.wanted = True
        self._start_again_at = None
        if self.pid:
            return
        # what has just been started has no socket yet: that is not one that somebody removed
        self._had_socket = False
        program = self.program
        log = self.folders.open_log(self.name)
        try:
            self._process = subprocess.Popen(
                program.identity.launch(program.argv, program.folder, program.death_signal),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=program.environment,
                # A session of its own: Ctrl-C reaches the supervisor alone, which ends all in order.
                start_new_session=True,
            )
        finally:
            os.close(log)
        self._started_at = time.monotonic()

    def wait_until_ready(self) -> None:
        """Returns when the program answers; raises ServersError with the end of its log when it does not."""
        deadline = time.monotonic() + self.program.ready_seconds
        while True:
            pid = self.pid
            if pid and (self._ready is None or self._ready(pid)):
                return
            if pid is None or time.monotonic() > deadline:
                happened = "does not answer" if pid else "ended at once"
                raise ServersError(f"{self.name} {happened}. {self.log_end()}")
            time.sleep(0.01)

    def log_end(self) -> str:
        """Returns where the log is and its last lines."""
        path = self.folders.log / f"{self.name}.log"
        with contextlib.suppress(FileNotFoundError):
            lines = path.read_text(errors="replace").splitlines()[-8:]
            return f"The end of {path}:\n" + "\n".join(lines)
        return f"It wrote no log ({path})."

    def tend(self) -> str | None:
        """Starts a fallen program again after a growing delay; returns what happened, in words, if anything did."""
        if not self.wanted:
            return None
        if self.pid:
            return self._mend_socket()
        now = time.monotonic()
        if self._start_again_at is None:
            delay = FIRST_DELAY if now - self._started_at > STEADY else self._delay
            self._delay = min(delay * 2, LONGEST_DELAY)
            self._start_again_at = now + delay
            code = self._process.returncode if self._process else 0
            how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
            return f"{self.name} {how}; it is started again in {delay:g} s (see {self.name}.log)"
        if now < self._start_again_at:
            return None
        self.start()
        return f"{self.name} is started again"

    def _mend_socket(self) -> str | None:
        # Whoever tidies the temporary folder leaves a server that runs and that nobody reaches.
        path = self.program.socket
        if path is None:
            return None
        had, self._had_socket = self._had_socket, path.exists()
        if self._had_socket or not had:
            return None
        self.folders.create()
        self.program.identity.own(self.folders.sockets)
        self.stop()
        self.start()
        return f"{self.name} lost its socket {path}: somebody removed it. It is started again"

    def stop(self, *, seconds: float | None = None) -> None:
        """Ends the program with its stop signal, and by force after its stop seconds. It is not started again."""
        self.wanted = False
        process = self._process
        if process is None or process.poll() is not None:
            return
        self.resume()
        process.send_signal(self.program.stop_signal)
        try:
            process.wait(self.program.stop_seconds if seconds is None else seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """Kills the program as a crash would; the supervisor will start it again."""
        process = self._process
        if process:
            process.kill()
            process.wait()

    def pause(self) -> None:
        """Freezes the program: it keeps its connections and answers nothing."""
        if self.pid and self._process:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self.pid and self._process:
            self._process.send_signal(signal.SIGCONT)
