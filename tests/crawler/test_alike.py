"""What makes two answers alike, and what tells them apart."""

import pytest

from tests.crawler.alike import difference
from tests.crawler.plans import answer


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


def test_a_session_renewed_by_the_clock_makes_no_difference_and_one_taken_away_does():
    absent = answer(status=404)
    renewed = answer(status=404, Set_Cookie="sessionid=abc; Path=/; HttpOnly")
    ended = answer(status=404, Set_Cookie='sessionid=""; Max-Age=0; Path=/')
    assert (compared(renewed, absent), compared(absent, renewed)) == ("", "")
    assert compared(ended, absent) == "the headers differ: [('set-cookie', 'sessionid')]"
