"""What the holder of a slip is shown and asked, page by page; and that no page says who they are."""

import re
import threading
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.audit.period import midnight
from outcomes.measures.shipped.music import MUSIC
from outcomes.models import Response, Slip, Wave
from participants.models import Consent
from tests.clients import SignedInClient
from tests.locks import until_somebody_waits
from tests.outcomes.slips import address, answers, asked, asked_adults, consenting, response
from tests.reading_age import reading_age, syllables
from tests.trail import entries

AGE = 8
LAST = len(MUSIC.items)


@pytest.fixture
def school_class(cast):
    return asked(cast)


@pytest.fixture
def slip(school_class):
    return school_class.slips[0]


def text(answer):
    return answer.content.decode()


def say(slip, place, value=None, client=None, **fields):
    told = {"answer": value, "do": "next"} if value is not None else {"do": "skip"}
    return (client or Client()).post(address(slip, place), told | fields)


def say_all(slip, value=3, client=None):
    for place in range(1, LAST + 1):
        say(slip, place, value, client)


def close(cast, wave, **more):
    with scoped(cast.liverpool_scope):
        Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now(), closed_by=cast.joanne, **more)


# the way through


def test_a_slip_opens_with_what_it_is_and_begins_nothing(cast, slip):
    for ask in (Client().get, Client().head, Client().get):
        answer = ask(address(slip))
        assert answer.status_code == 200
    assert "Here are 10 short questions." in text(answer)
    assert MUSIC.instructions in text(answer)
    assert f'href="{address(slip, 1)}"' in text(answer)
    assert response(cast, slip) is None


def test_one_question_a_page_with_its_answers_in_words_and_pictures_and_none_chosen(slip):
    page = text(Client().get(address(slip, 3)))
    assert f"<h1>{MUSIC.items[2].words}</h1>".replace("’", "’") in page
    assert "Question 3 of 10" in page
    for answer in MUSIC.scale.answers:
        assert answer.words in page
        assert f"#{answer.picture}" in page
    assert "checked" not in page
    assert "<script" not in page


def test_an_answer_leads_to_the_next_question_and_the_last_to_thanks(cast, slip):
    assert say(slip, 1, 4)["Location"] == address(slip, 2)
    for place in range(2, LAST):
        assert say(slip, place, 3)["Location"] == address(slip, place + 1)
    last = say(slip, LAST, 2)
    assert (last.status_code, last["Location"]) == (302, reverse("outcomes:answer-done", args=[slip.mark]))
    assert "Thank you" in text(Client().get(last["Location"]))
    assert answers(cast, slip) == {item.key: 3 for item in MUSIC.items} | {"like": 4, "new_tune": 2}


def test_a_question_may_be_skipped(cast, slip):
    assert say(slip, 1)["Location"] == address(slip, 2)
    assert answers(cast, slip) == {"like": None}


def test_next_without_a_choice_says_what_can_be_done_and_keeps_nothing(cast, slip):
    answer = Client().post(address(slip, 1), {"do": "next"})
    assert answer.status_code == 422
    assert "Pick one of the answers, or press Skip." in text(answer)
    assert "<title>Error: " in text(answer)
    assert response(cast, slip) is None


@pytest.mark.parametrize("value", ["5", "0", "-1", "four", "1e0", "²", "99999999999999999999"])
def test_an_answer_that_is_not_to_be_chosen_is_refused(cast, slip, value):
    assert Client().post(address(slip, 1), {"answer": value, "do": "next"}).status_code == 422
    assert response(cast, slip) is None


@pytest.mark.parametrize("place", [0, 11, 999])
def test_there_is_no_question_beyond_the_last(cast, slip, place):
    assert Client().get(address(slip, place)).status_code == 404
    assert say(slip, place, 3).status_code == 404
    assert response(cast, slip) is None


def test_the_same_sent_twice_counts_once(cast, slip):
    assert [say(slip, 1, 4)["Location"] for _ in range(3)] == [address(slip, 2)] * 3
    with scoped(cast.both):
        assert Response.objects.count() == 1


def test_a_link_that_is_opened_again_goes_on_at_the_first_question_that_was_not_reached(slip):
    say(slip, 1, 4)
    say(slip, 2)
    assert Client().get(address(slip))["Location"] == address(slip, 3)
    say(slip, 4, 1)
    assert Client().get(address(slip))["Location"] == address(slip, 3)


