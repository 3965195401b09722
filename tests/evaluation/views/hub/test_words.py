"""Writing a hub's own words on its page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evaluation.models import HubWords
from inharmony.access.scope import scoped
from outcomes.actions.target import set_targets, version_of
from programmes.actions import closing
from schools.models import AcademicYear
from tests.clients import SignedInClient
from tests.evaluation.actions.test_words import standing, write
from tests.evaluation.views.hub.test_papers import AIM, agreed
from tests.evaluation.views.hub.test_subjects import taken, text

__all__ = ["agreed", "taken"]

PAGE = "/hub/liverpool/words/return/local-need/?year=2026-27"


def client_of(person):
    client = SignedInClient()
    client.force_login(person)
    return client


def seen_on(page):
    return re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]


def send(person, words, *, address=PAGE, seen=None):
    client = client_of(person)
    seen = seen_on(client.get(address)) if seen is None else seen
    return client.post(address, {"seen": seen, "words": words})


def test_a_manager_writes_and_comes_back_to_the_question(cast):
    answer = send(cast.joanne, "We answer it.\r\n\r\nIn two parts.")
    assert answer["Location"] == "/hub/liverpool/return/?year=2026-27#q-local-need"
    page = client_of(cast.joanne).get(PAGE)
    assert "<p>We answer it.</p>\n\n<p>In two parts.</p>" in page.content.decode()
    assert "6 of 200 words used." in text(page)
    assert "Joanne Carter, 17 November 2026, 10:42" in text(page)
    assert send(cast.joanne, "")["Location"]
    assert standing(cast) == {}
    assert "Taken off." in text(client_of(cast.joanne).get(PAGE))


def test_too_many_words_are_told_in_words_and_stay_in_the_box(cast):
    answer = send(cast.joanne, "drum " * 203)
    assert answer.status_code == 422
    said = text(answer)
    assert "This has 203 words, and 200 are allowed. Take out 3 words." in said
    assert "203 of 200 words used." in said
    assert answer.content.decode().count("drum ") >= 203
    assert standing(cast) == {}


def test_who_writes_after_another_sees_their_words_first_and_can_then_keep_their_own(cast):
    page = client_of(cast.joanne).get(PAGE)
    write(cast, "Theirs, first")
    answer = send(cast.joanne, "Mine", seen=seen_on(page))
    assert answer.status_code == 422
    assert "Somebody else wrote here after you opened the page." in text(answer)
    assert "Theirs, first" in text(answer)
    assert "Mine" in answer.content.decode()
    assert standing(cast) == {"local-need": "Theirs, first"}
    assert send(cast.joanne, "Mine and theirs", seen=seen_on(answer)).status_code == 302
    assert standing(cast) == {"local-need": "Mine and theirs"}


def test_what_somebody_wrote_is_text_on_every_page(cast, open_as):
    write(cast, "<script>alert(1)</script> {{ settings }}")
    for address in (PAGE, "/hub/liverpool/return/?year=2026-27"):
        html = open_as(cast.joanne, address).content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ settings }}" in html


@pytest.mark.parametrize("seen", ["", "-1", "first", "999999999999999999999"])
def test_a_forged_sight_is_no_sight(cast, seen):
    assert send(cast.joanne, "Mine", seen=seen).status_code == 422
    assert standing(cast) == {}


@pytest.mark.parametrize(
    ("who", "status"),
    [("ruth", 403), ("omar", 404), ("priya", 403), ("sam", 403), ("nia", 403), ("olu", 403), ("stranger", 403)],
)
def test_nobody_else_sees_the_page_or_writes(cast, who, status):
    write(cast, "Secret words")
    client = client_of(getattr(cast, who))
    page = client.get(PAGE)
    assert page.status_code == status
    assert b"Secret words" not in page.content
    assert client.post(PAGE, {"seen": "0", "words": "Mine"}).status_code == status
    assert standing(cast) == {"local-need": "Secret words"}


@pytest.mark.parametrize("at", ["return/schools", "return/nothing", "nothing/local-need", "year-end/local-need"])
def test_a_question_that_takes_no_words_has_no_page(cast, open_as, at):
    assert open_as(cast.joanne, f"/hub/liverpool/words/{at}/?year=2026-27").status_code == 404


def test_the_words_of_a_year_are_of_that_year(cast):
    AcademicYear.objects.get_or_create(year=2025)
    before = "/hub/liverpool/words/return/local-need/?year=2025-26"
    assert send(cast.joanne, "Of last year", address=before).status_code == 302
    assert standing(cast) == {}
    with scoped(cast.liverpool_scope):
        assert HubWords.objects.get().academic_year_id == 2025
    assert client_of(cast.joanne).get("/hub/liverpool/words/return/local-need/?year=2030-31").status_code == 404


def test_beside_words_on_a_target_stands_the_target(agreed, open_as):
    address = "/hub/liverpool/words/year-end/reached-music/?year=2026-27"
    assert "Target: Share of leavers that plays on 50 %" in text(open_as(agreed.joanne, address))
    for other in ("reached-wellbeing", "achievement-1"):
        other_address = f"/hub/liverpool/words/year-end/{other}/?year=2026-27"
        assert "Target:" not in text(open_as(agreed.joanne, other_address))


def test_a_target_that_was_taken_off_stands_beside_no_words(agreed, open_as):
    set_targets(
        programme=agreed.liverpool,
        year=AcademicYear(year=2026),
        aims={},
        seen=version_of({"music": AIM}),
        today=timezone.localdate(),
        by=agreed.joanne,
    )
    address = "/hub/liverpool/words/year-end/comment-music/?year=2026-27"
    assert "Target:" not in text(open_as(agreed.joanne, address))


def test_the_page_asks_for_one_target_and_not_for_the_whole_form(agreed, open_as):
    counts = {}
    for at in ("return/local-need", "year-end/achievement-1", "year-end/reached-music", "year-end/reached-wellbeing"):
        address = f"/hub/liverpool/words/{at}/?year=2026-27"
        open_as(agreed.joanne, address)
        with CaptureQueriesContext(connection) as caught:
            assert open_as(agreed.joanne, address).status_code == 200
        counts[at] = len(caught)
        assert [one for one in caught.captured_queries if "programmes_funding" in one["sql"]] == []
    # a target is one statement more
    assert list(counts.values()) == [38, 38, 39, 39]


def test_too_many_characters_are_told_as_too_many_words_are(cast):
    answer = send(cast.joanne, "drum\u2060" * 600)
    assert answer.status_code == 422
    assert "This is too long for 200 words: it has 3,000 characters. Write at most 2,400." in text(answer)
    assert '<p class="hint over" data-words-told' in answer.content.decode()
    assert standing(cast) == {}


def test_a_closed_hub_says_so_and_keeps_nothing(cast):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    answer = send(cast.joanne, "After")
    assert answer.status_code == 403
    assert "everything can be read, and nothing can be changed" in text(answer)
    assert standing(cast) == {}


def test_a_refusal_for_another_reason_does_not_hide_that_somebody_wrote(cast):
    client = SignedInClient()
    client.force_login(cast.joanne)
    before = seen_on(client.get(PAGE))
    assert send(cast.joanne, "Theirs", seen=before).status_code == 302
    refused = send(cast.joanne, "word " * 2_000, seen=before)
    assert (refused.status_code, seen_on(refused)) == (422, before)
    assert send(cast.joanne, "Mine", seen=seen_on(refused)).status_code == 422


def test_the_same_words_sent_twice_are_kept_once_and_no_others_are_blamed(cast):
    client = SignedInClient()
    client.force_login(cast.joanne)
    before = seen_on(client.get(PAGE))
    assert [send(cast.joanne, "Mine", seen=before).status_code for _ in range(2)] == [302, 302]


OF_REPORTS = "/hub/liverpool/words/report-words/foreword/?year=2026-27"
REFUSED = "No report with these words is issued."


def test_words_that_name_a_child_are_kept_and_warned_of_as_soon_as_they_are(cast):
    child = cast.children[0].name
    answer = send(cast.joanne, f"{child} of Saltwharf Primary sang. Her number is A801200001001.", address=OF_REPORTS)
    client = client_of(cast.joanne)
    for address in (answer["Location"], OF_REPORTS):
        said = text(client.get(address))
        assert REFUSED in said
        assert f"“{child.lower()}” is the name of a child. Write it without." in said
        assert "It holds a UPN. Take it out." in said
        assert "saltwharf" not in said
    answer = send(cast.joanne, "A child of Saltwharf Primary sang with Joanne Carter.", address=OF_REPORTS)
    for address in (answer["Location"], OF_REPORTS):
        assert REFUSED not in text(client.get(address))


def test_what_is_written_for_another_list_stands_in_no_report_and_is_not_warned_of(cast):
    send(cast.joanne, f"{cast.children[0].name} sang.")
    assert REFUSED not in text(client_of(cast.joanne).get(PAGE))
