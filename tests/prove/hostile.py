"""Hostile files, one after another and several at once, are refused within the limits, and nothing has to start again."""

import re
import threading
import time
from pathlib import Path

from inharmony.spreadsheets import Unreadable, read
from tests.inharmony.spreadsheets.hostile import hostile_files
from tests.inharmony.spreadsheets.workbooks import workbook
from tests.prove.stage import Outcome, Stage

AT_ONCE = 3
LONGEST = 15  # seconds until a file is refused
MEMORY = 400  # MB, of any child


def prove(stage: Stage) -> Outcome:
    """Returns the number of files sent; wrong is a file that is read, refused for another reason, or takes too much."""
    outcome, slowest, rounds = Outcome(), 0.0, 0
    files = list(hostile_files().items())
    servers = _servers(stage)
    watch = Watch()
    watch.start()
    while not outcome.wrong and (stage.goes_on or rounds < 1):
        stage.rng.shuffle(files)
        slowest = max(slowest, _send(files, outcome))
        outcome.counted += len(files)
        rounds += 1
        outcome.expect(len(read(workbook(), "list.xlsx").visible) == 1, "a good file is not read any more")
    watch.stop()
    outcome.expect(watch.seen > 0, "no child was seen at work")
    outcome.expect(watch.largest <= MEMORY, f"a child took {watch.largest} MB")
    outcome.expect(_servers(stage) == servers, f"started again: {servers} became {_servers(stage)}")
    outcome.words = (
        f"hostile files ({len(files)} different) refused in plain words, {AT_ONCE} at once; "
        f"slowest {slowest:.1f} s, largest child seen {watch.largest} MB"
    )
    return outcome


class Watch(threading.Thread):
    """Looks at the limited children fifty times a second: how many there were, and the most memory of one in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen, self.largest = 0, 0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.02):
            for listed in Path("/proc/self/task").glob("*/children"):
                for pid in _text(listed).split():
                    self._look(Path("/proc") / pid)

    def _look(self, process: Path) -> None:
        if "spreadsheets.child" not in _text(process / "cmdline"):
            return
        peak = re.search(r"VmHWM:\s+(\d+) kB", _text(process / "status"))
        if peak:
            self.seen += 1
            self.largest = max(self.largest, int(peak[1]) // 1024)

    def stop(self) -> None:
        self._over.set()
        self.join()


def _text(path: Path) -> str:
    """What the file says, nothing where the process is over."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def _servers(stage: Stage) -> dict[str, int | None]:
    return {name: stage.stack[name].pid for name in ("web", "worker", "beat", "valkey")}


def _send(files: list[tuple[str, tuple[bytes, str]]], outcome: Outcome) -> float:
    """Sends all files, several at once; returns the longest time in seconds that one took."""
    left, times, lock = list(files), [0.0], threading.Lock()

    def send() -> None:
        while True:
            with lock:
                if not left:
                    return
                name, (data, reasons) = left.pop()
            began = time.monotonic()
            wrong = _refused(name, data, reasons)
            seconds = time.monotonic() - began
            with lock:
                times.append(seconds)
                outcome.expect(not wrong, f"{name}: {wrong}")
                outcome.expect(seconds <= LONGEST, f"{name} took {seconds:.1f} s")

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(times)


def _refused(name: str, data: bytes, reasons: str) -> str:
    """What is wrong with how a file is refused; empty for nothing."""
    try:
        read(data, name)
    except Unreadable as refusal:
        words = str(refusal)
        if refusal.reason not in {*reasons.split("|"), "crash", "time"}:
            return f"refused for {refusal.reason}, not for {reasons}"
        return "" if words.endswith(".") and "Traceback" not in words else f"refused with {words!r}"
    except Exception as error:
        return f"ended in {error!r}"
    return "it was read"
