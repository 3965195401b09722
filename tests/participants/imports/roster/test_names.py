from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.imports.roster.names import clean_name, split_name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Ada", "Ada"),
        (" O’Brien ", "O’Brien"),
        ("D'Arcy-Jones", "D'Arcy-Jones"),
        ("Jalapeño-Pérez", "Jalapeño-Pérez"),
        ("van der Berg", "van der Berg"),
        ("Łukasz", "Łukasz"),
        ("Nguyễn", "Nguyễn"),
        ("DRIVER", "DRIVER"),
        ("Иванова", "Иванова"),
        ("Na", "Na"),
        ("'t Hooft", "'t Hooft"),
        ("李", "李"),
        ("-", "-"),
        ("", ""),
        ("n/a", ""),
        ("unknown", ""),
        ("Null", "Null"),
        ("NULL", ""),
    ],
)
def test_clean_name_keeps_names_as_sent(cell, name):
    assert clean_name(cell) == (name, None)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (date(2018, 5, 1), "is a date, where a name should be. Type the name again as text."),
        ("2018-05-01", "is a date, where a name should be. Type the name again as text."),
        ("=WEBSERVICE(A1)", "is not a name. Type the child’s name."),
        ("@SUM(A1)", "is not a name. Type the child’s name."),
        (12, "is not a name. Type the child’s name."),
        ("...", "is not a name. Type the child’s name."),
        ("x" * 61, "is longer than 60 characters. Shorten it."),
    ],
)
def test_clean_name_refuses_what_is_none(cell, words):
    name, fault = clean_name(cell)
    assert (name, fault.message, fault.refused) == ("", words, True)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("JosÃ©", "perhaps “José”"),
        ("Oâ€™Brien", "perhaps “O’Brien”"),
        ("Jos\ufffd", "has lost a letter"),
        ("Fran\u0437aise", "mixes letters of two alphabets"),
        ("Ada2", "has a figure in it"),
    ],
)
def test_clean_name_warns_of_damage_and_keeps_the_name(cell, words):
    name, fault = clean_name(cell)
    assert (name, words in fault.message, fault.refused) == (cell, True, False)


@given(st.text())
def test_clean_name_changes_its_own_result_no_more(text):
    name, _ = clean_name(text)
    assert clean_name(name)[0] == name


@pytest.mark.parametrize(
    ("cell", "forename", "surname"),
    [("Lark, Ada", "Ada", "Lark"), ("van der Berg,Ada Mae", "Ada Mae", "van der Berg"), ("  ", "", "")],
)
def test_split_name_goes_by_the_comma(cell, forename, surname):
    assert split_name(cell) == (forename, surname, None)


def test_split_name_takes_two_words_as_forename_and_surname_and_says_so():
    forename, surname, fault = split_name("Ada Lark")
    assert (forename, surname, fault.refused) == ("Ada", "Lark", False)
    assert "read as forename “Ada”, surname “Lark”" in fault.message


@pytest.mark.parametrize("cell", ["Ada Mae Lark", "Ada", "Ada,"])
def test_split_name_does_not_guess(cell):
    forename, surname, fault = split_name(cell)
    assert (forename, surname, fault.refused) == ("", "", True)
