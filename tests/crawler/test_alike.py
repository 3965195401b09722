"""What makes two answers alike, and what tells them apart."""

import pytest

from tests.crawler.alike import RENEWED, Twins, _pair, difference
from tests.crawler.filling import ABSENT, FOREIGN, Filled
from tests.crawler.plans import PEOPLE, answer, thing
from tests.crawler.report import Report
from tests.crawler.wire import Jar


def page(path, token="a1", extra=""):
    return answer(
        f'<form action="{path}"><input name="csrfmiddlewaretoken" value="{token}"><a href="/in/?next={path}">in</a>{extra}',
        status=404,
        Content_Length=str(len(token)),
        Date=f"now {token}",
    )


def compared(foreign, absent):
    return difference(foreign, absent, "/things/2/", "/things/999/")


def test_tokens_dates_and_the_path_repeated_make_no_difference():
    assert compared(page("/things/2/"), page("/things/999/", "longer9")) == ""


@pytest.mark.parametrize(
    ("foreign", "said"),
    [
        (answer(status=403), "answered 403 and 404"),
        (page("/things/2/", extra="."), "the pages differ (404"),
        (page("/things/2/", extra="2"), "the pages differ (404"),
    ],
)
def test_another_status_or_another_word_is_a_difference(foreign, said):
    assert compared(foreign, page("/things/999/")).startswith(said)


def test_a_header_that_only_one_has_is_a_difference():
    there, absent = answer(status=404, ETag='"1"'), answer(status=404)
    assert compared(there, absent) == "the headers differ: [('etag', '\"1\"')]"


def test_a_redirect_that_repeats_the_path_makes_no_difference():
    there = answer(status=302, Location="/in/?next=/things/2/")
    assert compared(there, answer(status=302, Location="/in/?next=/things/999/")) == ""
    assert compared(there, answer(status=302, Location="/")) != ""


def test_a_session_renewed_and_one_taken_away_are_told_apart():
    absent = answer(status=404)
    renewed = answer(status=404, Set_Cookie="sessionid=abc; Path=/; HttpOnly")
    ended = answer(status=404, Set_Cookie='sessionid=""; Max-Age=0; Path=/')
    assert compared(renewed, absent) == compared(absent, renewed) == RENEWED
    assert compared(ended, absent) == "the headers differ: [('set-cookie', 'sessionid, taken away')]"


class Renewing:
    """Answers for a portal that renews the session at a path: once, or each time."""

    def __init__(self, path, *, is_always):
        self.path, self.is_always, self.asked = path, is_always, []

    def ask(self, method, path, jar, body=None, headers=None):
        self.asked.append(path)
        renews = path == self.path and (self.is_always or self.asked.count(path) == 1)
        return answer(status=404, **({"Set_Cookie": "sessionid=abc; Path=/"} if renews else {}))


@pytest.mark.parametrize(("is_always", "findings"), [(False, 0), (True, 1)], ids=["by the clock", "by the page"])
def test_a_session_renewed_for_one_of_two_is_a_difference_when_it_is_so_each_time(is_always, findings):
    one, other = (Filled(thing("things"), f"/things/{kind}/", kind) for kind in (FOREIGN, ABSENT))
    report, wire = Report(), Renewing(one.path, is_always=is_always)
    _pair(Twins(report), wire, Jar(), PEOPLE[0], "GET", (one, other), first=0)
    assert (len(report.findings), wire.asked) == (findings, [one.path, other.path] * 2)
