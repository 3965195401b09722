"""What row-level security costs: the register page's own statements, as `web` in its scope and past all policies."""

import time
from collections.abc import Callable
from statistics import median

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.data import Orchestra
from tests.bench.measure import Measure, interleaved, ms
from tests.stack import RunningStack

ROUNDS = 100
TARGET = 1.5


def measure(stack: RunningStack, orchestra: Orchestra) -> list[Measure]:
    """Returns the ratio for the page's reads of walled tables, both ways in turn on a connection each."""
    (session,) = orchestra.sessions(1, first_day=orchestra.days - 1)
    statements = _statements(orchestra, f"/sessions/{session.pk}/register/")
    inside = psycopg.connect(stack.servers.database_url("web", stack.database))
    outside = psycopg.connect(stack.servers.admin_url(stack.database))
    hub = f"{{{orchestra.programme.pk}}}"
    scope = "SELECT set_config('inharmony.programmes', %s, false), set_config('inharmony.schools', '{}', false)"
    for wall in (inside, outside):
        wall.execute(scope, [hub])
    if [inside.execute(each).fetchall() for each in statements] != [
        outside.execute(each).fetchall() for each in statements
    ]:
        raise RuntimeError("the page's statements answer otherwise past the policies: the ratio would mean nothing")
    taken = interleaved({"walls": _running(inside, statements), "none": _running(outside, statements)}, ROUNDS)
    ratio = median(taken["walls"]) / median(taken["none"])
    words = f"{len(statements)} statements {ms(taken['walls'])}, without {ms(taken['none'])}"
    return [Measure("register_walls", ratio, "x without policies", TARGET, words)]


def _statements(orchestra: Orchestra, page: str) -> list[str]:
    """Returns the page's reads of tables about children, as the database is sent them."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(orchestra.coordinator)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    found = [query["sql"] for query in captured.captured_queries]
    return [each for each in found if each.startswith("SELECT") and "participants_" in each]


def _running(wall: psycopg.Connection, statements: list[str]) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        for statement in statements:
            wall.execute(statement, prepare=False).fetchall()
        wall.commit()
        return time.perf_counter() - began

    return run
