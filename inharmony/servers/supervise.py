"""Runs several programs as children of this process: in order, watched, and ended in the opposite order."""

import signal
import threading
from collections.abc import Callable

from inharmony.servers.child import Child

GLANCE = 0.1  # seconds between two looks at the children


class Supervisor:
    """Holds children by name. Every child dies with this process, also when it is killed."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.children: dict[str, Child] = {}
        self._say = say
        self._over = threading.Event()
        self._tending: threading.Thread | None = None

    def add(self, child: Child) -> Child:
        self.children[child.name] = child
        return child

    def start(self, *names: str) -> None:
        """Starts the named children at once and returns when each answers; raises ServersError."""
        for name in names:
            self.children[name].start()
        for name in names:
            self.children[name].wait_until_ready()

    @property
    def is_over(self) -> bool:
        """Returns whether this supervisor was asked to end."""
        return self._over.is_set()

    def tend(self) -> None:
        """Looks at each child once and starts again what has fallen."""
        for child in self.children.values():
            happened = child.tend()
            if happened:
                self._say(happened)

    def tend_until_stopped(self) -> None:
        """Tends the children until `stop` or a signal to this process."""
        while not self._over.wait(GLANCE):
            self.tend()

    def tend_beside(self) -> None:
        """Tends the children in a thread of its own, until `stop`."""
        self._tending = threading.Thread(target=self.tend_until_stopped, name="supervisor", daemon=True)
        self._tending.start()

    def end_tending(self) -> None:
        """Makes `tend_until_stopped` return; safe in a signal handler."""
        self._over.set()

    def stop(self, *, seconds: float | None = None) -> None:
        """Ends the children, the last started first, each within its own stop seconds (or those given)."""
        self.end_tending()
        if self._tending and self._tending is not threading.current_thread():
            self._tending.join()
        for child in reversed(self.children.values()):
            child.stop(seconds=seconds)


END_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, a polite kill, the terminal closed


def on_end_signals(act: Callable[[], None]) -> None:
    """Calls `act` when this process is asked to end."""

    def handle(_number: int, _frame: object) -> None:
        act()

    for number in END_SIGNALS:
        signal.signal(number, handle)
