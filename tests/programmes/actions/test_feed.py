"""The secret address of a person's calendar: made, replaced, ended."""

import pytest

from programmes.actions import feed as acts
from programmes.models import CalendarFeed
from programmes.queries.feed import whose
from tests.trail import entries

ACTS = ("calendar.address_made", "calendar.address_ended")


def told(cast):
    return [(entry.act, entry.actor_id, entry.details) for entry in entries(act__in=ACTS)]


def test_a_secret_opens_the_calendar_of_who_made_it_and_is_not_kept(cast):
    secret = acts.make(by=cast.priya)
    assert whose(secret) == cast.priya
    # 256 bits at random
    assert len(secret) == 43
    kept = CalendarFeed.objects.get()
    assert (kept.user, secret in str(vars(kept))) == (cast.priya, False)
    assert told(cast) == [("calendar.address_made", cast.priya.pk, {"replaced": False})]
    assert secret not in str([vars(entry) for entry in entries()])


def test_a_new_one_is_another_and_the_old_one_is_dead(cast):
    first, other = acts.make(by=cast.priya), acts.make(by=cast.ruth)
    second = acts.make(by=cast.priya)
    assert [whose(secret) for secret in (first, second, other)] == [None, cast.priya, cast.ruth]
    assert CalendarFeed.objects.filter(user=cast.priya).count() == 1
    assert told(cast)[-1] == ("calendar.address_made", cast.priya.pk, {"replaced": True})


def test_ended_it_is_dead_and_ending_it_again_has_no_effect(cast):
    secret, other = acts.make(by=cast.priya), acts.make(by=cast.ruth)
    assert (acts.end(by=cast.priya), acts.end(by=cast.priya)) == (True, False)
    assert [whose(each) for each in (secret, other)] == [None, cast.ruth]
    assert [act for act, _, _ in told(cast)].count("calendar.address_ended") == 1


def test_a_failure_leaves_the_old_one_as_it_was(cast, monkeypatch):
    secret = acts.make(by=cast.priya)
    monkeypatch.setattr(acts, "audit", lambda **_: 1 / 0)
    for act in (acts.make, acts.end):
        with pytest.raises(ZeroDivisionError):
            act(by=cast.priya)
    assert whose(secret) == cast.priya
