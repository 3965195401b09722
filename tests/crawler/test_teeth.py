"""Each fault of a portal that has it is found, and in one that has none nothing is."""

from random import Random

import pytest

from tests.crawler.alike import compare
from tests.crawler.crawl import Crawler
from tests.crawler.filling import NoValuesError
from tests.crawler.forge import Forgery
from tests.crawler.leaky import running
from tests.crawler.plan import Address, Value
from tests.crawler.plans import plan, thing
from tests.crawler.report import Report


def crawled(*faults):
    with running(*faults) as portal:
        crawler = Crawler(plan(portal.port), Random(1))
        turns = iter(range(60))
        return crawler.run(crawler.matrix(), lambda: next(turns, None) is not None, threads=2)


def compared(*faults):
    with running(*faults) as portal:
        return compare(plan(portal.port), Random(1), Report(), lambda: False, rounds=3).report


def forged(*faults):
    with running(*faults) as portal:
        forgery = Forgery(plan(portal.port), Random(1), portal.ledger)
        return forgery.run(lambda: False, least=200), forgery


def kinds(report):
    return {finding.kind for finding in report.findings}


def test_in_a_portal_without_a_fault_nothing_is_found():
    report, forgery = forged()
    assert [*crawled().findings, *compared().findings, *report.findings] == []
    assert forgery.did.total() > 0


def test_the_matrix_holds_every_method_of_every_kind_of_object_for_everybody():
    crawler = Crawler(plan(1), Random(1))
    asked = {(probe.who.name, probe.method, probe.filled.kind) for probe in crawler.matrix()}
    methods = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    people = [
        ("ann", "own"),
        ("ann", "foreign"),
        ("ann", "absent"),
        ("bob", "own"),
        ("bob", "foreign"),
        ("bob", "absent"),
    ]
    people += [("nobody", "foreign"), ("nobody", "absent")]
    assert asked == {(who, method, kind) for who, kind in people for method in methods}


def test_what_people_see_of_their_own_is_no_leak_and_is_counted():
    with running() as portal:
        crawler = Crawler(plan(portal.port), Random(1))
        report = crawler.run([probe for probe in crawler.matrix() if probe.is_first_look], lambda: False)
    assert (report.seen, report.findings) == ({("ann", "name"): 1, ("bob", "name"): 1}, [])


@pytest.mark.parametrize(
    ("fault", "kind"), [("no wall", "leak"), ("no gate", "reached"), ("falls", "broken"), ("lax", "manners")]
)
def test_a_fault_of_reading_is_found(fault, kind):
    # without a gate there is still the wall: nobody's own is nothing
    found = crawled(fault, "no wall") if fault == "no gate" else crawled(fault)
    assert kind in kinds(found)


def test_a_leak_says_who_saw_what_where():
    leaks = [finding for finding in crawled("no wall").findings if finding.asked.startswith("GET /things/2/")]
    assert sorted((leak.kind, leak.who, leak.about, leak.about_child) for leak in leaks) == [
        ("leak", "ann", "holds the surname of theirs in body", True)
    ]


def test_foreign_told_from_absent_is_found():
    (first, *_) = compared("tells").findings
    assert (first.kind, first.about) == ("unlike", "answered 403 and 404")


@pytest.mark.parametrize(
    ("faults", "kind"),
    [(("no wall",), "changed"), (("no trail",), "untold"), (("no check of the token",), "forged")],
)
def test_a_fault_of_acting_is_found(faults, kind):
    report, _ = forged(*faults)
    assert kind in kinds(report)


def test_a_portal_that_does_not_answer_is_broken():
    with running() as portal:
        port = portal.port
    report = Crawler(plan(port), Random(1)).run(Crawler(plan(port), Random(1)).matrix()[:3], lambda: False)
    assert kinds(report) == {"broken"}


def test_a_parameter_without_values_fails_with_its_name():
    nameless = Address("marks", "marks/<int:mark>/")
    with pytest.raises(NoValuesError, match=r"marks \(marks/<int:mark>/\): mark"):
        Crawler(plan(1, thing("things"), nameless), Random(1))


def test_nobody_forges_what_a_link_lets_whoever_holds_it_do():
    link = Address("link", "things/<int:pk>/", {"pk": (Value("2"),)}, {"pk": ("999",)}, by_link=True)
    with running("no wall") as portal:
        report = Forgery(plan(portal.port, link), Random(1), portal.ledger).run(lambda: False, least=60)
        untouched = str(portal.marks["2"])
    assert (untouched, report.of_kind("changed")) == ("[]", [])