def test_who_left_one_out_is_led_to_it_after_the_last(slip):
    for place in (*range(1, 5), *range(6, LAST)):
        say(slip, place, 3)
    assert say(slip, LAST, 3)["Location"] == address(slip, 5)
    assert Client().get(reverse("outcomes:answer-done", args=[slip.mark]))["Location"] == address(slip)


def test_who_is_done_comes_back_to_thanks_changes_one_and_is_done_again(cast, slip):
    say_all(slip)
    thanks = reverse("outcomes:answer-done", args=[slip.mark])
    assert Client().get(address(slip))["Location"] == thanks
    assert text(Client().get(thanks)).count(f'href="{address(slip, 4)}"') == 1
    assert say(slip, 4, 1)["Location"] == thanks
    assert answers(cast, slip)["team"] == 1


def test_no_page_sends_back_what_was_answered(slip):
    """The hub knows whose slip is whose: what was said may not be read by it while the wave is open."""

    def shown():
        paths = [reverse("outcomes:answer-done", args=[slip.mark]), *(address(slip, at) for at in range(1, LAST + 1))]
        pages = (text(Client().get(path)) for path in paths)
        return [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]

    say_all(slip, 1)
    ones = shown()
    say_all(slip, 4)
    assert shown() == ones
    assert all("You answered this. Pick again to change it." in page and "checked" not in page for page in ones[1:])
    say(slip, 3)
    assert "You answered this" not in text(Client().get(address(slip, 3)))


def test_next_without_a_choice_leaves_what_was_answered_and_goes_on(cast, slip):
    say(slip, 1, 4)
    answer = Client().post(address(slip, 1), {"do": "next"})
    assert (answer.status_code, answer["Location"]) == (302, address(slip, 2))
    # what is no answer is no way on, here either
    assert Client().post(address(slip, 1), {"answer": "four", "do": "next"}).status_code == 422
    assert answers(cast, slip) == {"like": 4}


def test_an_answer_can_be_rubbed_out_and_the_button_says_so(cast, slip):
    assert "Rub it out" not in text(Client().get(address(slip, 1)))
    say(slip, 1, 4)
    assert "Rub it out" in text(Client().get(address(slip, 1)))
    say(slip, 1)
    assert answers(cast, slip) == {"like": None}
    assert "Rub it out" not in text(Client().get(address(slip, 1)))


def test_back_leads_to_the_question_before_and_from_the_first_to_where_one_came_from(slip):
    def back(place):
        return re.search(r'button-text" href="([^"]+)"', text(Client().get(address(slip, place))))[1]

    assert (back(2), back(1)) == (address(slip, 1), address(slip))
    say_all(slip)
    assert back(1) == reverse("outcomes:answer-done", args=[slip.mark])


def test_thanks_name_each_question_that_was_skipped(slip):
    say_all(slip)
    say(slip, 7)
    page = text(Client().get(reverse("outcomes:answer-done", args=[slip.mark])))
    assert page.count("skipped") == 1
    assert re.search(rf'{address(slip, 7)}"><span class="vh">Question </span>7<small>skipped</small>', page)


def test_a_get_of_any_page_writes_nothing(cast, slip):
    say(slip, 1, 4)
    before, trail = response(cast, slip), len(entries())
    for place in (None, *range(1, LAST + 1)):
        Client().get(address(slip, place))
        Client().get(address(slip, place), {"answer": "1", "do": "next"})
    Client().get(reverse("outcomes:answer-done", args=[slip.mark]))
    assert vars(response(cast, slip)) | {"_state": 0} == vars(before) | {"_state": 0}
    assert len(entries()) == trail


def test_a_slip_is_no_place_to_post_to(cast, slip):
    assert Client().post(address(slip), {"answer": "1"}).status_code == 405
    assert Client().post(reverse("outcomes:answer-done", args=[slip.mark])).status_code == 405


def test_a_mark_is_read_however_it_is_written(slip):
    written = f"{slip.mark[:3]}-{slip.mark[3:7]} {slip.mark[7:]}".lower()
    assert Client().get(reverse("outcomes:answer", args=[written])).status_code == 200
    assert Client().get(reverse("outcomes:answer-question", args=[written, 2])).status_code == 200


