"""What letters are taken to mean until somebody says."""

import pytest

from participants.imports.registers.letters import key_of, proposed


@pytest.mark.parametrize(
    ("letters", "means"),
    [
        ("/ \\ P y 1 ✓ ü present", "p"),
        ("L late", "l"),
        ("I M E C R ill G", "r"),
        ("A N 0 O U × û absent", "a"),
        ("V C1 B Y1 trip performance", "e"),
        ("# Z D - n/a inset", "-"),
        ("? * w/e ZZ", ""),
    ],
)
def test_known_letters(letters, means):
    found = proposed([key_of(letter) for letter in letters.split()], {})
    assert set(found.values()) == {means}


def test_a_cross_is_asked_where_another_letter_says_present():
    assert proposed(["X"], {}) == {"X": "p"}
    assert proposed(["X", "/"], {})["X"] == ""
    assert proposed(["X", "/"], {"X": "a"})["X"] == "a"


def test_what_the_hub_said_last_goes_first():
    assert proposed(["P", "Q2"], {"P": "e", "Q2": "a"}) == {"P": "e", "Q2": "a"}


def test_letters_are_told_apart_without_case_and_blanks():
    assert (key_of(" p "), key_of("n / a"), key_of("Not  here")) == ("P", "N / A", "NOT HERE")
