"""Whom a row means, tried without a database: the policy in words at the top of matching.py, sentence by sentence."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.imports.roster.matching import NEW, likely_doubles, match_rows, sort_keys_like
from participants.queries.roster import KnownChild, Place, Stay
from participants.validators.identity import seal, upn_hash
from participants.validators.names import sort_key
from tests.participants.lists import UPNS

HERE, THERE, ELSEWHERE = 990_101, 990_102, 990_103
BORN = date(2018, 3, 14)
TEMPORARY = "E99999992501A"


def known(number, forename, surname, born=BORN, *, known_as="", upn="", school=HERE):
    columns = {"forename": forename, "surname": surname, "known_as": known_as, "date_of_birth": born}
    columns |= {"upn_hash": upn_hash(upn), "upn_sealed": seal(upn), "sort_key": sort_key(surname, forename)}
    return KnownChild(number, columns, stays=[Stay(number, school, date(2024, 9, 1), None, None, 1)])


def row(forename, surname, born=BORN, *, used="", upn="", former=""):
    values = {"forename": forename, "surname": surname, "date_of_birth": born}
    values |= {"preferred_forename": used} if used else {}
    values |= {"upn_hash": upn_hash(upn), "upn_sealed": seal(upn)} if upn else {}
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
    assert whom([row("Ada", "Lark")], children, school=ELSEWHERE) == ["1?"]


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


# rule 1: numbers


def test_the_former_upn_finds_the_child_whose_newer_one_nobody_here_has():
    assert whom([row("Ada", "Lark", upn=UPNS[1], former=UPNS[0])], [known(1, "Ada", "Lark", upn=UPNS[0])]) == [1]
    # the temporary one of the first weeks
    assert whom([row("Ada", "Lark", upn=UPNS[1], former=TEMPORARY)], [known(1, "Ada", "Lark", upn=TEMPORARY)]) == [1]


def test_the_upn_goes_before_the_former_one():
    children = [known(1, "Ada", "Lark", upn=UPNS[0]), known(2, "Ada", "Lark", date(2017, 1, 1), upn=UPNS[1])]
    assert whom([row("Ada", "Lark", upn=UPNS[0], former=UPNS[1])], children) == [1]


def test_a_former_upn_on_quite_another_child_is_asked_about():
    rows = [row("Bo", "Wren", date(2015, 1, 1), upn=UPNS[1], former=UPNS[0])]
    assert whom(rows, [known(1, "Ada", "Lark", upn=UPNS[0])]) == ["1?"]


def test_the_upn_of_a_sister_is_asked_about_though_the_surname_is_the_same():
    assert whom([row("Bo", "Lark", date(2015, 1, 1), upn=UPNS[0])], [known(1, "Ada", "Lark", upn=UPNS[0])]) == ["1?"]


def test_a_child_renamed_is_known_by_the_upn_and_the_date_of_birth():
    assert whom([row("Bo", "Wren", upn=UPNS[0])], [known(1, "Ada", "Lark", upn=UPNS[0])]) == [1]


def test_the_upns_of_twins_mixed_up_are_asked_about():
    twins = [known(1, "Amara", "Lark", upn=UPNS[0]), known(2, "Amira", "Lark", upn=UPNS[1])]
    rows = [row("Amara", "Lark", upn=UPNS[1]), row("Amira", "Lark", upn=UPNS[0])]
    assert whom(rows, twins) == ["2?", "1?"]


def test_the_upn_of_a_twin_is_not_enough_where_the_twin_is_listed_without_one():
    children = [known(1, "Amara", "Lark", upn=UPNS[0])]
    rows = [row("Amira", "Lark", upn=UPNS[0]), row("Amara", "Lark")]
    assert whom(rows, children) == ["1?", "1?"]
    assert whom(rows[::-1], children) == ["1?", "1?"]


# rule 2: names and dates of birth


@pytest.mark.parametrize(
    ("here", "sent"),
    [
        (("Anne-Marie", "Mac Donald"), ("Annemarie", "MacDonald")),
        (("Zoë", "O’Brien"), ("ZOE", "O Brien")),
        (("Łucja", "Sørensen"), ("Lucja", "Sorensen")),
    ],
)
def test_how_a_name_is_written_does_not_count(here, sent):
    assert whom([row(*sent)], [known(1, *here)]) == [1]


def test_the_name_a_row_says_is_used_finds_the_child_too():
    assert whom([row("Samuel", "Lark", used="Sam")], [known(1, "Sam", "Lark")]) == [1]
    assert whom([row("Samuel", "Lark", used="Sam")], [known(1, "Samson", "Lark", known_as="Sam")]) == [1]


def test_of_namesakes_those_with_another_upn_and_those_spoken_for_are_left_out():
    children = [known(1, "Ada", "Lark", upn=UPNS[0]), known(2, "Ada", "Lark")]
    assert whom([row("Ada", "Lark", upn=UPNS[1])], children) == [2]
    assert whom([row("Ada", "Lark", upn=UPNS[0]), row("Ada", "Lark")], children) == [1, 2]
    assert whom([row("Ada", "Lark")], children) == ["1?"]


# rule 3: several rows, one child


def test_the_number_weighs_more_than_the_name_wherever_it_stands():
    children = [known(1, "Ada", "Lark", upn=UPNS[0])]
    rows = [row("Ada", "Lark"), row("Ada", "Lark", upn=UPNS[0])]
    assert whom(rows, children) == ["1?", 1]
    rows = [row("Ada", "Lark", upn=UPNS[1], former=UPNS[0]), row("Ada", "Lark", upn=UPNS[0])]
    assert whom(rows, children) == ["1?", 1]


def test_of_two_rows_that_weigh_the_same_neither_is_certain():
    assert whom([row("Ada", "Lark"), row("Ada", "Lark")], [known(1, "Ada", "Lark")]) == ["1?", "1?"]


def test_the_name_weighs_more_than_the_name_used():
    rows = [row("Addy", "Lark"), row("Ada", "Lark")]
    assert whom(rows, [known(1, "Ada", "Lark", known_as="Addy")]) == ["1?", 1]


# rule 4: written otherwise


@pytest.mark.parametrize(
    ("here", "sent"),
    [
        # a letter wrong, missing, too many, two changed about
        (("Oliver", "Wren"), ("Olover", "Wren")),
        (("Oliver", "Wren"), ("Olier", "Wren")),
        (("Oliver", "Wren"), ("Olivver", "Wren")),
        (("Oliver", "Wren"), ("Oliver", "Wern")),
        # two in a long one, and one in each name
        (("Alexandra", "Wren"), ("Alexander", "Wren")),
        (("Oliver", "Finch"), ("Olover", "Fnich")),
        # a beginning, an initial
        (("Maria Luisa", "Wren"), ("Maria", "Wren")),
        (("Maria", "Wren"), ("M", "Wren")),
        # short forms and spellings
        (("Samuel", "Wren"), ("Sam", "Wren")),
        (("Samantha", "Wren"), ("Sam", "Wren")),
        (("Catherine", "Wren"), ("Kate", "Wren")),
        (("Mohammed", "Khan"), ("Muhamad", "Khan")),
        (("Zofia", "Wren"), ("Sophie", "Wren")),
        (("Robert", "Wren"), ("Bob", "Wrenn")),
        # double surnames and one of their parts
        (("Ada", "Lark-Wren"), ("Ada", "Lark")),
        (("Ada", "Wren"), ("Ada", "Lark Wren")),
        (("Kate", "Lark-Wren"), ("Katie", "Wren")),
        # the other way round, also of the name used
        (("Ada", "Lark"), ("Lark", "Ada")),
    ],
)
def test_alike_names_of_one_day_are_asked_about(here, sent):
    assert whom([row(*sent)], [known(1, *here, school=THERE)]) == ["1?"]


@pytest.mark.parametrize(
    ("here", "sent"),
    [
        (("Samuel", "Wren"), ("Samantha", "Wren")),
        (("Bo", "Wren"), ("Jo", "Wren")),
        (("Oliver", "Wren"), ("Olovar", "Wren")),
        (("Oliver", "Wren"), ("Noah", "Wren")),
        (("Oliver", "Wren"), ("Oliver", "Finch")),
        (("Oliver", "Lark-Wren"), ("Noah", "Wren")),
    ],
)
def test_names_that_are_two_are_not(here, sent):
    assert whom([row(*sent)], [known(1, *here, school=THERE)]) == [0]


def test_a_short_form_and_another_surname_count_at_the_school_only():
    assert whom([row("Kate", "Finch")], [known(1, "Catherine", "Lark")]) == ["1?"]
    assert whom([row("Kate", "Finch")], [known(1, "Catherine", "Lark", school=THERE)]) == [0]
    # a letter away is another name
    assert whom([row("Jake", "Finch")], [known(1, "Kate", "Lark")]) == [0]


@pytest.mark.parametrize(
    ("here", "sent"),
    [
        (date(2018, 3, 14), date(2018, 3, 24)),
        (date(2018, 3, 14), date(2008, 3, 14)),
        (date(2018, 3, 4), date(2018, 4, 3)),
        (date(2018, 3, 12), date(2018, 3, 21)),
        (date(2019, 3, 14), date(2020, 3, 14)),
    ],
)
def test_dates_of_birth_that_are_nearly_the_same_are_asked_about(here, sent):
    assert whom([row("Ada", "Lark", sent)], [known(1, "Ada", "Lark", here, school=THERE)]) == ["1?"]
    assert whom([row("Kate", "Lark", sent)], [known(1, "Catherine", "Lark", here)]) == ["1?"]
    # not where the names differ too
    assert whom([row("Adah", "Lark", sent)], [known(1, "Ada", "Lark", here)]) == [0]


def test_dates_of_birth_that_are_two_are_not():
    assert whom([row("Ada", "Lark", date(2018, 5, 2))], [known(1, "Ada", "Lark")]) == [0]
    assert whom([row("Ada", "Lark", date(2020, 3, 14))], [known(1, "Ada", "Lark", date(2018, 3, 24))]) == [0]


def test_of_several_the_one_with_fewest_differences_is_shown():
    twins = [known(1, "Amira", "Lark"), known(2, "Amara", "Lark")]
    assert whom([row("Amarah", "Lark")], twins) == ["2?"]
    assert whom([row("Amarah", "Lark"), row("Amirah", "Lark")], twins) == ["2?", "1?"]
    assert whom([row("A", "Lark")], [known(1, "Amira", "Lark", school=THERE), known(2, "Amara", "Lark")]) == ["2?"]


def test_a_child_of_one_name_is_asked_about():
    assert whom([row("Ada", "")], [known(1, "Ada", "Lark")]) == ["1?"]
    assert whom([row("Ada", "Lark")], [known(1, "Ada", "")]) == ["1?"]
    assert whom([row("Ada", "")], [known(1, "Ada", "")]) == [1]


def test_a_temporary_number_tells_nobody_apart():
    assert whom([row("Adah", "Lark", upn=TEMPORARY)], [known(1, "Ada", "Lark", upn=UPNS[0])]) == ["1?"]
    assert whom([row("Adah", "Lark", upn=UPNS[0])], [known(1, "Ada", "Lark", upn=TEMPORARY)]) == ["1?"]


# of any list


FORENAMES = ["Amara", "Amira", "Ada", "Adah", "Sam", "Samuel", "Samantha", "Kate", "Catherine", "Bo", "A"]
SURNAMES = ["Lark", "Larke", "Lark-Wren", "Wren", "Khan", ""]
DAYS = [BORN, BORN + timedelta(days=1), date(2018, 4, 3), date(2018, 3, 4), date(2019, 3, 14)]
NUMBERS = ["", "", *UPNS, TEMPORARY]
people = st.tuples(st.sampled_from(FORENAMES), st.sampled_from(SURNAMES), st.sampled_from(DAYS))
listed = st.lists(
    st.builds(
        lambda person, used, upn, former: row(*person, used=used, upn=upn, former=former),
        people,
        st.sampled_from(["", "", "Sam", "Kate"]),
        st.sampled_from(NUMBERS),
        st.sampled_from(NUMBERS),
    ),
    max_size=8,
)


@st.composite
def programmes(draw):
    found, numbers = [], set()
    for number, (person, upn, school, used) in enumerate(
        draw(
            st.lists(
                st.tuples(
                    people, st.sampled_from(NUMBERS), st.sampled_from([HERE, THERE]), st.sampled_from(["", "Sam"])
                ),
                max_size=8,
            )
        ),
        start=1,
    ):
        # the database keeps a number once a programme
        found.append(known(number, *person, upn="" if upn in numbers else upn, school=school, known_as=used))
        numbers.add(upn)
    return found


def meant(match):
    return (match.child.id if match.child else 0, match.why)


@settings(max_examples=400, deadline=None)
@given(programmes(), listed, st.data())
def test_the_order_of_rows_and_children_decides_nothing(children, rows, data):
    found = [meant(match) for match in match_rows(rows, children, HERE)]
    order = data.draw(st.permutations(range(len(rows))))
    again = match_rows([rows[at] for at in order], data.draw(st.permutations(children)), HERE)
    assert [meant(match) for match in again] == [found[at] for at in order]


@settings(max_examples=400, deadline=None)
@given(programmes(), listed)
def test_nobody_is_meant_for_certain_twice_and_only_children_of_the_programme_are_meant(children, rows):
    found = match_rows(rows, children, HERE)
    certain = Counter(match.child.id for match in found if match.child and not match.is_close)
    assert all(times == 1 for times in certain.values())
    assert all(match.child is None or match.child in children for match in found)
    assert all(match.child for match in found if match.is_close)
    # what is asked about is never somebody whom a row of rule 4 could take from another row
    assert len(found) == len(rows)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DAYS), st.permutations(["Amara", "Amira", "Amora"]), st.sets(st.integers(0, 2)), st.booleans())
def test_of_twins_and_triplets_each_is_meant_by_its_own_row(born, names, numbered, lists_all):
    children = [
        known(at + 1, name, "Lark", born, upn=UPNS[at] if at in numbered else "") for at, name in enumerate(names)
    ]
    rows = [row(name, "Lark", born, upn=UPNS[at] if at in numbered else "") for at, name in enumerate(names)]
    listed = rows if lists_all else rows[:2]
    assert whom(listed, children) == [1, 2, 3][: len(listed)]
    # who is new among them stays new
    assert whom(rows, children[:2]) == [1, 2, 0]


# two records of one child


def doubles(*children, of=None):
    return [(pair.one.id, pair.other.id) for pair in likely_doubles(list(children), of)]


def test_records_of_one_name_and_birthday_and_alike_ones_may_be_one_child():
    same = [known(1, "Ada", "Lark"), known(2, "ADA", "Lark", school=THERE)]
    alike = [known(3, "Catherine", "Wren"), known(4, "Kate", "Wren"), known(5, "Finch", "Bo"), known(6, "Bo", "Finch")]
    nearly = [known(7, "Cy", "Swift"), known(8, "Cy", "Swift", date(2018, 3, 24))]
    others = [known(9, "Ada", "Wren"), known(10, "Noah", "Lark")]
    assert doubles(*same, *alike, *nearly, *others) == [(1, 2), (5, 6), (7, 8), (3, 4)]
    assert doubles(*same, *alike, of=4) == [(3, 4)]
    assert doubles() == []


def test_two_permanent_numbers_and_one_list_that_names_both_make_them_two():
    assert doubles(known(1, "Ada", "Lark", upn=UPNS[0]), known(2, "Ada", "Lark", upn=UPNS[1])) == []
    assert doubles(known(1, "Ada", "Lark", upn=UPNS[0]), known(2, "Ada", "Lark", upn=TEMPORARY)) == [(1, 2)]
    twins = [known(1, "Amara", "Lark"), known(2, "Amira", "Lark")]
    assert doubles(*twins) == [(1, 2)]
    for child in twins:
        child.places.append(Place(child.id, child.id, "4", "4B", None, 7, 1))
    assert doubles(*twins) == []


def test_children_are_looked_up_by_every_form_of_the_name():
    keys = sort_keys_like(row("Kate", "O’Lark", used="Bo"))
    assert {"olark kate", "olark bo", "olark catherine", "olark katie"} <= keys
    assert "olark samuel" not in keys