def test_an_answer_is_sent_from_the_page_itself_and_from_nowhere_else(cast, slip):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(slip, 1), {"answer": "3", "do": "next"}).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text(strict.get(address(slip, 1))))[1]
    sent = {"answer": "3", "do": "next", "csrfmiddlewaretoken": token}
    assert strict.post(address(slip, 1), sent).status_code == 302
    assert answers(cast, slip) == {"like": 3}


# for adults


@pytest.mark.parametrize(
    ("measure", "informant"), [("family", "family"), ("staff", "school staff"), ("tutor", "tutor")]
)
def test_adults_are_asked_in_their_words_and_without_pictures(cast, measure, informant):
    made = asked_adults(cast, measure, informant)
    slip, client = made.slips[0], Client()
    start = text(client.get(address(slip)))
    page = text(client.get(address(slip, 1)))
    assert ("Who sees it" in start, "Your teacher" in start) == (True, False)
    assert ("Neither agree nor disagree" in page, "pick-picture" in page) == (True, False)
    of = int(re.search(r"Question 1 of (\d+)", page)[1])
    for place in range(1, of + 1):
        client.post(address(slip, place), {"answer": "4", "do": "next"})
    done = text(client.get(address(slip), follow=True))
    assert ("Your answers are kept." in done, "Next child" in done) == (True, False)
    assert len(answers(cast, slip)) == of


def test_a_measure_whose_words_were_loaded_is_asked_in_them(cast, monkeypatch):
    from dataclasses import replace

    from outcomes.measures.shipped import BY_KEY
    from outcomes.measures.shipped.stirling import STIRLING
    from outcomes.measures.structure import Answer, Scale

    items = tuple(replace(item, words=f"Loaded {item.key}") for item in STIRLING.items)
    scale = Scale(tuple(Answer(value, f"Loaded answer {value}") for value in STIRLING.scale.values))
    loaded = replace(STIRLING, items=items, scale=scale, instructions="Loaded instructions")
    monkeypatch.setitem(BY_KEY, ("stirling", "1"), loaded)
    slip = asked(cast, measure="stirling").slips[0]
    assert "Loaded instructions" in text(Client().get(address(slip)))
    page = text(Client().get(address(slip, 15)))
    assert ("Loaded printed_15" in page, "Loaded answer 5" in page, "pick-picture" in page) == (True, True, False)


# who is not asked


def test_without_consent_every_page_asks_kindly_to_give_the_slip_back(cast, slip):
    say(slip, 1, 4)
    with scoped(cast.liverpool_scope):
        consenting(cast.children[:1], cast.joanne, Consent.Answer.WITHDRAWN)
    done = reverse("outcomes:answer-done", args=[slip.mark])
    for answer in (*(Client().get(path) for path in (address(slip), address(slip, 2), done)), say(slip, 2, 1)):
        assert answer.status_code == 403
        assert "Please give this slip back to your teacher" in text(answer)
    assert answers(cast, slip) == {"like": 4}


def test_a_family_without_consent_is_told_what_to_do(cast):
    made = asked_adults(cast, "family", "family")
    with scoped(cast.liverpool_scope):
        consenting(cast.children[:1], cast.joanne, Consent.Answer.REFUSED)
    answer = Client().get(address(made.slips[0]))
    assert (answer.status_code, "tell the school" in text(answer)) == (403, True)


# what no screen may show


@pytest.mark.parametrize(
    ("measure", "informant"), [("sdq_child", "child"), ("sdq_family", "family"), ("sdq_staff", "school staff")]
)
def test_what_may_stand_on_no_screen_is_answered_on_none(cast, measure, informant):
    made = asked(cast, measure=measure) if informant == "child" else asked_adults(cast, measure, informant)
    slip, client = made.slips[0], Client()
    code = reverse("outcomes:answer", args=[made.group.code])
    ways = (
        client.get(address(slip)),
        client.get(address(slip, 1)),
        say(slip, 1, 1, client),
        say(slip, 1, None, client),
        client.get(reverse("outcomes:answer-done", args=[slip.mark])),
        client.get(code),
        client.post(code, {"number": slip.number}),
    )
    for answer in ways:
        assert (answer.status_code, "This one is on paper" in text(answer)) == (403, True)
        # no question, no answer to choose, and nowhere to type
        assert [told for told in ("<form", "<input", "<button", "Question 1") if told in text(answer)] == []
    assert response(cast, slip) is None


