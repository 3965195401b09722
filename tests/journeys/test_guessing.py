"""Guessing passwords against the running portal: many at once, all processes counting together."""

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
    def guess(password):
        visitor = Visitor(stack.port)
        try:
            return visitor.post("/sign-in/", {"login": tutor, "password": password}).text
        finally:
            visitor.close()

    with ThreadPoolExecutor(50) as clients:
        answers = list(clients.map(guess, [f"wrong words {number}" for number in range(50)]))
    tried = sum(WRONG in answer for answer in answers)
    assert 1 <= tried <= 12
    assert tried + sum(WAIT in answer for answer in answers) == 50
    assert WAIT in guess("three words apart")
