"""Headers that protect who sits at a shared machine."""

import pytest

from tests.crawler.chance import MARKUP
from tests.crawler.leaky import MANNERS
from tests.crawler.manners import faults_of
from tests.crawler.plans import answer

GOOD = {name.replace("-", "_"): value for name, value in MANNERS.items()}


def faults(body="", signed_in=True, **changes):
    headers = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return faults_of(answer(body, **headers), signed_in=signed_in)


def test_an_answer_as_it_should_be_has_none():
    assert faults("<p>well</p>", Set_Cookie="sessionid=1; HttpOnly; SameSite=Lax") == []
    assert faults(Set_Cookie='messages=""; Max-Age=0') == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Cache_Control": "max-age=60"}, "may be kept in a cache: no Cache-Control: no-store"),
        ({"X_Content_Type_Options": None}, "no X-Content-Type-Options"),
        ({"X_Frame_Options": "SAMEORIGIN"}, "no X-Frame-Options"),
        ({"Content_Security_Policy": None}, "a lax policy: none"),
        (
            {"Content_Security_Policy": "default-src 'self' 'unsafe-inline'"},
            "a lax policy: default-src 'self' 'unsafe-inline'",
        ),
        ({"Server": "gunicorn/23.0"}, "names the version of a server"),
        ({"Set_Cookie": "sessionid=1; SameSite=Lax"}, "the cookie sessionid lacks HttpOnly"),
    ],
)
def test_each_lack_is_named(changes, said):
    assert faults(**changes) == [said]


def test_a_part_of_the_page_from_elsewhere_and_markup_that_came_back_are_seen():
    assert faults('<script src="https://elsewhere.example/x.js">') == ["asks somebody else for a part of the page"]
    assert faults(f"you searched for {MARKUP}") == ["repeats markup unescaped"]


def test_a_page_of_nobody_may_be_kept():
    assert faults(signed_in=False, Cache_Control=None) == []


def test_what_everybody_reads_is_kept_if_it_does_not_depend_on_who_asks():
    assert faults(Cache_Control="public, no-cache") == []
    assert faults(Cache_Control="public, no-cache", Vary="Accept-Encoding, Cookie") != []


def test_who_is_sent_away_or_signed_out_has_nothing_left_to_keep():
    assert faults(Cache_Control=None, Location="/") == []
    assert faults(Cache_Control=None, Set_Cookie='sessionid=""; Max-Age=0') == []