def test_before_its_first_day_a_wave_says_when(cast, school_class, slip, time_machine):
    time_machine.move_to(midnight(school_class.wave.opens_on) - timedelta(seconds=1))
    for answer in (
        Client().get(address(slip)),
        say(slip, 1, 4),
        Client().get(reverse("outcomes:answer", args=[school_class.group.code])),
    ):
        assert (answer.status_code, "It is too soon" in text(answer)) == (403, True)
    assert response(cast, slip) is None


@pytest.mark.parametrize("how", ["its last day is over", "it was closed"])
def test_a_wave_that_is_over_says_so_and_takes_nothing(cast, school_class, slip, time_machine, how):
    say(slip, 1, 4)
    if how == "it was closed":
        close(cast, school_class.wave)
    else:
        time_machine.move_to(midnight(school_class.wave.closes_on + timedelta(days=1)))
    for answer in (
        Client().get(address(slip)),
        Client().get(address(slip, 2)),
        say(slip, 1, 1),
        Client().get(reverse("outcomes:answer", args=[school_class.group.code])),
    ):
        assert (answer.status_code, "This is over" in text(answer)) == (410, True)
    assert answers(cast, slip) == {"like": 4}


def test_a_slip_that_was_destroyed_since_says_that_it_is_over(cast, school_class, slip):
    mark = slip.mark
    close(cast, school_class.wave, names_off_at=timezone.now())
    with scoped(cast.liverpool_scope):
        Slip.objects.filter(wave=school_class.wave).delete()
    answer = Client().get(reverse("outcomes:answer", args=[mark]))
    assert (answer.status_code, "This is over" in text(answer)) == (410, True)


def test_a_wave_closed_while_an_answer_is_on_its_way_says_so(committed_cast):
    made = asked(committed_cast)
    slip, sent = made.slips[0], []

    def send():
        try:
            sent.append(say(slip, 1, 4))
        finally:
            connection.close()

    sending = threading.Thread(target=send)
    with scoped(committed_cast.liverpool_scope):
        Wave.objects.filter(pk=made.wave.pk).update(closed_at=timezone.now())
        sending.start()
        until_somebody_waits()  # it has looked, found the wave open, and waits to write
    sending.join()
    assert (sent[0].status_code, "This is over" in text(sent[0])) == (410, True)
    assert response(committed_cast, slip) is None


def test_a_slip_of_the_hub_next_door_is_no_way_into_another(cast, school_class, slip):
    """Who is signed in as its manager is nobody here, and reads nothing but the slip."""
    client = SignedInClient()
    client.force_login(cast.omar)
    assert say(slip, 1, 4, client)["Location"] == address(slip, 2)
    assert "Omar" not in text(client.get(address(slip, 2)))
    assert answers(cast, slip) == {"like": 4}


def test_keeping_an_answer_and_showing_a_question_ask_the_database_little(slip, django_assert_num_queries):
    """A school class at once: scope, slip, whether the hub is open, consent in its own scope, and the answer."""
    say(slip, 1, 4)
    with django_assert_num_queries(12):
        assert say(slip, 2, 4).status_code == 302
    with django_assert_num_queries(12):
        assert Client().get(address(slip, 2)).status_code == 200


# nothing that names anybody


