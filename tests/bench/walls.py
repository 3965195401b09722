"""What the two walls cost: the register page's own reads, with both, with each alone and with neither, all in turn."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from unittest.mock import patch

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inharmony.access.walls import own_models
from tests.bench.data import Orchestra
from tests.bench.measure import Measure, interleaved, ms
from tests.clients import SignedInClient
from tests.stack import RunningStack

ROUNDS = 100
TARGETS = {"register_walls": 1.5, "register_both_walls": 2}


def measure(stack: RunningStack, orchestra: Orchestra) -> list[Measure]:
    """
    Returns two ratios for the page's reads of walled tables: the policies alone, and both walls against none.

    The first wall is `.visible_to`, which makes the statements longer; the second the policies, which the server's
    administrator passes by. All four answer the same rows, or the ratios would mean nothing.
    """
    (session,) = orchestra.sessions(1, first_day=orchestra.days - 1)
    page = f"/sessions/{session.pk}/register/"
    filtered = _statements(orchestra, page)
    with _first_wall_down():
        bare = _statements(orchestra, page)
    inside = psycopg.connect(stack.servers.database_url("web", stack.database))
    outside = psycopg.connect(stack.servers.admin_url(stack.database))
    scope = "SELECT set_config('inharmony.programmes', %s, false), set_config('inharmony.schools', '{}', false)"
    for wall in (inside, outside):
        wall.execute(scope, [f"{{{orchestra.programme.pk}}}"])
    ways = {
        "both": (inside, filtered),
        "visible_to": (outside, filtered),
        "policies": (inside, bare),
        "none": (outside, bare),
    }
    answers = {way: [sorted(wall.execute(each).fetchall()) for each in asked] for way, (wall, asked) in ways.items()}
    if any(answer != answers["both"] for answer in answers.values()):
        raise RuntimeError("the page's statements answer otherwise past a wall: the ratios would mean nothing")
    taken = interleaved({way: _running(wall, asked) for way, (wall, asked) in ways.items()}, ROUNDS)
    each = f"{len(filtered)} statements; " + ", ".join(f"{way} {ms(seconds)}" for way, seconds in taken.items())
    ratios = {
        "register_walls": (median(taken["both"]) / median(taken["visible_to"]), "x without policies", each),
        "register_both_walls": (median(taken["both"]) / median(taken["none"]), "x without any wall", ""),
    }
    return [Measure(name, value, unit, TARGETS[name], words) for name, (value, unit, words) in ratios.items()]


@contextmanager
def _first_wall_down() -> Iterator[None]:
    """Lets every queryset show everything, as a portal without `.visible_to` would write its statements."""
    sets = {type(model._default_manager.all()) for model in own_models()}
    patches = [
        patch.object(each, "visible_to", lambda self, user, **_: self) for each in sets if hasattr(each, "visible_to")
    ]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def _statements(orchestra: Orchestra, page: str) -> list[str]:
    """Returns the page's reads of tables about children, as the database is sent them."""
    client = SignedInClient(SERVER_NAME="localhost")
    client.force_login(orchestra.coordinator)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    found = [query["sql"] for query in captured.captured_queries]
    return [each for each in found if each.lstrip("(").startswith("SELECT") and "participants_" in each]


def _running(wall: psycopg.Connection, statements: list[str]) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        for statement in statements:
            wall.execute(statement, prepare=False).fetchall()
        wall.commit()
        return time.perf_counter() - began

    return run
