"""Programs that fall are started again, ever more slowly; all end in order."""

import sys
import time
from pathlib import Path

import pytest

from inharmony.servers.child import Child, Program
from inharmony.servers.folders import Folders
from inharmony.servers.refusal import ServersError
from inharmony.servers.supervise import Supervisor
from inharmony.servers.waiting import wait_for


def child(folders: Folders, name: str, code: str, **options: object) -> Child:
    folders.create()
    ready = options.pop("ready", None)
    program = Program(name=name, argv=[sys.executable, "-c", code], folder=folders.data_dir, **options)
    return Child(program, folders, ready=ready)


SLEEP = "import time; time.sleep(600)"


def test_fallen_program_is_started_again_and_it_is_said(data_dir: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    sleeper = supervisor.add(child(Folders(data_dir), "sleeper", SLEEP))
    supervisor.start("sleeper")
    supervisor.tend_beside()
    first = sleeper.pid
    sleeper.kill()
    assert wait_for(lambda: sleeper.pid not in (None, first), seconds=5)
    supervisor.stop()
    assert said == [
        "sleeper was ended by signal 9; it is started again in 0.5 s (see sleeper.log)",
        "sleeper is started again",
    ]
    assert sleeper.pid is None


def test_program_that_keeps_falling_is_started_ever_more_slowly(data_dir: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    supervisor.add(child(Folders(data_dir), "faller", "raise SystemExit(3)"))
    supervisor.children["faller"].start()
    supervisor.tend_beside()
    assert wait_for(lambda: len(said) >= 3, seconds=5)
    supervisor.stop()
    assert said[0] == "faller ended with code 3; it is started again in 0.5 s (see faller.log)"
    assert said[2] == "faller ended with code 3; it is started again in 1 s (see faller.log)"


def test_program_started_anew_is_given_time_to_open_its_socket(data_dir: Path) -> None:
    door = data_dir / "door"
    opens = f"import time, pathlib; time.sleep(1); pathlib.Path({str(door)!r}).touch(); time.sleep(600)"
    server = child(Folders(data_dir), "server", opens, socket=door)
    server.start()
    assert wait_for(door.exists, seconds=5)
    assert server.tend() is None
    server.stop()
    door.unlink()
    server.start()
    first = server.pid
    assert server.tend() is None
    assert server.pid == first
    server.stop()


def test_stopped_program_stays_stopped_until_started(data_dir: Path) -> None:
    supervisor = Supervisor(print)
    sleeper = supervisor.add(child(Folders(data_dir), "sleeper", SLEEP))
    supervisor.start("sleeper")
    sleeper.stop()
    supervisor.tend()
    assert sleeper.pid is None
    sleeper.start()
    assert sleeper.pid
    supervisor.stop()


def test_program_that_ends_at_once_is_named_with_its_last_words(data_dir: Path) -> None:
    supervisor = Supervisor(print)
    supervisor.add(child(Folders(data_dir), "faller", "raise SystemExit('no such tune')", ready=lambda _: False))
    with pytest.raises(ServersError, match=r"faller ended at once\. (.|\n)*no such tune"):
        supervisor.start("faller")
    supervisor.stop()


def test_program_that_never_answers_is_named(data_dir: Path) -> None:
    supervisor = Supervisor(print)
    mute = child(Folders(data_dir), "mute", SLEEP, ready=lambda _: False, ready_seconds=0.2)
    supervisor.add(mute)
    with pytest.raises(ServersError, match="mute does not answer"):
        supervisor.start("mute")
    supervisor.stop()


def test_programs_end_in_the_opposite_order(data_dir: Path) -> None:
    ends = data_dir / "ends"
    code = """
import pathlib, signal, sys, time
def end(*_):
    with open({ends!r}, "a") as file: file.write({name!r} + "\\n")
    raise SystemExit
signal.signal(signal.SIGTERM, end)
pathlib.Path({ends!r} + {name!r}).touch()
time.sleep(600)
"""
    supervisor = Supervisor(print)
    for name in ("database", "broker", "pages"):
        here = Path(f"{ends}{name}")
        script = code.format(ends=str(ends), name=name)
        supervisor.add(child(Folders(data_dir), name, script, ready=lambda _, here=here: here.exists()))
    supervisor.start("database", "broker", "pages")
    supervisor.stop()
    assert ends.read_text().split() == ["pages", "broker", "database"]


def test_deaf_program_is_ended_by_force(data_dir: Path) -> None:
    here = data_dir / "deaf"
    code = f"import pathlib, signal, time; signal.signal(15, signal.SIG_IGN); pathlib.Path({str(here)!r}).touch(); "
    supervisor = Supervisor(print)
    deaf = child(Folders(data_dir), "deaf", code + "time.sleep(600)", ready=lambda _: here.exists(), stop_seconds=0.2)
    supervisor.add(deaf)
    supervisor.start("deaf")
    began = time.monotonic()
    supervisor.stop()
    assert deaf.pid is None
    assert time.monotonic() - began < 3


def test_paused_program_answers_again_when_resumed(data_dir: Path) -> None:
    supervisor = Supervisor(print)
    sleeper = supervisor.add(child(Folders(data_dir), "sleeper", SLEEP))
    supervisor.start("sleeper")

    def state() -> str:
        return Path(f"/proc/{sleeper.pid}/stat").read_text().rpartition(")")[2].split()[0]

    sleeper.pause()
    assert wait_for(lambda: state() == "T", seconds=2)
    sleeper.resume()
    assert wait_for(lambda: state() == "S", seconds=2)
    supervisor.stop()