def pages(cast):
    """Every page there is, of a slip in every state and of what is typed, each with its words."""
    made, client = asked(cast), Client()
    slip, other, third = made.slips
    code = reverse("outcomes:answer-code")
    number = reverse("outcomes:answer", args=[made.group.code])
    yield "code", client.get(code)
    yield "no code", client.post(code, {"code": ""})
    yield "wrong code", client.post(code, {"code": "CCCCCCC"})
    yield "no such code", client.post(code, {"code": "0"})
    yield "number", client.get(number)
    yield "no number", client.post(number, {"number": ""})
    yield "wrong number", client.post(number, {"number": "9999"})
    yield "short number", client.post(number, {"number": "99"})
    yield "start", client.get(address(slip))
    for place in range(1, LAST + 1):
        yield f"question {place}", client.get(address(slip, place))
        yield f"question {place}, nothing chosen", client.post(address(slip, place), {"do": "next"})
        say(slip, place, 2, client)
        yield f"question {place}, again", client.get(address(slip, place))
    say(slip, 2, None, client)
    yield "done", client.get(reverse("outcomes:answer-done", args=[slip.mark]))
    yield "lost", client.get(reverse("outcomes:answer", args=["CCCCCCC1000"]))
    yield "on paper", client.get(address(asked(cast, measure="sdq_child").slips[0]))
    with scoped(cast.liverpool_scope):
        consenting(cast.children[1:2], cast.joanne, Consent.Answer.WITHDRAWN)
    yield "back", client.get(address(other))
    soon = timezone.localdate() + timedelta(days=30)
    with scoped(cast.liverpool_scope):
        from tests.outcomes import planting

        later = planting.wave(cast.liverpool, cast.joanne, name="Later", opens_on=soon, closes_on=soon)
        (early,) = planting.slips(planting.group(later, cast.saltwharf, "4 Oakapple"), cast.children[2:])
    yield "too soon", client.get(address(early))
    close(cast, made.wave)
    yield "over", client.get(address(third))


def adults_pages(cast):
    """The pages of a slip for each kind of adult, beginning to end."""
    for measure, informant in (("family", "family"), ("staff", "school staff"), ("tutor", "tutor")):
        made, client = asked_adults(cast, measure, informant), Client()
        slip = made.slips[0]
        yield "number", client.get(reverse("outcomes:answer", args=[made.group.code]))
        yield "start", client.get(address(slip))
        for place in range(1, 30):
            say(slip, place, 2, client)
        yield "question", client.get(address(slip, 1))
        yield "done", client.get(address(slip), follow=True)
        close(cast, made.wave)
        yield "over", client.get(address(slip))
    yield "on paper", client.get(address(asked_adults(cast, "sdq_family", "family").slips[0]))


def test_no_page_names_a_child_a_school_a_class_or_a_hub(cast):
    spoken = {
        *(part for child in cast.children for part in (child.forename, child.surname)),
        *("Saltwharf", "Oakapple", "Liverpool", "Joanne", "Autumn"),
    }
    seen = 0
    for name, answer in (*pages(cast), *adults_pages(cast)):
        # what is drawn by lot holds a short name sooner or later: the token of a form, in it and in its cookie
        said = re.sub(r"[A-Za-z0-9]{32,}", "", text(answer) + str(answer.headers))
        assert (name, [word for word in spoken if word in said]) == (name, [])
        seen += 1
    assert seen > 50


def test_every_page_is_kept_by_nobody_listed_nowhere_and_tells_its_address_to_nobody(cast):
    for name, answer in (*pages(cast), *adults_pages(cast)):
        if name != "done":  # what a redirect was followed to
            wanted = ("private, no-store", "strict-origin", "noindex, nofollow")
            assert (name, answer["Cache-Control"], answer["Referrer-Policy"], answer["X-Robots-Tag"]) == (name, *wanted)
        assert (name, set(answer.cookies)) in ((name, set()), (name, {"csrftoken"}))


def test_a_redirect_is_kept_by_nobody_either(slip):
    for answer in (say(slip, 1, 4), Client().get(address(slip)), Client().post(address(slip))):
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", ["nia", "olu", "joanne", "omar", "stranger"])
def test_in_whatever_role_somebody_is_signed_in_beside_it_the_slip_alone_counts(cast, school_class, slip, who):
    client = SignedInClient()
    client.force_login(getattr(cast, who))
    code, number = reverse("outcomes:answer-code"), reverse("outcomes:answer", args=[school_class.group.code])
    asked_for = [client.get(path).status_code for path in (code, number, address(slip), address(slip, 1))]
    typed = [client.post(code, {"code": "CCCCCCC"}), client.post(code, {"code": school_class.group.code})]
    typed += [client.post(number, {"number": "9999"}), client.post(number, {"number": slip.number})]
    assert asked_for == [200] * 4
    assert [answer.status_code for answer in typed] == [404, 302, 404, 302]
    assert say(slip, 1, 4, client)["Location"] == address(slip, 2)
    assert client.get(reverse("outcomes:answer-done", args=["CCCCCCC1000"])).status_code == 404
    assert answers(cast, slip) == {"like": 4}


