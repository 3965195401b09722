from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from evaluation.figures.disclosure import Counted
from evaluation.figures.once import Person, ReachedChild, by_programme, by_year_group, counted, each_once

LIVERPOOL, LEEDS, LAMBETH = 1, 2, 3


def row(child_id, programme, upn="", person="", group="4", day=1):
    return ReachedChild(child_id, programme, upn, person or f"person {child_id}", group, date(2026, 11, day))


def test_the_same_upn_in_two_programmes_is_one_child_of_the_last_place():
    people = each_once([row(1, LIVERPOOL, "u", group="4", day=9), row(2, LEEDS, "u", group="5", day=2)])
    assert people == [Person(frozenset({LIVERPOOL, LEEDS}), "4")]


def test_the_same_name_and_birthday_is_one_child_when_one_upn_is_missing():
    people = each_once([row(1, LIVERPOOL, "u", "p"), row(2, LEEDS, "", "p")])
    assert [person.programmes for person in people] == [{LIVERPOOL, LEEDS}]


def test_a_chain_of_equal_hashes_is_one_child():
    people = each_once([row(1, LIVERPOOL, "u", "p"), row(2, LEEDS, "u", "q"), row(3, LAMBETH, "", "q")])
    assert [person.programmes for person in people] == [{LIVERPOOL, LEEDS, LAMBETH}]


def test_two_children_without_a_upn_are_two():
    assert len(each_once([row(1, LIVERPOOL), row(2, LIVERPOOL)])) == 2


def test_counted_says_what_each_hub_knows():
    people = each_once([row(1, LIVERPOOL, "u"), row(2, LEEDS, "u"), row(3, LEEDS)])
    assert counted(people) == Counted(2, {LIVERPOOL: 1, LEEDS: 2})


def test_a_child_of_two_programmes_stands_in_both_rows_and_once_in_the_total():
    people = each_once([row(1, LIVERPOOL, "u"), row(2, LEEDS, "u"), row(3, LEEDS)])
    table = by_programme(people, {LIVERPOOL: 3, LEEDS: 4}, {LIVERPOOL: "liverpool", LEEDS: "leeds", LAMBETH: "lambeth"})
    assert table.rows == {
        "liverpool": Counted(1, {LIVERPOOL: 1}, 3),
        "leeds": Counted(2, {LEEDS: 2}, 4),
        "lambeth": Counted(0, {LAMBETH: 0}, 0),
    }
    assert table.total.count == 2


def test_year_groups_stand_in_the_order_of_the_curriculum():
    people = each_once([row(1, LIVERPOOL, group=""), row(2, LEEDS, group="10"), row(3, LEEDS, group="R")])
    assert list(by_year_group(people).rows) == ["R", "10", "none"]


rows = st.lists(
    st.tuples(st.sampled_from(["", "u", "v", "w"]), st.sampled_from(["p", "q", "r", "s"]), st.integers(1, 3)),
    max_size=12,
)


@given(rows, st.randoms())
def test_who_is_who_does_not_depend_on_the_order_of_rows(drawn, chance):
    reached = [row(number, programme, upn, person) for number, (upn, person, programme) in enumerate(drawn)]
    shuffled = reached[:]
    chance.shuffle(shuffled)
    key = lambda people: sorted((sorted(person.programmes), person.year_group) for person in people)  # noqa: E731
    assert key(each_once(reached)) == key(each_once(shuffled))


@given(rows)
def test_equal_hashes_never_make_two_children(drawn):
    reached = [row(number, programme, upn, person) for number, (upn, person, programme) in enumerate(drawn)]
    assert len(each_once(reached)) <= len({r.person_hash for r in reached})
