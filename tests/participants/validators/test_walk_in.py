from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from participants.validators.register import OPEN
from participants.validators.walk_in import SALT, child_of, token_for


def test_a_token_names_the_child_to_the_person_and_at_the_session_it_was_given_for():
    token = token_for(session_id=5, child_id=7, user_id=3)
    assert child_of(token, 5, 3) == 7
    assert (child_of(token, 6, 3), child_of(token, 5, 4)) == (None, None)


@pytest.mark.parametrize("age", [timedelta(), OPEN - timedelta(hours=1), OPEN + timedelta(hours=1)])
def test_a_token_holds_as_long_as_a_register_can_be_corrected(monkeypatch, age):
    signed = timezone.now().timestamp()
    token = token_for(5, 7, 3)
    monkeypatch.setattr("django.core.signing.time.time", lambda: signed + age.total_seconds())
    assert child_of(token, 5, 3) == (7 if age < OPEN else None)


@pytest.mark.parametrize(
    "made_up",
    ["", "x", "7", "a:b:c", token_for(5, 7, 3)[:-1], signing.dumps([5, 7, 3]), signing.dumps(7, salt=SALT)],
    ids=["nothing", "a letter", "a number", "parts", "cut short", "otherwise salted", "of the child alone"],
)
def test_what_was_made_up_or_signed_for_something_else_lets_nobody_in(made_up):
    assert child_of(made_up, 5, 3) is None