def test_whoever_is_signed_in_beside_it_stands_on_no_page(cast, slip):
    client = SignedInClient()
    client.force_login(cast.joanne)
    for path in (reverse("outcomes:answer-code"), address(slip), address(slip, 1)):
        page = text(client.get(path))
        assert [word for word in ("Joanne", "Liverpool", "Sign out") if word in page] == []


# words for a child of eight


class Words(HTMLParser):
    """What a page says, by its blocks: a sentence does not go on from one into the next."""

    BLOCKS = frozenset({"p", "h1", "h2", "label", "li", "a", "button", "div", "title", "legend", "form", "aside"})

    def __init__(self, page):
        super().__init__()
        self.said, self._open = [""], True
        self.feed(page)
        self.said = [" ".join(each.split()) for each in self.said]
        self.said = [each for each in self.said if re.search("[A-Za-z]", each)]

    def handle_starttag(self, tag, attrs):
        self._open = self._open and tag not in {"style", "svg"}
        if tag in self.BLOCKS:
            self.said.append("")

    def handle_endtag(self, tag):
        self._open = self._open or tag in {"style", "svg"}
        if tag in self.BLOCKS:
            self.said.append("")

    def handle_data(self, data):
        if self._open:
            self.said[-1] += data


def is_hard(sentence):
    """Of one or two words the formula says nothing: there, no word may be long."""
    words = re.findall(r"[A-Za-z’']+", sentence)
    return max(map(syllables, words)) > 2 if 0 < len(words) < 3 else reading_age([sentence]) > AGE


# names, which nobody can write shorter: that of the programme, and a day
NAMED = re.compile(r"In Harmony|\b\w+day \d+ \w+\b")


def test_every_word_that_a_child_is_shown_can_be_read_at_eight(cast):
    hard, seen = {}, set()
    for name, answer in pages(cast):
        said = [NAMED.sub("x", each) for each in Words(text(answer)).said]
        assert reading_age(said) <= AGE, (name, reading_age(said))
        for sentence in (one for each in said for one in re.split(r"(?<=[.!?])\s+", each)):
            seen.add(sentence)
            if is_hard(sentence):
                hard[sentence] = (name, round(reading_age([sentence]), 1))
    assert hard == {}
    assert {"You did nothing wrong.", "It is too soon", "I like to make music."} <= seen


def test_the_measure_of_words_finds_what_is_too_hard():
    said = Words("<p>Your participation is voluntary and <b>confidential</b>.</p><svg><title>x</title></svg>").said
    assert said == ["Your participation is voluntary and confidential."]
    assert reading_age(said) > AGE


# a whole school class at once


def test_thirty_at_once_lose_nothing_and_what_was_sent_twice_counts_once(committed_cast):
    from random import Random

    from tests.factories import participants
    from tests.outcomes import planting

    cast, rng = committed_cast, Random(8)
    with scoped(cast.liverpool_scope):
        names = [(f"Child {number}", "Together") for number in range(30)]
        children = participants.children(cast.liverpool, cast.marigold, by=cast.joanne, names=names)
        consenting(children, cast.joanne)
        made = planting.group(planting.wave(cast.liverpool, cast.joanne), cast.marigold, "4 Ash")
        slips = planting.slips(made, children)
    wanted = {slip.pk: {item.key: rng.choice((None, 1, 2, 3, 4)) for item in MUSIC.items} for slip in slips}
    times = {slip.pk: [rng.randint(1, 3) for _ in MUSIC.items] for slip in slips}
    gate, wrong = threading.Barrier(len(slips)), []

    def sit(slip):
        client = Client(REMOTE_ADDR="203.0.113.7")
        try:
            gate.wait(30)
            for place, item in enumerate(MUSIC.items, 1):
                for _ in range(times[slip.pk][place - 1]):
                    answer = say(slip, place, wanted[slip.pk][item.key], client)
                    if answer.status_code != 302:
                        wrong.append((slip.pk, place, answer.status_code))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sit, args=(slip,)) for slip in slips]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with scoped(cast.liverpool_scope):
        kept = {one.slip_id: one.answers for one in Response.objects.filter(wave=made.wave)}
        assert Response.objects.filter(wave=made.wave, ended_at=None).count() == 0
    assert kept == wanted
