"""`make demo`: the portal with invented people, on this machine alone."""

import os
import signal
import time

import psycopg

from inharmony.servers.launch import end_with_parent
from inharmony.servers.machine import missing_pdf_libraries
from inharmony.servers.marks import read_marks, set_mark
from inharmony.servers.stack import Stack
from inharmony.servers.supervise import END_SIGNALS, on_end_signals

ACCOUNTS = """\
  coordinator@liverpool.example   today's sessions and their registers (also @leeds.example)
  admin@liverpool.example         class lists, ensembles               (also @leeds.example)
  manager@liverpool.example       the hub's figures and reports        (also @leeds.example)
  school@faith.example            one school's own class lists
  national@arts.example           the national pages, no child
  operator@portal.example         accounts, and the mail of the demonstration"""


def say(line: str) -> None:
    print(line, flush=True)


def demonstrate(port: int, *, ends_with_parent: bool) -> None:
    """Runs the demonstration until Ctrl-C or SIGTERM; raises ServersError when it cannot begin."""
    if ends_with_parent:
        # make waits for an orderly end; it goes first only when it was killed, and then so is everything
        end_with_parent(signal.SIGKILL, os.getppid())
    on_end_signals(_raise_interrupt)
    began = time.monotonic()
    stack = Stack(None, port, env={"DEMO": "1"}, say=say)
    try:
        say("Starting PostgreSQL and Valkey")
        stack.open()
        stack.migrate()
        _load(stack)
        stack.build()
        say("Starting web, worker and beat")
        stack.serve()
        _welcome(stack, time.monotonic() - began)
        stack.supervisor.tend_until_stopped()
    except KeyboardInterrupt:
        say("\nEnding")
    finally:
        # Once it ends, it ends in order: a second Ctrl-C would only leave work half written.
        for number in END_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        stack.stop()


def _raise_interrupt() -> None:
    raise KeyboardInterrupt


def _load(stack: Stack) -> None:
    admin, database = stack.servers.admin_url(), stack.database
    marks = read_marks(admin, database)
    if "record" not in marks:
        say("Loading the public record of In Harmony")
        stack.manage("load_programme_record")
        set_mark(admin, database, "record", "loaded")
    if "towns" not in marks:
        stack.manage("load_towns")
        set_mark(admin, database, "towns", "loaded")
    if "demonstration" in marks:
        return
    if _holds_children(stack):
        say("The database holds children already: no demonstration data is loaded")
        return
    say("Inventing schools, children and three years of sessions")
    stack.manage("seed_demo", "--scale", "small", "--years", "3", "--seed", "1")
    with psycopg.connect(admin, dbname=database, autocommit=True) as connection:
        connection.execute("ANALYZE")  # else the first pages are planned as if the tables were empty
    set_mark(admin, database, "demonstration", "loaded")


def _holds_children(stack: Stack) -> bool:
    with psycopg.connect(stack.servers.admin_url(), dbname=stack.database) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM participants_child)").fetchone()
    return bool(row and row[0])


def _welcome(stack: Stack, seconds: float) -> None:
    say(f"\nIn Harmony is ready after {seconds:.0f} s:  {stack.url}\n")
    say("Sign in with one press as (every child, school and mark is invented):")
    say(ACCOUNTS)
    if missing_pdf_libraries():
        say("\nReports as PDF are off: the libraries named above are missing.")
    say(f"\nData and logs: {stack.folders.data_dir}.  Ctrl-C ends everything.\n")
