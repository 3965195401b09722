"""The page anybody writes from: no script, no account, one cookie, never an error of the server's."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from inharmony.access.scope import Scope, scoped
from programmes.models import Message, Programme
from programmes.models.programme import ProgrammeStatus

CONTACT = "/contact/"
# what examples were sent under
SENT: set[str] = set()
WORDS = "The concert was moved and nobody told us."
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \"'><img src=x onerror=alert(1)> =1+1 \u202egnp.exe"


@pytest.fixture(autouse=True)
def nobody_wrote_before(db):
    cache.clear()


def everything():
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)), portal=True)):
        return list(Message.objects.order_by("pk"))


def said(**changes):
    usual = {"kind": "complaint", "hub": "leeds", "text": WORDS, "name": "", "email": "", "leave_empty": ""}
    return usual | {"send": str(uuid.uuid4())} | changes


def test_it_names_each_hub_and_whom_to_call_about_a_child(cast, client):
    Programme.objects.filter(pk=cast.leeds.pk).update(
        contact_email="hub@leeds.example", website="https://leeds.example/"
    )
    page = client.get(CONTACT).content.decode()
    assert 'href="mailto:hub@leeds.example"' in page
    assert 'href="https://leeds.example/"' in page
    assert "?kind=question&amp;hub=liverpool" in page
    assert all(f'href="tel:{number}"' in page for number in ("999", "08088005000", "08001111", "03031231113"))


def test_a_hub_that_has_left_or_is_closed_is_not_offered(cast, client):
    ProgrammeStatus.objects.filter(programme=cast.leeds).update(status=ProgrammeStatus.Status.LEFT)
    page = client.get(CONTACT).content.decode()
    assert 'value="liverpool"' in page
    assert 'value="leeds"' not in page
    assert client.post(CONTACT, said()).status_code == 422
    assert everything() == []


def test_it_sets_the_cookie_against_forged_forms_and_no_other(cast, settings):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(CONTACT)
    assert set(page.cookies) == {settings.CSRF_COOKIE_NAME}
    assert browser.post(CONTACT, said()).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    answer = browser.post(CONTACT, said(csrfmiddlewaretoken=token))
    assert answer.status_code == 302
    assert set(browser.cookies) == {settings.CSRF_COOKIE_NAME}


def test_what_is_sent_is_kept_and_the_receipt_shows_its_number_and_no_word_of_it(cast, client):
    answer = client.post(CONTACT, said(name="  Wanda\r\n Wren ", email="wanda@home.example"), follow=True)
    (message,) = everything()
    assert (message.programme, message.kind, message.text) == (cast.leeds, "complaint", WORDS)
    assert (message.name, message.email) == ("Wanda Wren", "wanda@home.example")
    page = answer.content.decode()
    assert answer.redirect_chain == [(reverse("public:contact-received", args=[message.number]), 302)]
    assert message.number in page
    assert all(words not in page for words in (WORDS, "Wanda", "wanda@"))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_pressed_twice_it_is_one_message(cast, client):
    sent = said()
    assert client.post(CONTACT, sent)["Location"] == client.post(CONTACT, sent)["Location"]
    assert len(everything()) == 1


def test_a_number_that_never_was_shows_nothing(cast, client):
    assert client.get("/contact/received/AAAAA-AAAAA/").status_code == 404
    assert client.get("/contact/received/%00/").status_code == 404


def test_what_is_missing_is_named_and_nothing_typed_is_lost(cast, client):
    answer = client.post(CONTACT, said(kind="", text=WORDS, email="wanda@"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose what it is." in page
    assert WORDS in page
    assert "wanda@" in page
    assert everything() == []


def test_two_thousand_characters_are_taken_and_one_more_is_not(cast, client):
    assert client.post(CONTACT, said(text="a\r\n" * 999 + "aa")).status_code == 302
    answer = client.post(CONTACT, said(text="a" * 2001))
    assert answer.status_code == 422
    assert "2,001 characters" in answer.content.decode()


def test_a_program_that_fills_in_everything_is_refused_and_told(cast, client):
    answer = client.post(CONTACT, said(leave_empty="https://spam.example"))
    assert answer.status_code == 422
    assert "there to stop programs" in answer.content.decode()
    assert everything() == []


def test_one_address_sends_so_many_an_hour_and_loses_no_words(cast, client, settings):
    settings.CONTACT_RATE_LIMITS = {"send": "2/h/ip", "mail": "5/h/key"}
    assert [client.post(CONTACT, said()).status_code for _ in range(3)] == [302, 302, 429]
    page = client.post(CONTACT, said()).content.decode()
    assert WORDS in page
    assert "Send it again in an hour" in page
    assert client.post(CONTACT, said(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_one_mailbox_is_written_to_so_often_whoever_gives_it(cast, client, settings):
    settings.CONTACT_RATE_LIMITS = {"send": "50/h/ip", "mail": "2/h/key"}
    send = [
        client.post(CONTACT, said(email=f"{name}@home.example"), REMOTE_ADDR=f"192.0.2.{n}")
        for n, name in enumerate(("wanda", "WANDA", "wanda", "other"))
    ]
    assert [answer.status_code for answer in send] == [302, 302, 429, 302]


def test_a_link_chooses_what_it_is(cast, client):
    page = client.get(CONTACT + "?kind=data&hub=leeds").content.decode()
    assert re.search(r'value="data"[^>]* checked', page)
    assert '<option value="leeds" selected>' in page
    assert client.get(CONTACT + "?kind=%00&hub=<script>").status_code == 200


@pytest.mark.parametrize("who", ["priya", "sam", "nia", "olu", "stranger"])
def test_who_is_signed_in_may_write_as_well(cast, client, who):
    client.force_login(getattr(cast, who))
    assert client.post(CONTACT, said(), follow=True).status_code == 200
    assert len(everything()) == 1


def test_hostile_words_are_kept_as_they_are_and_shown_as_text(cast, client):
    client.post(CONTACT, said(text=HOSTILE, name=HOSTILE[:60]))
    (message,) = everything()
    assert message.text == HOSTILE.replace("\u202e", "")
    client.force_login(cast.omar)
    page = client.get(reverse("programmes:message", args=[message.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "49" not in page.partition("What they wrote")[2].partition("What was done")[0]


@limits(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    sent=st.fixed_dictionaries(
        {},
        optional={
            "kind": st.one_of(st.text(max_size=20), st.sampled_from(Message.Kind.values)),
            "hub": st.one_of(st.text(max_size=20), st.sampled_from(["leeds", "in-harmony", ""])),
            "text": st.text(max_size=2200),
            "name": st.text(max_size=100),
            "email": st.one_of(st.text(max_size=50), st.emails()),
            "leave_empty": st.sampled_from(["", "x"]),
            "send": st.one_of(st.text(max_size=40), st.uuids().map(str)),
        },
    )
)
def test_whatever_is_sent_is_kept_or_refused_in_words(cast, client, settings, sent):
    settings.CONTACT_RATE_LIMITS = {"send": "100000/h/ip", "mail": "100000/h/key"}
    # sent again it is the same message, and kept once
    assume(sent.get("send", "") not in SENT)
    SENT.update(filter(None, [sent.get("send")]))
    before = len(everything())
    answer = client.post(CONTACT, {key: value.encode("utf-8", "replace").decode() for key, value in sent.items()})
    assert answer.status_code in (302, 422)
    assert len(everything()) - before == (answer.status_code == 302)


def test_the_page_asks_the_database_little(cast, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get(CONTACT)
