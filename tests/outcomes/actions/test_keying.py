"""A paper sheet is keyed in by its number, once, and never over answers that nobody has looked at."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from outcomes.actions import answer as answering
from outcomes.actions import keying
from outcomes.actions import wave as acts
from outcomes.models import Response, Wave
from outcomes.queries.answering import slip_of
from outcomes.validators.wave import HubClosedError, WaveShutError
from programmes.actions import closing
from tests.locks import until_somebody_waits
from tests.outcomes.waves import ITEMS, REFUSED, agree, made, respond, sheet, slips_of
from tests.trail import entries, entry


@pytest.fixture
def hub(cast):
    """Liverpool with a wave: `cast.wave`, and the slips of 4B in the order of names."""
    with scoped(cast.liverpool_scope):
        agree(cast.children, by=cast.ruth)
        cast.wave = made(cast)
        cast.slips = slips_of(cast.wave)
        yield cast


def test_what_is_left_blank_is_skipped_and_who_keyed_it_is_kept(hub):
    assert keying.key_in(slip=hub.slips[0], answers={"like": 4, "bored": 1}, by=hub.ruth)
    kept = Response.objects.get()
    assert (kept.slip, kept.keyed_by) == (hub.slips[0], hub.ruth)
    assert kept.answers == {**dict.fromkeys(ITEMS), "like": 4, "bored": 1}
    said = entry(act="wave.sheet_keyed")
    assert (said.subject_id, said.details) == (hub.wave.pk, {"group": hub.slips[0].group_id, "answers": 2})
    assert said.children == []


def test_the_same_sheet_keyed_twice_is_one(hub):
    assert keying.key_in(slip=hub.slips[0], answers=sheet(), by=hub.ruth)
    assert not keying.key_in(slip=hub.slips[0], answers=sheet(), by=hub.joanne)
    assert Response.objects.get().keyed_by == hub.ruth
    assert len(entries(act="wave.sheet_keyed")) == 1


def test_other_answers_are_replaced_only_by_who_has_seen_them(hub):
    respond(hub.slips[0], by=hub.joanne, like=2, bored=3)
    with pytest.raises(keying.DiffersError) as refused:
        keying.key_in(slip=hub.slips[0], answers={"like": 4, "bored": 3}, by=hub.ruth)
    assert refused.value.differences == [keying.Difference("like", 2, 4)]
    assert Response.objects.get().answers == {"like": 2, "bored": 3}
    # meanwhile something else stands there: what was seen is not what would be replaced
    Response.objects.update(answers={"like": 1})
    with pytest.raises(keying.DiffersError) as again:
        keying.key_in(slip=hub.slips[0], answers={"like": 4}, seen=refused.value.seen, by=hub.ruth)
    assert keying.key_in(slip=hub.slips[0], answers={"like": 4}, seen=again.value.seen, by=hub.ruth)
    assert Response.objects.get().answers["like"] == 4


@pytest.mark.parametrize("keyed", [sheet(2), sheet(3)], ids=["others", "the same"])
def test_of_answers_given_on_a_screen_nothing_is_told_but_that_they_stand(hub, keyed):
    """Neither what they are, nor whether they are what was keyed: numbers could be gone through until they are."""
    respond(hub.slips[0], **sheet(2))
    with pytest.raises(keying.DiffersError) as refused:
        keying.key_in(slip=hub.slips[0], answers=keyed, by=hub.ruth)
    assert refused.value.differences == []
    assert Response.objects.get().answers == sheet(2)
    assert keying.key_in(slip=hub.slips[0], answers=keyed, seen=refused.value.seen, by=hub.ruth)
    kept = Response.objects.get()
    assert (kept.answers, kept.keyed_by) == (keyed, hub.ruth)
    assert not keying.key_in(slip=hub.slips[0], answers=keyed, by=hub.ruth)


def test_what_was_keyed_in_and_then_answered_on_a_screen_is_shown_no_more(hub):
    keying.key_in(slip=hub.slips[0], answers=sheet(2), by=hub.ruth)
    with scoped(Scope(link=hub.slips[0].mark)):
        answering.answer(slip=slip_of(hub.slips[0].mark), item="like", value=4)
    assert Response.objects.get().keyed_by is None
    with pytest.raises(keying.DiffersError) as refused:
        keying.key_in(slip=hub.slips[0], answers=sheet(3), by=hub.ruth)
    assert refused.value.differences == []


def test_that_answers_stand_is_kept_in_the_trail_by_itself_and_none_of_their_values(hub):
    respond(hub.slips[0], by=hub.joanne, like=2)
    with pytest.raises(keying.DiffersError):
        keying.key_in(slip=hub.slips[0], answers={"like": 4}, by=hub.ruth)
    said = entry(act="wave.sheet_differs")
    assert (said.actor_id, said.subject_id, said.children) == (hub.ruth.pk, hub.wave.pk, [])
    assert said.details == {"group": hub.slips[0].group_id}
    assert entries(act="wave.sheet_keyed") == []


def test_what_was_seen_is_told_by_the_key_of_this_server_and_for_one_slip_alone(hub, settings):
    def seen(slip):
        with pytest.raises(keying.DiffersError) as refused:
            keying.key_in(slip=slip, answers=sheet(3), by=hub.ruth)
        return refused.value.seen

    for slip in hub.slips[:2]:
        respond(slip, by=hub.ruth, **sheet(2))
    first, second = (seen(slip) for slip in hub.slips[:2])
    assert first != second
    settings.SECRET_KEY = "another"
    assert seen(hub.slips[0]) != first


def test_a_slip_that_was_opened_and_not_answered_is_keyed_without_a_question(hub):
    respond(hub.slips[0])
    assert keying.key_in(slip=hub.slips[0], answers=sheet(), by=hub.ruth)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "No answer is ticked"),
        ({"like": None}, "No answer is ticked"),
        ({"like": 5}, "is no answer"),
        ({"like": 0}, "is no answer"),
        ({"happy": 2}, "is no answer"),
    ],
)
def test_what_is_no_answer_is_refused(hub, answers, words):
    with pytest.raises(keying.NotKeyedError, match=words):
        keying.key_in(slip=hub.slips[0], answers=answers, by=hub.ruth)
    assert not Response.objects.exists()


def test_whose_family_has_said_no_since_is_not_keyed_in(hub):
    agree(hub.children[:1], by=hub.ruth, answer=REFUSED)
    with pytest.raises(keying.NotKeyedError, match="does not agree to surveys") as refused:
        keying.key_in(slip=hub.slips[0], answers=sheet(), by=hub.ruth)
    assert hub.children[0].forename not in str(refused.value)
    assert not Response.objects.exists()


def test_before_the_first_day_and_once_closed_nothing_is_keyed_in(hub):
    tomorrow = timezone.localdate() + timedelta(days=1)
    coming = made(hub, name="Spring", opens_on=tomorrow, closes_on=tomorrow)
    with pytest.raises(keying.NotKeyedError, match="not open yet"):
        keying.key_in(slip=slips_of(coming)[0], answers=sheet(), by=hub.ruth)
    acts.close(wave=hub.wave, by=hub.joanne)
    with pytest.raises(WaveShutError, match="is closed"):
        keying.key_in(slip=hub.slips[0], answers=sheet(), by=hub.ruth)
    assert not Response.objects.exists()


def test_a_wave_that_is_closed_while_a_sheet_is_keyed_takes_it_no_more(hub, monkeypatch):
    """The rule is asked first, and the database has the last word."""
    monkeypatch.setattr(keying, "require_open", lambda *_: None)
    Wave.objects.filter(pk=hub.wave.pk).update(closed_at=timezone.now())
    with pytest.raises(WaveShutError, match="closed meanwhile"):
        keying.key_in(slip=hub.slips[0], answers=sheet(), by=hub.ruth)
    assert not Response.objects.exists()


def test_in_a_closed_hub_nothing_is_keyed_in(hub):
    closing.close(programme=hub.liverpool, on=timezone.localdate(), by=hub.olu)
    with pytest.raises(HubClosedError):
        keying.key_in(slip=hub.slips[0], answers=sheet(), by=hub.ruth)


# scores of what no screen may show

FORM = {"emotional": 4, "conduct": 3, "hyperactivity": 6, "peer": 3, "prosocial": 5}


@pytest.fixture
def forms(hub):
    """The same hub, asking for the scores of a publisher's form: `hub.slips` are of its wave."""
    hub.wave = made(hub, measure="sdq_child")
    hub.slips = slips_of(hub.wave)
    return hub


