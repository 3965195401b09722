"""Where a child's name must not be left behind: logs, messages, mail, sessions, the trail, names of files."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis

from tests.crawler.finder import Finder
from tests.crawler.plan import Plan
from tests.stack import RunningStack

# the database itself and what was uploaded hold children on purpose; scripts and styles are no data
LEFT_OUT = {"postgres", "files", "static", "built"}
# every table that is not behind a wall, and behind one those that say what happened
TABLES = """
SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE nspname = 'public' AND relkind = 'r' AND (NOT relrowsecurity OR relname ~ 'event|history') ORDER BY 1
"""


def forget(stack: RunningStack) -> None:
    """Empties logs, broker and cache: what was left there before would be found again."""
    for path in stack.folders.log.glob("*.log*"):
        os.truncate(path, 0)
    with redis.Redis(unix_socket_path=str(stack.folders.sockets / "valkey.sock")) as client:
        client.flushall()


def left_behind(stack: RunningStack, plan: Plan) -> list[str]:
    """Returns every place in which a planted text about a child is found, with the text's description."""
    finder, found = Finder(plan), set()
    for where, data in (*_files(stack.folders.data_dir), *_messages(stack), *_rows(stack)):
        for sighting in finder.in_bytes(where, data):
            if sighting.canary.about_child:
                found.add(f"{where} holds the {sighting.canary.what}")
    return sorted(found)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Logs and everything else in the data folder but what is meant to hold children; and the names of uploads."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name.partition("/")[0] not in LEFT_OUT:
            yield name, path.read_bytes()
    yield "a name of a file", "\n".join(path.name for path in (folder / "files").rglob("*")).encode()


def _messages(stack: RunningStack) -> Iterator[tuple[str, bytes]]:
    """Everything in the broker and the cache: the arguments of tasks among it."""
    socket = str(stack.folders.sockets / "valkey.sock")
    readers = {
        b"string": lambda client, key: [client.get(key) or b""],
        b"list": lambda client, key: client.lrange(key, 0, -1),
        b"set": lambda client, key: client.smembers(key),
        b"hash": lambda client, key: [part for pair in client.hgetall(key).items() for part in pair],
        b"zset": lambda client, key: client.zrange(key, 0, -1),
    }
    for number in range(4):
        with redis.Redis(unix_socket_path=socket, db=number) as client:
            for key in client.scan_iter():
                for value in (key, *readers[client.type(key)](client, key)):
                    yield f"the message {key.decode(errors='replace')}", value


def _rows(stack: RunningStack) -> Iterator[tuple[str, bytes]]:
    with psycopg.connect(stack.servers.admin_url(stack.database), autocommit=True) as admin:
        for (table,) in admin.execute(TABLES).fetchall():
            rows = admin.execute(f"SELECT t::text FROM {table} t").fetchall()
            yield f"the table {table}", "\n".join(row for (row,) in rows).encode()
