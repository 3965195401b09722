"""A name in the words of a story is found however it is written; a word that only begins like one is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.validators.story import Named, full_names_in, names_in, traces_in

AMARA = Named("Amara", "O’Connell", "Mari")
JANE = Named("Mary-Jane", "de la Cruz")
ZOE = Named("Zoë", "Price-Évans")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amara played.", ["amara"]),
        ("AMARA’S bow, and oconnell's", ["amara", "oconnell"]),
        ("It was mari!", ["mari"]),
        ("end.Amara", ["amara"]),
        ("Amaranth grows on maritime cliffs.", []),
        ("Mary-Jane’s solo", ["jane", "mary", "mary jane"]),
        ("a solo of Jane", ["jane"]),
        ("la la la, de la la", []),
        ("Ms Cruz said", ["cruz"]),
        ("Zoe and zoë", ["zoe"]),
        ("EVANS", ["evans"]),
        ("(Amara)", ["amara"]),
        ("Amara_O’Connell", ["amara", "oconnell"]),
    ],
)
def test_each_name_of_a_child_is_found_as_a_whole_word(text, found):
    assert names_in(text, [AMARA, JANE, ZOE]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amara O'Connell played", ["amara oconnell"]),
        ("O’Connell, Amara", ["oconnell amara"]),
        ("Mari O’Connell’s bow", ["mari oconnell"]),
        ("Amara and O’Connell", []),
        ("Mary Jane de la Cruz", ["mary jane de la cruz"]),
        ("Amara", []),
        ("", []),
    ],
)
def test_a_first_name_and_a_surname_side_by_side_are_found(text, found):
    assert full_names_in(text, [AMARA, JANE]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A801200001001 is her number", ["a UPN"]),
        ("a80120000100b", ["a UPN"]),
        ("mum@example.org", ["an e-mail address"]),
        ("0151 496 0123", ["a telephone number"]),
        ("(0151) 4960123", ["a telephone number"]),
        ("+44 7700-900123", ["a telephone number"]),
        ("In 2026, 1,200 children played 3 times at 10:15.", []),
        ("From 2012 to 2026 we gave 1 2 3 4 5 6 7 8 9 concerts.", []),
        ("See you @ the hall", []),
    ],
)
def test_what_leads_to_a_person_without_a_name_is_found(text, found):
    assert traces_in(text) == found


# letters of names in British schools, those with accents among them
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzàéîøüçñßł")
NAME = st.lists(st.text(LETTERS, min_size=2, max_size=9), min_size=1, max_size=2).map("-".join)
AROUND = st.sampled_from(["", "The ", "“", "(", "One day: ", "...", "So—"])
AFTER = st.sampled_from(["", ".", "’s bow", "'s", "!", ", then", "”", ")", "—and so on", "\n\nThen"])
CASE = st.sampled_from([str, str.upper, str.title, str.capitalize])


@given(forename=NAME, surname=NAME, around=AROUND, after=AFTER, case=CASE)
def test_no_name_gets_past_whatever_stands_around_it(forename, surname, around, after, case):
    child = Named(forename, surname)
    for name in (forename, surname):
        assert names_in(f"{around}{case(name)}{after}", [child])
    for text in (f"{forename} {surname}", f"{surname}, {forename}"):
        assert full_names_in(f"{around}{case(text)}{after}", [child])


@given(name=st.text(LETTERS, min_size=2, max_size=9), more=st.text(LETTERS, min_size=1, max_size=3))
def test_a_word_that_only_begins_or_ends_like_a_name_is_none(name, more):
    child = Named(name, "")
    if more != "s":
        assert names_in(f"A {more}x{name} and a {name}x{more}", [child]) == []
