"""Answers about consent: the last one given counts."""

from datetime import date

import pytest

from inharmony.access.scope import scoped
from participants.actions import consent
from participants.models import Consent
from tests.trail import entry


def answer(cast, *, is_given, day):
    return consent.answer_consent(
        child=cast.children[0],
        purpose=Consent.Purpose.SURVEY,
        is_given=is_given,
        given_by="Their father",
        answered_on=date(2026, 10, day),
        by=cast.ruth,
    )


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True)])
def test_the_answer_that_stands_is_the_last_one(cast, first, then):
    with scoped(cast.liverpool_scope):
        answer(cast, is_given=first, day=1)
        answer(cast, is_given=then, day=2)
        (standing,) = Consent.objects.filter(child=cast.children[0]).standing()
    assert standing.is_given is then


def test_the_trail_names_the_field_and_never_the_answer(cast):
    with scoped(cast.liverpool_scope):
        answer(cast, is_given=False, day=1)
    event = entry(act="consent.answered")
    assert event.details == {"purpose": "survey", "fields": ["is_given"]}
