"""The crawler before the running portal, for less than a minute; `make prove` sends it for longer."""

from dataclasses import replace
from random import Random

import pytest
import redis

from tests.crawler.alike import compare
from tests.crawler.crawl import Crawler
from tests.crawler.filling import OWN
from tests.crawler.forge import Forgery
from tests.crawler.report import Report
from tests.prove.ledger import Books, nobody_else_at_work
from tests.prove.planted import OPENS, plan_of, plant_all, sign_in
from tests.prove.teeth import Bites, find_single_faults
from tests.prove.traces import forget, left_behind

PROBES = 300
FORGED = 60
MOST = 1_000  # requests, after which a forgery that has done nothing tests nothing
FORGERS = ("manager B", "lead A")
COMPARING = ("coordinator A", "manager A", "lead A", "operator", "without second factor")


@pytest.fixture(scope="module")
def planted(empty_stack, django_db_blocker):
    """Two hubs full of texts that stand nowhere else; the stack's database can be reached meanwhile."""
    with django_db_blocker.unblock(), empty_stack.reached():
        forget(empty_stack)
        yield plant_all(empty_stack, Random(3))


@pytest.fixture(scope="module")
def plan(empty_stack, planted):
    """What the crawler is told of them."""
    return plan_of(empty_stack, planted)


def _is_own(probe):
    return probe.is_first_look and probe.filled.kind == OWN


def test_nobody_is_shown_what_is_not_theirs(empty_stack, planted, plan):
    crawler = Crawler(plan, Random(), sign_in=lambda name: sign_in(empty_stack, planted, name))
    matrix = crawler.matrix()
    own = [probe for probe in matrix if _is_own(probe)]
    rest = [probe for probe in matrix if not _is_own(probe)]
    report = crawler.run([*own, *rest[:PROBES]], lambda: False)
    assert "\n".join(map(str, report.findings)) == ""
    readers = {who for who, kind in report.seen if kind == "name"}
    assert readers == {who.name for who in plan.principals if who.hub}
    assert (OPENS.keys() - report.signed_in.keys(), report.signed_out) == (set(), {})


def test_foreign_and_absent_objects_answer_alike(plan):
    few = tuple(plan.principal(name) for name in COMPARING)
    twins = compare(replace(plan, principals=few), Random(), Report(), lambda: False, rounds=1)
    assert (list(map(str, twins.report.findings)), twins.pairs > 100) == ([], True)


def test_forged_requests_change_nothing_foreign_and_nothing_untold(empty_stack, planted, plan):
    books = Books(empty_stack, planted)
    # as somebody's forging may leave it: who was deactivated is put back, or the rest of the run would be nothing
    empty_stack.rows("UPDATE accounts_user SET is_active = false WHERE id = %s", planted.people["manager B"].pk)
    with nobody_else_at_work(empty_stack):
        few = tuple(plan.principal(name) for name in FORGERS)
        forgery = Forgery(replace(plan, principals=few), Random(), books.ledger)
        report = forgery.run(lambda: not forgery.did and report.asked["forged"] < MOST, least=FORGED)
        left = left_behind(empty_stack, plan)
    books.close()
    assert (list(map(str, report.findings)), left) == ([], [])
    assert forgery.did.total() > 0
    assert report.signed_in.total() > 9 * report.signed_out.total()


def test_a_name_left_in_a_log_in_a_message_or_beside_the_wall_is_found(empty_stack, planted, plan):
    child = planted.hubs["A"].children[0][0]
    log = empty_stack.folders.log / "planted.log"
    log.write_text(f"saved {child.forename.upper()}\n")
    with redis.Redis(unix_socket_path=str(empty_stack.folders.sockets / "valkey.sock")) as client:
        client.rpush("planted", f'{{"args": ["{child.surname}"]}}')
        mail = (
            "INSERT INTO accounts_outboxmessage (\"to\", subject, body, sent_at) VALUES ('a@b.example', 'x', %s, now())"
        )
        empty_stack.rows(mail, f"About {child.name}")
        found = left_behind(empty_stack, plan)
        client.delete("planted")
    empty_stack.rows("DELETE FROM accounts_outboxmessage WHERE subject = 'x'")
    log.unlink()
    assert {line.partition(" holds ")[0] for line in found} == {
        "log/planted.log",
        "the message planted",
        "the table accounts_outboxmessage",
    }


def test_what_was_broken_on_purpose_is_found(empty_stack, planted):
    bites = Bites()
    for name in ("beat", "worker"):
        empty_stack[name].pause()
    find_single_faults(empty_stack, planted, Random(), bites)
    for name in ("worker", "beat"):
        empty_stack[name].resume()
    assert bites.missed == []
