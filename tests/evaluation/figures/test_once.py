from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from evaluation.disclosure.truth import Counted
from evaluation.figures.once import Person, counted, each_once


@dataclass(frozen=True)
class Row:
    number: int
    upn_hash: str = ""
    person_hash: str = ""


def numbers(rows):
    return [[row.number for row in group] for group in each_once(rows)]


def test_the_same_upn_in_two_programmes_is_one_child():
    assert numbers([Row(1, "u", "p"), Row(2, "u", "q"), Row(3, "v", "r")]) == [[1, 2], [3]]


def test_the_same_name_and_birthday_is_one_child_when_one_upn_is_missing():
    assert numbers([Row(1, "u", "p"), Row(2, "", "p")]) == [[1, 2]]


def test_a_chain_of_equal_hashes_is_one_child():
    assert numbers([Row(1, "u", "p"), Row(2, "u", "q"), Row(3, "", "q")]) == [[1, 2, 3]]


def test_two_children_without_a_hash_are_two():
    assert numbers([Row(1), Row(2)]) == [[1], [2]]


def test_counted_says_what_each_hub_knows_and_how_many_schools_are_behind():
    people = [
        Person(frozenset({"liverpool", "leeds"}), frozenset({1, 2})),
        Person(frozenset({"leeds"}), frozenset({2})),
    ]
    assert counted(people) == Counted(2, {"liverpool": 1, "leeds": 2}, 2)


rows = st.lists(
    st.builds(Row, st.integers(), st.sampled_from(["", "u", "v", "w"]), st.sampled_from(["p", "q", "r", "s"])),
    max_size=12,
)


@given(rows)
def test_the_order_of_the_rows_changes_no_count(found):
    sizes = sorted(len(group) for group in each_once(found))
    assert sorted(len(group) for group in each_once(found[::-1])) == sizes
    assert sum(sizes) == len(found)


@given(rows)
def test_no_hash_is_shared_between_two_children(found):
    groups = each_once(found)
    for name in ("upn_hash", "person_hash"):
        seen = [{getattr(row, name) for row in group if getattr(row, name)} for group in groups]
        assert sum(map(len, seen)) == len(set().union(*seen))
