"""Whom a row means, tried without a database: the policy in words at the top of matching.py, sentence by sentence."""

from datetime import date

import pytest

from participants.imports.roster.matching import NEW, match_rows
from participants.queries.roster import KnownChild, Stay
from participants.validators.identity import seal, upn_hash
from tests.participants.lists import UPNS

HERE, THERE = 990_101, 990_102
BORN = date(2018, 3, 14)
TEMPORARY = "E99999992501A"


def known(number, forename, surname, born=BORN, *, known_as="", upn="", school=HERE):
    columns = {"forename": forename, "surname": surname, "known_as": known_as, "date_of_birth": born}
    columns |= {"upn_hash": upn_hash(upn), "upn_sealed": seal(upn)}
    return KnownChild(number, columns, stays=[Stay(number, school, date(2024, 9, 1), None, None, 1)])


def row(forename, surname, born=BORN, *, upn="", former=""):
    values = {"forename": forename, "surname": surname, "date_of_birth": born}
    values |= {"upn_hash": upn_hash(upn)} if upn else {}
    return values | ({"former_upn_hash": upn_hash(former)} if former else {})


def whom(rows, children, school=HERE):
    """The number of the child each row means; with a question mark when it is a close match, 0 for a new one."""
    found = match_rows(rows, children, school)
    return [f"{m.child.id}?" if m.is_close and m.child else m.child.id if m.child else 0 for m in found]


def test_the_upn_goes_before_everything():
    children = [known(1, "Ada", "Lark", upn=UPNS[0]), known(2, "Adah", "Larke")]
    assert whom([row("Adah", "Larke", upn=UPNS[0])], children) == [1]
    assert whom([row("Ada", "Lark-Wren", date(2018, 3, 15), upn=UPNS[0])], children) == [1]


def test_a_upn_on_quite_another_child_is_asked_about():
    assert whom([row("Bo", "Wren", date(2015, 1, 1), upn=UPNS[0])], [known(1, "Ada", "Lark", upn=UPNS[0])]) == ["1?"]


def test_the_former_upn_finds_the_child():
    assert whom([row("Bo", "Wren", upn=UPNS[1], former=UPNS[0])], [known(1, "Ada", "Lark", upn=UPNS[0])]) == [1]


@pytest.mark.parametrize(
    ("forename", "surname"),
    [("ADA", "LARK"), ("Àda", "Lark"), ("Ada", "Lark "), ("Addy", "Lark")],
)
def test_name_and_birth_find_the_child_however_they_are_written(forename, surname):
    assert whom([row(forename, surname)], [known(1, "Ada", "Lark", known_as="Addy")]) == [1]


def test_apostrophes_and_hyphens_do_not_count():
    assert whom([row("Anne Marie", "OBrien")], [known(1, "Anne-Marie", "O’Brien")]) == [1]


def test_two_upns_make_one_name_a_question_unless_ours_is_temporary():
    rows = [row("Ada", "Lark", upn=UPNS[1])]
    assert whom(rows, [known(1, "Ada", "Lark", upn=UPNS[0])]) == ["1?"]
    assert whom(rows, [known(1, "Ada", "Lark", upn=TEMPORARY)]) == [1]
    assert whom(rows, [known(1, "Ada", "Lark")]) == [1]


def test_of_two_namesakes_the_one_at_the_school_is_meant():
    children = [known(1, "Ada", "Lark", school=THERE), known(2, "Ada", "Lark", school=HERE)]
    assert whom([row("Ada", "Lark")], children) == [2]
    assert whom([row("Ada", "Lark")], children, school=990_103) == ["1?"]


@pytest.mark.parametrize(
    ("forename", "surname", "born"),
    [
        ("Adda", "Lark", BORN),
        ("Ada", "Larke", BORN),
        ("Lark", "Ada", BORN),
        ("Ada", "Wren", BORN),
        ("Ada", "Lark", date(2018, 3, 15)),
        ("Ada", "Lark", date(2017, 3, 14)),
    ],
)
def test_what_is_nearly_the_same_is_asked_about(forename, surname, born):
    assert whom([row(forename, surname, born)], [known(1, "Ada", "Lark")]) == ["1?"]


def test_day_and_month_the_other_way_round_are_asked_about():
    assert whom([row("Ada", "Lark", date(2018, 3, 4))], [known(1, "Ada", "Lark", date(2018, 4, 3))]) == ["1?"]


@pytest.mark.parametrize(
    ("forename", "surname", "born"),
    [
        ("Bo", "Lark", BORN),
        ("Ada", "Lark", date(2016, 5, 2)),
        ("Cy", "Finch", BORN),
        ("Ada", "Finch", date(2018, 3, 15)),
    ],
)
def test_what_shares_little_is_new(forename, surname, born):
    assert match_rows([row(forename, surname, born)], [known(1, "Ada", "Lark")], HERE) == [NEW]


def test_another_surname_counts_only_at_the_same_school():
    assert whom([row("Ada", "Wren")], [known(1, "Ada", "Lark", school=THERE)]) == [0]


def test_twins_stay_two_when_the_other_is_listed_too():
    children = [known(1, "Amara", "Lark")]
    assert whom([row("Amira", "Lark")], children) == ["1?"]
    assert whom([row("Amara", "Lark"), row("Amira", "Lark")], children) == [1, 0]


def test_two_permanent_upns_tell_children_of_like_names_apart():
    assert whom([row("Adah", "Lark", upn=UPNS[1])], [known(1, "Ada", "Lark", upn=UPNS[0])]) == [0]


def test_a_second_row_for_one_child_is_asked_about():
    rows = [row("Ada", "Lark", upn=UPNS[0]), row("Ada", "Lark")]
    assert whom(rows, [known(1, "Ada", "Lark", upn=UPNS[0])]) == [1, "1?"]
