"""What every page promises a browser: its own scripts and styles only, nothing stored, nothing framed."""

import re

import pytest
from django.conf import settings

from tests.architecture.test_urls import PEOPLE, plain_addresses

INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE
)
ELSEWHERE = re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_holds_inline_code_or_asks_a_third_party(client, cast, who):
    client.force_login(getattr(cast, who))
    looked_at = 0
    for name, _, path in plain_addresses():
        response = client.get(path)
        if response.status_code in (200, 403) and response["Content-Type"].startswith("text/html"):
            html = response.content.decode()
            assert (name, INLINE.findall(html)) == (name, [])
            scripts = [
                tag
                for tag in re.findall(r"<(?:script|link|img|form|iframe)[^>]*>", html)
                # a page's own address in full is read by search engines, and asked for by nobody
                if ELSEWHERE.search(tag) and f'rel="canonical" href="{settings.PORTAL_URL}/' not in tag
            ]
            assert (name, scripts) == (name, [])
            looked_at += 1
    assert looked_at >= 5


def test_the_search_finds_inline_code():
    assert (
        INLINE.findall('<p style="x">') and INLINE.findall("<script>x</script>") and INLINE.findall('<a onclick="x">')
    )
    assert not INLINE.findall(
        '<script src="/static/js/page.js" type="module"></script><script type="application/json">'
    )


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/today/", "/people/"])
def test_headers_are_strict(client, cast, path):
    client.force_login(cast.joanne)
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert response["Referrer-Policy"] == "same-origin"


def test_personal_pages_are_not_stored(client, cast):
    client.force_login(cast.joanne)
    stored = [
        name
        for name, view, path in plain_addresses()
        if (answer := client.get(path)).status_code == 200
        # what everybody reads is kept, if they ask each time
        and not hasattr(view, "is_public")
        and "no-store" not in answer.get("Cache-Control", "")
    ]
    assert [name for name in stored if not name.startswith("pages:")] == []
