"""What the crawler finds in a portal that was broken on purpose. A fault it does not find makes the proof fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

import psycopg
from django.conf import settings

from tests.crawler.alike import compare
from tests.crawler.crawl import Crawler
from tests.crawler.forge import Forgery
from tests.crawler.plan import Plan
from tests.crawler.report import Finding, Report
from tests.prove.ledger import TRAIL, Books
from tests.prove.planted import Planted, plan_of, plant_all
from tests.prove.sabotage import SINGLE
from tests.prove.traces import forget, left_behind
from tests.stack import RunningStack, begin

FORGED = 240  # requests of each forgery
FEW = 80  # at three addresses, by one person
CHILD = "participants_child"


@dataclass
class Bites:
    """How often each fault was found, and what of them the crawler missed."""

    counts: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def expect(self, fault: str, found: list) -> None:
        """Notes what was found of a fault; nothing is a miss."""
        self.counts[fault] = len(found)
        if not found:
            self.missed.append(f"the crawler has no teeth: it does not find this fault: {fault}")

    def hold(self, wall: str, found: list) -> None:
        """Notes what came through a wall that stands."""
        self.missed += [f"{wall} did not hold: {one}" for one in found]

    @property
    def words(self) -> str:
        return (
            f"first found in a portal broken on purpose: {', '.join(f'{n} {what}' for what, n in self.counts.items())}"
        )


@cache
def grind(seed: str) -> Bites:
    """Returns what was found in a portal of its own, in a data folder of its own: its database's logins are changed."""
    folder, rng, bites = settings.DATA_DIR / "sabotaged", Random(seed), Bites()
    stack = begin(folder, seeded=False)
    try:
        # the pages alone are probed here, and what is sent to the worker stays where it can be read
        for name in ("beat", "worker"):
            stack[name].stop()
        with stack.reached():
            planted = plant_all(stack, rng, with_reports=False)
            find_single_faults(stack, planted, rng, bites)
            _first_wall_down(stack, planted, rng, bites)
            _both_down(stack, planted, rng, bites)
    finally:
        _bypass(stack, "NOBYPASSRLS")
        stack.stop()
    return bites


def find_single_faults(stack: RunningStack, planted: Planted, rng: Random, bites: Bites) -> None:
    """Looks for one fault of each kind, all in the portal at once, each at an address of its own; inside `reached`."""
    forget(stack)
    bites.hold("with nothing broken, something", left_behind(stack, plan_of(stack, planted)))
    with broken(stack, *SINGLE):
        plan = plan_of(stack, planted)
        read = _read(
            _only(plan, "safeguarding-end", "leads", "child", "reports", who=("manager A", "without second factor")),
            rng,
        )
        bites.expect("a view that skips visible_to", _at(read, "leak", "manager A", "/contacts/"))
        bites.expect("a form field with foreign choices", _at(read, "leak", "manager A", "/ensembles/"))
        bites.expect("a page without second factor", _at(read, "reached", "without second factor", ""))
        bites.hold("the wall of the database", [one for one in _at(read, "leak", "manager A", "") if one.about_child])
        alike = compare(_only(plan, "ensemble", who=("manager A",)), rng, Report(), lambda: False, rounds=3).report
        bites.expect("foreign told from absent", alike.of_kind("unlike"))
        _find_forged(stack, planted, plan, rng, bites)
        with _policy_off(stack, CHILD):
            read = _read(_only(plan, "child", who=("manager A",)), rng)
        bites.expect("a policy off", [one for one in read.of_kind("leak") if one.about_child])
        left = left_behind(stack, plan)
        for fault, where in (("log", "log/"), ("mail", "the table accounts_outbox"), ("job", "the message celery")):
            bites.expect(f"a name in a {fault}", [one for one in left if one.startswith(where)])
    forget(stack)
    stack.rows("DELETE FROM accounts_outboxmessage WHERE body LIKE 'Somebody saw %'")


