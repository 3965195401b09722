"""A paper sheet is keyed in by its number, once, and never over answers that nobody has looked at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from outcomes.actions import keying
from outcomes.actions import wave as acts
from outcomes.models import Response, Wave
from outcomes.validators.wave import HubClosedError, WaveShutError
from programmes.actions import closing
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
    respond(hub.slips[0], like=2, bored=3)
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
