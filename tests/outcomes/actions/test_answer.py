"""What an answer leaves behind: one a person and item, whatever came twice, late or out of turn."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inharmony.access.scope import Scope, scoped
from inharmony.audit.period import midnight
from outcomes.actions import answer as acts
from outcomes.measures.shipped.music import MUSIC
from outcomes.models import Response, Wave
from outcomes.queries.answering import slip_of
from participants.models import Consent
from programmes.actions import closing
from tests.outcomes.slips import answers, asked, asked_adults, consenting, response
from tests.trail import entries

KEYS = [item.key for item in MUSIC.items]


@pytest.fixture
def school_class(cast):
    return asked(cast)


def say(slip, item, value):
    """As a request does: within the scope of the slip, looked up by its mark."""
    with scoped(Scope(link=slip.mark)):
        return acts.answer(slip=slip_of(slip.mark), item=item, value=value)


def refused(error, slip, item="like", value=4):
    with pytest.raises(error) as caught:
        say(slip, item, value)
    return str(caught.value)


def close(cast, wave):
    with scoped(cast.liverpool_scope):
        Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now(), closed_by=cast.joanne)


def test_an_answer_is_kept_with_when_it_began(cast, school_class, time_machine):
    moment = timezone.now()
    time_machine.move_to(moment, tick=False)
    assert say(school_class.slips[0], "like", 4) == {"like": 4}
    kept = response(cast, school_class.slips[0])
    assert (kept.answers, kept.begun_at, kept.ended_at, kept.keyed_by) == ({"like": 4}, moment, None, None)


def test_skipped_is_kept_as_skipped_and_not_reached_is_not_there(cast, school_class):
    say(school_class.slips[0], "like", None)
    assert answers(cast, school_class.slips[0]) == {"like": None}


def test_the_same_sent_again_counts_once(cast, school_class):
    for _ in range(3):
        assert say(school_class.slips[0], "like", 4) == {"like": 4}
    with scoped(cast.both):
        assert Response.objects.count() == 1


def test_of_two_answers_to_one_item_the_later_stands_and_the_rest_stays(cast, school_class):
    slip = school_class.slips[0]
    for item, value in (("like", 4), ("bored", 1), ("like", 2), ("bored", None)):
        say(slip, item, value)
    assert answers(cast, slip) == {"like": 2, "bored": None}


def test_it_ended_when_the_last_question_was_left_behind_whatever_is_changed_later(cast, school_class, time_machine):
    slip, moment = school_class.slips[0], timezone.now()
    for minute, key in enumerate(KEYS):
        time_machine.move_to(moment + timedelta(minutes=minute), tick=False)
        assert response(cast, slip) is None or response(cast, slip).ended_at is None
        say(slip, key, None if minute % 2 else 3)
    ended = moment + timedelta(minutes=len(KEYS) - 1)
    assert response(cast, slip).ended_at == ended
    time_machine.move_to(moment + timedelta(hours=1), tick=False)
    say(slip, "like", 1)
    kept = response(cast, slip)
    assert (kept.begun_at, kept.ended_at, kept.answers["like"]) == (moment, ended, 1)


def test_a_measure_of_one_answer_left_ends_with_it_at_once(cast, school_class, monkeypatch):
    from dataclasses import replace

    from outcomes.measures.shipped import BY_KEY

    monkeypatch.setitem(BY_KEY, ("music", "1"), replace(MUSIC, items=MUSIC.items[:1]))
    say(school_class.slips[0], "like", 4)
    kept = response(cast, school_class.slips[0])
    assert kept.ended_at == kept.begun_at


@pytest.mark.parametrize(
    ("item", "value", "words"),
    [
        ("dislike", 4, "That is not asked here."),
        ("like", 0, "Pick one of the answers, or press Skip."),
        ("like", 5, "Pick one of the answers, or press Skip."),
    ],
)
def test_what_is_not_asked_and_not_to_be_chosen_is_refused(cast, school_class, item, value, words):
    assert refused(acts.UnknownAnswerError, school_class.slips[0], item, value) == words
    assert response(cast, school_class.slips[0]) is None


def test_nothing_is_taken_before_the_first_day_and_after_the_last(cast, school_class, time_machine):
    slip, wave = school_class.slips[0], school_class.wave
    second = timedelta(seconds=1)
    for moment, words in (
        (midnight(wave.opens_on) - second, "This is not open yet."),
        (midnight(wave.closes_on + timedelta(days=1)), "This is over. What you said before is kept."),
    ):
        time_machine.move_to(moment, tick=False)
        assert refused(acts.WaveShutError, slip) == words
    assert response(cast, slip) is None
    for moment in (midnight(wave.opens_on), midnight(wave.closes_on + timedelta(days=1)) - second):
        time_machine.move_to(moment, tick=False)
        acts.require_open(slip, timezone.localdate())


def test_nothing_is_taken_once_the_wave_is_closed_and_what_was_said_stands(cast, school_class):
    slip = school_class.slips[0]
    say(slip, "like", 4)
    close(cast, school_class.wave)
    assert refused(acts.WaveShutError, slip, "like", 1) == "This is over. What you said before is kept."
    assert answers(cast, slip) == {"like": 4}


def test_a_wave_closed_while_an_answer_is_on_its_way_refuses_it_in_words(cast, school_class):
    with scoped(Scope(link=school_class.slips[0].mark)):
        slip = slip_of(school_class.slips[0].mark)  # looked at while it was open
    close(cast, school_class.wave)
    with pytest.raises(acts.WaveShutError, match="This is over"), scoped(Scope(link=slip.mark)):
        acts.answer(slip=slip, item="like", value=4)
    assert response(cast, slip) is None


def test_another_refusal_of_the_database_is_not_taken_for_a_wave_that_is_over(cast, school_class):
    """The scope of another slip: a mistake of ours, and no reason to tell a child that it is late."""
    from django.db import ProgrammingError

    one, other = school_class.slips[:2]
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(Scope(link=other.mark)):
        acts._keep(one, MUSIC, {"like": 4})
    with scoped(Scope(link=one.mark)):
        slip = slip_of(one.mark)
    assert not acts._is_shut(slip, acts.BEHIND_THE_WALL)


@pytest.mark.parametrize("answer", [Consent.Answer.REFUSED, Consent.Answer.WITHDRAWN])
@pytest.mark.parametrize("informant", ["child", "family"])
def test_without_standing_consent_nothing_is_taken(cast, answer, informant):
    made = asked(cast) if informant == "child" else asked_adults(cast, "family", "family")
    item = "like" if informant == "child" else "keep_on"
    say(made.slips[0], item, 4)
    with scoped(cast.liverpool_scope):
        consenting(cast.children[:1], cast.joanne, answer)
    assert "give it back" in refused(acts.NoConsentError, made.slips[0], item, 1)
    assert answers(cast, made.slips[0]) == {item: 4}
    say(made.slips[1], item, 3)


def test_a_child_nobody_was_asked_about_is_not_asked(cast, school_class):
    from outcomes.models import Slip

    with scoped(cast.liverpool_scope):
        Slip.objects.filter(pk=school_class.slips[0].pk).update(child=cast.others[0])
    refused(acts.NoConsentError, school_class.slips[0])


def test_consent_to_something_else_is_no_consent_to_surveys(cast, school_class):
    from outcomes.models import Slip
    from tests.factories import participants

    with scoped(cast.liverpool_scope):
        for purpose in set(Consent.Purpose) - {Consent.Purpose.SURVEY}:
            participants.answer(cast.others[0], purpose, Consent.Answer.GIVEN, by=cast.joanne)
        Slip.objects.filter(pk=school_class.slips[0].pk).update(child=cast.others[0])
    refused(acts.NoConsentError, school_class.slips[0])


def test_a_child_at_risk_may_answer(cast, school_class):
    from participants.actions import at_risk

    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.joanne)
    assert say(school_class.slips[0], "like", 4) == {"like": 4}


def test_who_is_nobodys_child_needs_no_consent_of_a_family(cast):
    made = asked_adults(cast, "staff", "school staff")
    assert say(made.slips[0], "enjoy", 5) == {"enjoy": 5}


def test_nothing_is_taken_in_a_closed_hub(cast, school_class):
    with scoped(cast.liverpool_scope):
        closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    refused(acts.WaveShutError, school_class.slips[0])


def test_an_answer_leaves_no_entry_in_the_trail(cast, school_class):
    before = len(entries())
    say(school_class.slips[0], "like", 4)
    assert len(entries()) == before


SAYING = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(KEYS), st.none() | st.integers(1, 4)), max_size=25)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAYING)
def test_whatever_comes_in_whatever_order_the_last_of_each_item_stands(cast, school_class, said):
    with scoped(cast.both):
        Response.objects.all().delete()
    told: dict[int, dict] = {}
    for who, item, value in said:
        told.setdefault(who, {})[item] = value
        assert say(school_class.slips[who], item, value) == told[who]
    assert {who: answers(cast, slip) for who, slip in enumerate(school_class.slips) if answers(cast, slip)} == told


def at_once(acts_):
    """Does all of them at once, each on a connection of its own; returns what went wrong."""
    gate, wrong = threading.Barrier(len(acts_)), []

    def do(act):
        try:
            gate.wait(30)
            act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts_]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_two_tabs_at_once_lose_nothing_of_each_other(committed_cast):
    slip = asked(committed_cast).slips[0]
    for _ in range(3):
        wrong = at_once([lambda key=key: say(slip, key, 3) for key in KEYS])
        assert wrong == []
    assert answers(committed_cast, slip) == dict.fromkeys(KEYS, 3)
    assert response(committed_cast, slip).ended_at is not None


def test_whoever_closes_waits_for_answers_on_their_way_and_none_comes_after(committed_cast):
    made = asked(committed_cast)
    for slip in made.slips:
        say(slip, "like", 1)
    taken = []

    def tell(slip, value):
        try:
            taken.append((slip.pk, say(slip, "like", value)["like"]))
        except acts.WaveShutError:
            taken.append((slip.pk, None))

    sayings = [lambda slip=slip: tell(slip, 4) for slip in made.slips]
    wrong = at_once([*sayings, lambda: close(committed_cast, made.wave)])
    assert wrong == []
    for slip in made.slips:
        said = dict(taken)[slip.pk]
        assert answers(committed_cast, slip)["like"] == (4 if said == 4 else 1)