def _find_forged(stack: RunningStack, planted: Planted, plan: Plan, rng: Random, bites: Bites) -> None:
    books = Books(stack, planted)
    acts = _only(plan, "safeguarding-end", "child-protect", "child-unprotect", who=("manager A",))
    report = Forgery(acts, rng, books.ledger).run(lambda: False, least=FEW, thorough=True)
    books.close()
    bites.expect("a foreign row changed", report.of_kind("changed"))
    bites.expect("an act without an entry", _at(report, "untold", "manager A", "protect/"))


def _first_wall_down(stack: RunningStack, planted: Planted, rng: Random, bites: Bites) -> None:
    with broken(stack, "everything visible"):
        plan = plan_of(stack, planted)
        leaks = _read(plan, rng).of_kind("leak")
        bites.expect("every view without visible_to", [leak for leak in leaks if not leak.about_child])
        bites.hold("the wall of the database", [leak for leak in leaks if leak.about_child])
        books = Books(stack, planted)
        before = books.foreign("manager A")
        _forge(replace(plan, principals=tuple(who for who in plan.principals if who.hub != "B")), rng, books)
        after = books.foreign("manager A")
        behind = {f"{name} of hub B" for name in books.walled if name != TRAIL}
        bites.hold("the wall of the database", [name for name in behind & before.keys() if before[name] != after[name]])
        books.close()


def _both_down(stack: RunningStack, planted: Planted, rng: Random, bites: Bites) -> None:
    _bypass(stack, "BYPASSRLS")
    with broken(stack, "everything visible"):
        plan = plan_of(stack, planted)
        bites.expect("both walls down", [leak for leak in _read(plan, rng).of_kind("leak") if leak.about_child])
        books = Books(stack, planted)
        # a register is written by whoever sees it: what else is written asks in which hub one may
        registers = _only(plan, "register", who=("coordinator A", "administrator A", "manager A"))
        bites.expect(
            "both walls down, foreign rows changed", _forge(registers, rng, books, thorough=True).of_kind("changed")
        )
        books.close()
    _bypass(stack, "NOBYPASSRLS")


def _at(report: Report, kind: str, who: str, path: str) -> list[Finding]:
    return [one for one in report.of_kind(kind) if one.who == who and path in one.asked]


def _only(plan: Plan, *names: str, who: tuple[str, ...]) -> Plan:
    """The plan with some of its addresses, by the ends of their names, and of its people."""
    addresses = tuple(address for address in plan.addresses if address.name.rpartition(":")[2] in names)
    return replace(plan, addresses=addresses, principals=tuple(plan.principal(name) for name in who))


def _read(plan: Plan, rng: Random) -> Report:
    crawler = Crawler(plan, rng)
    # the second wall knows hubs and schools, not who leads which ensemble
    crawler.judge.within_hubs = False
    return crawler.run([probe for probe in crawler.matrix() if probe.method == "GET"], lambda: False)


def _forge(plan: Plan, rng: Random, books: Books, *, thorough: bool = False) -> Report:
    return Forgery(plan, rng, books.ledger).run(lambda: False, least=FORGED, thorough=thorough)


@contextmanager
def broken(stack: RunningStack, *faults: str) -> Iterator[None]:
    """The pages, started again with faults in them: see tests/prove/sabotage.py."""
    environment = stack["web"].program.environment
    assert environment is not None
    before = dict(environment)
    environment.update(DJANGO_SETTINGS_MODULE="tests.prove.sabotaged", SABOTAGE=",".join(faults))
    _restart(stack)
    try:
        yield
    finally:
        environment.clear()
        environment.update(before)
        _restart(stack)


def _restart(stack: RunningStack) -> None:
    web = stack["web"]
    web.stop()
    web.start()
    web.wait_until_ready()


@contextmanager
def _policy_off(stack: RunningStack, table: str) -> Iterator[None]:
    stack.rows(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    try:
        yield
    finally:
        stack.rows(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def _bypass(stack: RunningStack, whether: str) -> None:
    """Lets the login of the pages past the wall of the database, or not. Logins are of the server, so of this folder."""
    with psycopg.connect(stack.servers.admin_url(), autocommit=True) as admin:
        admin.execute(f"ALTER ROLE web {whether}")
