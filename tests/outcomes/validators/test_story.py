"""A name in the words of a story is found however it is written; a word that only begins like one is none."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.validators.story import (
    Named,
    adults_in,
    birthdays_in,
    first_names_in,
    full_names_in,
    hidden_in,
    names_in,
    schools_in,
    traces_in,
)

AMARA = Named("Amara", "O’Connell", "Mari")
JANE = Named("Mary-Jane", "de la Cruz")
ZOE = Named("Zoë", "Price-Évans")
LI = Named("Li-Wei", "Ina")
AMY, LOUISE, GARCIA = Named("Amy", "Jones"), Named("Amy Louise", "Jones"), Named("Amy", "Garcia Lopez")


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
        ("Am\u00adara and Oʼ\u200bConnell", ["amara", "oconnell"]),
        ("O Connell", ["oconnell"]),
        ("Zoe\u0308 E\u0301vans", ["evans", "zoe"]),
        ("the O’Connells’ hall, the Evanses", ["evans", "oconnell"]),
        ("#AmaraOConnell", ["amara", "oconnell"]),
        ("Amara1", ["amara"]),
        ("Maryjane or Mary Jane", ["jane", "mary", "mary jane"]),
        ("Li came, and we li", ["li"]),
        ("we li", []),
        ("He played in a band as a boy", []),
    ],
)
def test_each_name_of_a_child_is_found_as_a_whole_word(text, found):
    assert names_in(text, [AMARA, JANE, ZOE, LI]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amara O'Connell played", ["amara oconnell"]),
        ("O’Connell, Amara", ["oconnell amara"]),
        ("Mari O’Connell’s bow", ["mari oconnell"]),
        ("amara and o’connell", []),
        ("Amara and then we all met O’Connell", []),
        ("Amy Louise Jones", ["amy louise jones"]),
        ("Amy L. Jones", ["amy l jones"]),
        ("Amy Garcia", ["amy garcia"]),
        ("Amy and Ben Jones", ["amy and ben jones"]),
        ("Amy Lopez’s bow", ["amy lopez"]),
        ("Amara\nO’Connell", ["amara oconnell"]),
        ("Ama-\r\nra O’Con\u00ad \n nell", ["ama ra ocon nell"]),
        ("Amara came to us -\n\nO’Connell", []),
        ("Mary Jane de la Cruz", ["mary jane de la cruz"]),
        ("Amara", []),
        ("", []),
    ],
)
def test_a_first_name_and_a_surname_side_by_side_are_found(text, found):
    assert full_names_in(text, [AMARA, JANE, AMY, LOUISE, GARCIA]) == found


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
        ("mum＠example.org", ["an e-mail address"]),
        ("151\u00a0496\u00a00123", ["a telephone number"]),
        ("0151–496–0123", ["a telephone number"]),
        ("In 2012 2013 2014 we grew", []),
        ("find @amy_plays", ["a name on social media"]),
        ("on ourschool.org.uk", ["a web address"]),
        ("near L8 3SE", ["a postcode"]),
    ],
)
def test_what_leads_to_a_person_without_a_name_is_found(text, found):
    assert traces_in(text) == found


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("12/03/2017", True),
        ("2017-03-12", True),
        ("I am of the 12th of March", True),
        ("March 12", True),
        ("12 April 2017", False),
        ("12/03/2026", False),
    ],
)
def test_a_birthday_is_found(text, is_told):
    assert birthdays_in(text, [date(2017, 3, 12)]) is is_told


def test_a_school_is_found_by_what_is_its_own_and_a_town_is_none():
    schools, towns = ["Saltwharf Primary School", "Norwich Academy", "St Mary’s C of E"], ["Norwich"]
    text = "Here at Saltwharf, in Norwich, near St Marys, a primary school"
    assert schools_in(text, schools, towns) == ["saltwharf primary school", "st marys c of e"]


def test_first_names_and_adults_are_found_with_a_capital():
    assert first_names_in("Then Amara sang; zoe", [AMARA, ZOE]) == ["amara"]
    assert adults_in("Hannah, the head, said", "Mrs Hannah Hale, head") == ["hannah"]


@pytest.mark.parametrize("text", ["a\u202eb", "a\x07b", "a\u2067b"])
def test_what_nobody_sees_is_hidden(text):
    assert hidden_in(text)
    assert not hidden_in("One\n\nتو")


def read_all(text):
    hub = [AMARA, JANE, ZOE, LI, AMY, GARCIA]
    return names_in(text, hub), full_names_in(text, hub), traces_in(text), birthdays_in(text, [date(2017, 3, 12)])


def seconds(text):
    taken = []
    for _ in range(3):
        begun = time.process_time()
        read_all(text)
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize("piece", ["@", "(", "0", "a", "-", "a@", "0-", "’s", "a.", "1 ", "Amara "])
def test_ten_times_as_much_text_takes_no_more_than_in_proportion(piece):
    assert seconds((piece * 3000)[:3000]) < 25 * seconds((piece * 300)[:300])


# letters of names in British schools, those with accents among them
LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzàéîøüçñßł")
NAME = st.lists(st.text(LETTERS, min_size=2, max_size=9), min_size=1, max_size=2).map("-".join)
AROUND = st.sampled_from(["", "The ", "“", "(", "One day: ", "...", "So—"])
AFTER = st.sampled_from(["", ".", "’s bow", "'s", "!", ", then", "”", ")", "—and so on", "\n\nThen"])
CASE = st.sampled_from([str, str.upper, str.title, str.capitalize])


def in_parts(name):
    return name.replace("-", " ")


# what comes of keyboards, tablets and other programs
FORMS = st.sampled_from(
    [
        str,
        in_parts,
        lambda name: name.replace("-", ""),
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: f"{name[:1]}\u00ad{name[1:]}",
        lambda name: f"{name[:1]}\u200b{name[1:]}",
    ]
)


@given(forename=NAME, surname=NAME, around=AROUND, after=AFTER, case=CASE, form=FORMS)
def test_no_name_gets_past_whatever_stands_around_it(forename, surname, around, after, case, form):
    child = Named(forename, surname)
    for name in (forename, surname):
        assert names_in(f"{around}{form(case(name))}{after}", [child])
    for text in (f"{forename} {surname}", f"{surname}, {forename}"):
        assert full_names_in(f"{around}{form(case(text))}{after}", [child])


@given(forename=NAME, surname=NAME, between=st.sampled_from(["Louise", "L.", "and Ben", "Ann-Marie"]))
def test_no_whole_name_gets_past_with_another_between(forename, surname, between):
    assert full_names_in(f"So {forename.title()} {between} {surname.title()} came", [Named(forename, surname)])


@given(name=st.text(LETTERS, min_size=2, max_size=9), more=st.text(LETTERS, min_size=1, max_size=3))
def test_a_word_that_only_begins_or_ends_like_a_name_is_none(name, more):
    child = Named(name, "")
    if more != "s":
        assert names_in(f"A {more}x{name} and a {name}x{more}", [child]) == []