def test_scores_are_kept_by_part_and_what_is_blank_is_none(forms):
    assert keying.key_in(slip=forms.slips[0], answers=FORM | {"prosocial": None}, by=forms.ruth)
    kept = Response.objects.get()
    assert (kept.slip, kept.keyed_by, kept.ended_at is not None) == (forms.slips[0], forms.ruth, True)
    assert kept.answers == FORM | {"prosocial": None}
    said = entry(act="wave.sheet_keyed")
    assert (said.subject_id, said.details) == (forms.wave.pk, {"group": forms.slips[0].group_id, "answers": 4})
    assert said.children == []


def test_a_total_is_compared_and_not_kept(forms):
    with pytest.raises(keying.FaultyScoresError, match="which is 16") as refused:
        keying.key_in(slip=forms.slips[0], answers=FORM | {"total": 21}, by=forms.ruth)
    assert list(refused.value.faults) == ["total"]
    assert not Response.objects.exists()
    assert keying.key_in(slip=forms.slips[0], answers=FORM | {"total": 16}, by=forms.ruth)
    assert Response.objects.get().answers == FORM


@pytest.mark.parametrize("value", [11, -1, "x", "4.5"])
def test_a_score_that_cannot_be_one_is_refused_at_its_part_and_nothing_is_kept(forms, value):
    with pytest.raises(keying.FaultyScoresError, match="whole number from 0 to 10") as refused:
        keying.key_in(slip=forms.slips[0], answers=FORM | {"peer": value}, by=forms.ruth)
    assert list(refused.value.faults) == ["peer"]
    assert not Response.objects.exists()
    assert entries(act="wave.sheet_keyed") == []


