"""What everybody here would guess first is no password."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from inharmony.accounts.models import User


def refused(password):
    try:
        validate_password(password, User(email="priya@hub.example", name="Priya Shah"))
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "short words",
        "Liverpool2026!",
        "liverpoolleeds",
        "In Harmony 2026",
        "inharmonyinharmony",
        "Saltwharf Primary",
        "saltwharf-primary-4",
        "LIVERPOOL orchestra",
        "password12345",
        "passwordpassword",
        "qwertyuiop123456",
        "aaaaaaaaaaaaaaaa",
        "123412341234",
        "123456789012",
        "210987654321",
        "abcdefghijkl",
        "qwertyuiop as",
        "111122223333",
        "            ",
        "!?!?!!??!!!!",
        "Priya Shah 2026",
    ],
)
def test_it_is_refused_with_a_word_on_what_to_do(cast, password):
    assert refused(password) != []


@pytest.mark.parametrize(
    "password",
    [
        "three words apart",
        "liverpool tangerine wardrobe",
        "orchestra of seventeen kettles",
        "x" * 3 + "correct horse battery",
        "пароль из трёх слов и ещё",
        "a" + "long sentence nobody else would write down, " * 3,
    ],
)
def test_it_is_taken(cast, password):
    assert refused(password) == []


def test_every_word_of_hubs_and_partner_schools_is_known(cast):
    for word in ("Liverpool", "Leeds", "Saltwharf", "Marigold", "Kirkfold"):
        assert refused(f"{word}{word}12!") != [], word


def test_the_refusal_names_the_reason(cast):
    with pytest.raises(ValidationError, match="everybody here knows"):
        validate_password("Marigold Street 2026", None)
