"""Pages that anybody reads are made once and kept, until what they show changes; they know nobody."""

import gzip
import itertools
import time

import pytest
from django.db import transaction
from django.test import Client

from inharmony.cache import SteadyCache
from inharmony.pages import public


@pytest.fixture
def visitor():
    public.new_edition()
    return Client()


def ask(visitor, path="/about/", **headers):
    return visitor.get(path, headers=headers)


def test_a_kept_page_asks_neither_the_database_nor_the_session(db, visitor, django_assert_num_queries):
    first = ask(visitor)
    with django_assert_num_queries(0):
        again = ask(visitor)
    assert (again.status_code, again.content) == (200, first.content)
    assert again.cookies == {}
    assert "Cookie" not in again.headers.get("Vary", "")
    assert again["Cache-Control"] == "public, no-cache"


def test_whoever_is_signed_in_is_shown_the_same_page_without_being_asked_who_they_are(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.priya)
    strangers = ask(Client()).content
    with django_assert_num_queries(0):
        assert ask(client).content == strangers


def test_a_browser_that_has_the_page_is_told_that_it_is_still_so(db, visitor):
    tag = ask(visitor)["ETag"]
    again = ask(visitor, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_host_with_other_ports_or_in_other_letters_makes_no_further_pages(db, visitor, made):
    for host in ("testserver", "testserver:1", "testserver:65535", "TestServer", "testserver."):
        assert ask(visitor, host=host).status_code == 200
    assert len(made) == 1
    assert ask(visitor, host="evil.example").status_code == 400


def test_a_page_is_packed_for_whoever_can_unpack_it(db, visitor, made):
    plain = ask(visitor)
    packed = ask(visitor, **{"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert (packed["Content-Encoding"], "Content-Encoding" in plain) == ("gzip", False)
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert packed["ETag"] != plain["ETag"]
    assert len(made) == 1


def test_a_browser_that_has_the_packed_page_is_told_that_it_is_still_so(db, visitor):
    packs = {"Accept-Encoding": "gzip"}
    tag = ask(visitor, **packs)["ETag"]
    again = ask(visitor, **packs, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_first_page_sends_who_is_signed_in_to_their_work_also_when_it_is_kept(cast, client):
    assert ask(client, "/").status_code == 200
    client.force_login(cast.priya)
    assert ask(client, "/").status_code == 302


@pytest.fixture
def counted():
    """Makes a part of a page, and counts how often it did; a new one each time."""
    public.new_edition()
    return itertools.count(1)


def test_a_part_of_a_page_is_made_once_and_each_under_its_key(counted):
    def make():
        return {"made": next(counted)}

    assert [public.kept("/national/?year=2025-26", make) for _ in range(3)] == [{"made": 1}] * 3
    assert public.kept("/national/?year=2024-25", make) == {"made": 2}
    assert public.kept("/national/?year=2025-26", make) == {"made": 1}


def test_a_part_of_a_page_is_made_again_once_something_is_published(db, counted, django_capture_on_commit_callbacks):
    assert public.kept("part", lambda: next(counted)) == 1
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        public.publish()
        assert public.kept("part", lambda: next(counted)) == 1
    assert public.kept("part", lambda: next(counted)) == 2


def test_a_part_of_a_page_is_a_minute_old_at_most(counted, monkeypatch):
    monkeypatch.setattr(public, "KEPT_FOR", 1)
    assert public.kept("part", lambda: next(counted)) == 1
    time.sleep(1.2)
    assert public.kept("part", lambda: next(counted)) == 2


def test_while_the_cache_is_away_a_part_of_a_page_is_made_each_time(counted, monkeypatch):
    assert public.kept("part", lambda: next(counted)) == 1
    monkeypatch.setattr(SteadyCache, "shared", lambda _self, _act: None)
    assert [public.kept("part", lambda: next(counted)) for _ in range(2)] == [2, 3]


@pytest.fixture
def made(monkeypatch):
    """How often a page was made."""
    times = []
    make = public._make
    monkeypatch.setattr(public, "_make", lambda *of: times.append(1) or make(*of))
    return times


def test_what_is_published_is_on_every_page_from_the_next_request_on(
    db, visitor, made, django_capture_on_commit_callbacks
):
    ask(visitor)
    ask(visitor)
    assert len(made) == 1
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        public.publish()
        ask(visitor)
        assert len(made) == 1
    ask(visitor)
    assert len(made) == 2


def test_a_question_is_answered_and_not_kept(db, visitor, made):
    for _ in range(2):
        assert ask(visitor, "/about/?place=York").status_code == 200
    assert len(made) == 2


def test_while_the_cache_is_away_nothing_is_kept(db, visitor, made, monkeypatch):
    monkeypatch.setattr(SteadyCache, "shared", lambda _self, _act: None)
    ask(visitor)
    ask(visitor)
    assert len(made) == 2


def test_the_page_is_guarded_like_every_other(db, visitor):
    page = ask(visitor)
    assert page["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in page["Content-Security-Policy"]


def test_only_what_is_read_is_answered_here(db, visitor):
    answer = visitor.post("/about/")
    assert (answer.status_code, answer["Allow"], answer["Cache-Control"]) == (405, "GET, HEAD", "no-store")


def test_what_is_not_there_is_kept_by_nobody(db, visitor):
    answer = ask(visitor, "/where/nowhere/")
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    ("accepts", "is_packed"), [("gzip, br", True), ("gzip;q=0.5", True), ("gzip;q=0, br", False), ("br", False)]
)
def test_a_page_is_packed_for_who_unpacks_it_and_for_nobody_else(db, visitor, accepts, is_packed):
    assert ("Content-Encoding" in ask(visitor, **{"Accept-Encoding": accepts})) == is_packed
