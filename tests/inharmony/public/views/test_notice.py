"""The notices: open to everybody, without a cookie, and true of what the portal does."""

import re
from html import unescape

import pytest

from inharmony.public.notices import NOTICES
from inharmony.public.views.notice import COOKIES, KEPT
from participants.models import Consent
from participants.wordings import WORDINGS

PAGES = {
    "privacy": "/privacy/",
    "privacy-children": "/privacy/children/",
    "privacy-families": "/privacy/families/",
    "cookies": "/cookies/",
    "accessibility": "/accessibility/",
}


def words_of(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


@pytest.mark.parametrize(("name", "path"), PAGES.items())
def test_a_notice_has_a_version_a_day_and_what_changed(client, db, name, path):
    page = words_of(client.get(path).content.decode())
    edition = NOTICES[name][0]
    day = f"{edition.since.day} {edition.since:%B %Y}"
    assert f"Version {edition.number}, since {day}. {edition.changes}" in page
    assert [one.number for one in NOTICES[name]] == list(range(len(NOTICES[name]), 0, -1))


@pytest.mark.parametrize("path", PAGES.values())
def test_it_is_kept_and_sets_no_cookie_and_asks_no_database(client, db, path, django_assert_num_queries):
    client.get(path)
    with django_assert_num_queries(0):
        answer = client.get(path)
    assert not answer.cookies
    assert answer["ETag"]
    assert client.post(path).status_code == 405


def syllables(word):
    """Counts runs of vowels, less a silent e at the end: near enough, and the same each time."""
    sounded = re.sub(r"(?<![aeiouyl])e$|(?<=[aeiouy]{2})e$|(?<=[^td])ed$|(?<=[^aeiouy])es$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", sounded)))


def grade(sentences):
    """Returns the Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    words = [re.findall(r"[a-z’']+", sentence.casefold()) for sentence in sentences]
    spoken = [word.replace("’", "").replace("'", "") for of in words for word in of]
    return 0.39 * len(spoken) / len(sentences) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def sentences_of(html):
    part = html.partition("data-for-children")[2].partition("</div>")[0]
    blocks = [words_of(each) for each in re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", part, re.DOTALL)]
    return [one for block in blocks for one in re.split(r"(?<=[.?!])\s+", block) if re.search("[a-z]", one)]


def test_a_child_of_nine_can_read_the_page_for_children(client, db):
    """A reading age is the grade and five years, as schools count them."""
    found = sentences_of(client.get(PAGES["privacy-children"]).content.decode())
    assert len(found) > 30
    assert grade(found) + 5 <= 9
    assert max(len(one.split()) for one in found) <= 16


def test_the_measure_knows_easy_words_from_hard_ones():
    hard = ["Personal information is processed on the basis of legitimate interests or public task."]
    assert grade(["The cat sat on the mat."]) < 1
    assert grade(hard) > 12


def test_families_read_the_questions_they_are_asked(client, db):
    page = words_of(client.get(PAGES["privacy-families"]).content.decode())
    for purpose in Consent.Purpose:
        assert WORDINGS[purpose][-1].words in page


def test_what_is_not_done_yet_is_not_claimed(client, db):
    page = words_of(client.get(PAGES["privacy"]).content.decode())
    done, _, planned = page.partition("For the rest there is a schedule.")
    assert "does not carry it out by itself yet" in planned
    assert "One year after the school year" not in done


def test_what_ends_by_itself_is_what_the_clock_does():
    from datetime import timedelta

    from inharmony.schedule import CELERY_BEAT_SCHEDULE
    from participants.actions import list_check
    from programmes.actions import message

    nightly = {"destroy-lists", "destroy-past-registers", "forget-list-checks", "forget-merges", "destroy-messages"}
    assert nightly | {"disable-unused-accounts"} <= set(CELERY_BEAT_SCHEDULE)
    assert timedelta(days=730) == message.KEPT
    assert (timedelta(days=30), timedelta(days=90)) == (list_check.KEPT_DECIDED, list_check.KEPT_OPEN)


def test_the_page_names_every_cookie_and_every_key_of_the_browsers_store(client, db, settings):
    page = words_of(client.get(PAGES["cookies"]).content.decode())
    for one in (*COOKIES, *KEPT):
        assert one.name in page
    assert {one.name for one in COOKIES} == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}


def test_the_scripts_keep_what_the_page_names_and_nothing_else(settings):
    scripts = "".join(path.read_text() for path in (settings.BASE_DIR / "static" / "js").glob("*.js"))
    assert "sessionStorage" not in scripts
    assert "indexedDB" not in scripts
    assert "document.cookie" not in scripts
    named = {*re.findall(r'localStorage\.\w+Item\("(\w+)"', scripts), *re.findall(r"[`(\"](unsent|draft):", scripts)}
    assert named == {one.name.rstrip(":…") for one in KEPT}


def test_signing_in_and_reading_set_no_cookie_that_the_page_does_not_name(cast, client):
    from inharmony.accounts.models import User

    User.objects.get(pk=cast.priya.pk)
    named, met = {one.name for one in COOKIES}, set()
    for path in ("/", "/sign-in/", "/contact/", *PAGES.values()):
        met |= set(client.get(path).cookies)
    sent = {"login": cast.priya.email, "password": "three words apart"}
    met |= set(client.post("/sign-in/", sent).cookies)
    met |= set(client.get("/account/second-factor/", follow=True).cookies)
    met |= set(client.post("/account/sign-out/", follow=True).cookies) | set(client.cookies)
    assert met
    assert met <= named