@pytest.mark.parametrize("scores", [{}, dict.fromkeys(FORM)])
def test_a_form_without_a_score_is_left_out(forms, scores):
    with pytest.raises(keying.NotKeyedError, match="No score is keyed"):
        keying.key_in(slip=forms.slips[0], answers=scores, by=forms.ruth)


def test_the_same_form_keyed_twice_is_one_and_other_scores_are_replaced_by_who_has_seen_them(forms):
    slip, other = forms.slips[0], FORM | {"peer": 4}
    assert keying.key_in(slip=slip, answers=FORM, by=forms.ruth)
    assert not keying.key_in(slip=slip, answers=FORM | {"total": 16}, by=forms.joanne)
    with pytest.raises(keying.DiffersError) as refused:
        keying.key_in(slip=slip, answers=other, by=forms.joanne)
    assert refused.value.differences == [keying.Difference("peer", 3, 4)]
    assert Response.objects.get().answers == FORM
    assert keying.key_in(slip=slip, answers=other, seen=refused.value.seen, by=forms.joanne)
    assert (Response.objects.get().answers, Response.objects.get().keyed_by) == (other, forms.joanne)


def test_a_form_is_keyed_by_the_same_rules_of_consent_and_days(forms):
    agree(forms.children[:1], by=forms.ruth, answer=REFUSED)
    with pytest.raises(keying.NotKeyedError, match="does not agree to surveys"):
        keying.key_in(slip=forms.slips[0], answers=FORM, by=forms.ruth)
    acts.close(wave=forms.wave, by=forms.joanne)
    with pytest.raises(WaveShutError, match="is closed"):
        keying.key_in(slip=forms.slips[1], answers=FORM, by=forms.ruth)
    assert not Response.objects.exists()


def test_by_a_slip_of_such_a_wave_nothing_is_answered(forms):
    with scoped(Scope(link=forms.slips[0].mark)), pytest.raises(answering.UnknownAnswerError):
        answering.answer(slip=slip_of(forms.slips[0].mark), item="emotional", value=3)
    assert not Response.objects.exists()


def test_of_two_who_key_one_form_at_once_the_second_sees_what_the_first_has_written(committed_cast):
    cast, told = committed_cast, []
    with scoped(cast.liverpool_scope):
        agree(cast.children, by=cast.ruth)
        slip = slips_of(made(cast, measure="sdq_child"))[0]

    def second():
        try:
            with scoped(cast.liverpool_scope):
                keying.key_in(slip=slip, answers=FORM | {"peer": 4}, by=cast.joanne)
        except keying.DiffersError as refused:
            told.append(refused.differences)
        finally:
            connection.close()

    at_once = threading.Thread(target=second)
    with scoped(cast.liverpool_scope):
        keying.key_in(slip=slip, answers=FORM, by=cast.ruth)
        at_once.start()
        until_somebody_waits()
    at_once.join()
    assert told == [[keying.Difference("peer", 3, 4)]]
    with scoped(cast.liverpool_scope):
        assert Response.objects.get().answers == FORM
