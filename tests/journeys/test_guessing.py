"""Guessing passwords against the running portal: many at once, from forged addresses, all processes counting together."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress

from tests.factories import programmes
from tests.people import person
from tests.visitor import Visitor

WRONG = "are not correct"
WAIT = "Wait five minutes"


@pytest.fixture
def tutor(stack, django_db_blocker, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with django_db_blocker.unblock(), stack.reached("loader"):
        user = person("Gwen Guessed", "coordinator", programme=programmes.programme("Guessford"))
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user.email


def test_fifty_clients_at_once_get_no_more_tries_than_one(stack, tutor):
    def guess(number):
        visitor = Visitor(stack.port)
        visitor.open("/sign-in/")
        return visitor.post("/sign-in/", {"login": tutor, "password": f"wrong words {number}"}).text

    with ThreadPoolExecutor(50) as clients:
        answers = list(clients.map(guess, range(50)))
    tried = sum(WRONG in answer for answer in answers)
    assert 1 <= tried <= 12
    assert tried + sum(WAIT in answer for answer in answers) == 50
    with_the_right_one = Visitor(stack.port).post("/sign-in/", {"login": tutor, "password": "three words apart"})
    assert WAIT in with_the_right_one.text
