"""IH-SDC 1, one rule at a time, then together on tables nobody chose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.disclosure import rules as disclosure
from evaluation.disclosure.rules import Counted, OneWay, Shown, percentage, protect

HUBS = {1: 40, 2: 40, 3: 40}


def country(count, **known):
    """A national count of three hubs that nothing but its size could hide."""
    return Counted(count, known or {1: count // 3, 2: count // 3, 3: count - 2 * (count // 3)})


def hub(count, schools=2):
    return Counted(count, {1: count}, schools)


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (9, True), (10, False)])
def test_one_to_nine_children_are_a_small_number(count, small):
    assert disclosure.is_small(count) is small


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1357, 1355)])
def test_what_is_shown_is_rounded_to_the_nearest_five(count, shown):
    assert disclosure.round_to_base(count) == shown


@pytest.mark.parametrize(("rest", "hides"), [(0, False), (1, True), (9, True), (10, False)])
def test_a_cell_hides_when_those_not_in_it_are_few(rest, hides):
    assert disclosure.complement_is_small(Counted(90), Counted(90 + rest)) is hides


def test_two_hubs_are_too_few_for_a_national_number():
    assert disclosure.has_too_few_hubs(Counted(80, {1: 40, 2: 40}))
    assert disclosure.has_too_few_hubs(Counted(80, {1: 40, 2: 40, 3: 0}))
    assert not disclosure.has_too_few_hubs(Counted(120, HUBS))
    assert not disclosure.has_too_few_hubs(Counted(0, {}))


def test_one_school_is_too_few_for_a_hubs_number():
    assert disclosure.has_too_few_schools(hub(80, schools=1))
    assert not disclosure.has_too_few_schools(hub(80, schools=2))


def test_one_hub_with_more_than_nine_tenths_dominates():
    assert not disclosure.is_dominated(Counted(100, {1: 90, 2: 5, 3: 5}))
    assert disclosure.is_dominated(Counted(100, {1: 91, 2: 5, 3: 4}))


def test_a_hub_that_subtracts_its_own_learns_a_small_number():
    assert disclosure.tells_an_insider(Counted(100, {1: 92, 2: 4, 3: 4}))
    assert disclosure.tells_an_insider(Counted(49, {1: 40, 2: 5, 3: 4}))
    assert not disclosure.tells_an_insider(Counted(50, {1: 40, 2: 5, 3: 5}))
    assert not disclosure.tells_an_insider(Counted(40, {1: 40}))


def test_a_cell_hidden_alone_takes_the_smallest_shown_one_with_it():
    table = OneWay({"3": country(60), "4": country(30), "5": country(4), "6": country(0)}, country(94))
    rows, total = protect(table)
    assert rows == {"3": Shown(60), "4": Shown(symbol="c"), "5": Shown(symbol="c"), "6": Shown(0)}
    assert total == Shown(95)


def test_two_hidden_cells_hide_each_other():
    rows, _ = protect(OneWay({"3": country(60), "4": country(30), "5": country(4), "6": country(3)}, country(97)))
    assert [key for key, shown in rows.items() if shown.symbol] == ["5", "6"]


def test_a_hub_of_one_school_is_hidden_in_the_table_of_hubs():
    rows, _ = protect(
        OneWay({"a": hub(80, schools=1), "b": hub(50), "c": hub(60), "d": hub(70)}, country(260), of_hubs=True)
    )
    assert [key for key, shown in rows.items() if shown.symbol] == ["a", "b"]


def test_a_national_total_of_two_hubs_is_hidden():
    _, total = protect(OneWay({"a": hub(80), "b": hub(50)}, Counted(130, {1: 80, 2: 50}), of_hubs=True))
    assert total == Shown(symbol="c")


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (Shown(30), Shown(120), Shown(25)),
        (Shown(40), Shown(120), Shown(33)),
        (Shown(35), Shown(40), Shown(symbol="c")),
        (Shown(symbol="c"), Shown(120), Shown(symbol="c")),
        (Shown(30), Shown(symbol="c"), Shown(symbol="c")),
        (Shown(10), Shown(25), Shown(symbol="x")),
        (Shown(0), Shown(120), Shown(0)),
        (Shown(120), Shown(120), Shown(100)),
    ],
)
def test_a_share_comes_of_rounded_numbers_on_a_base_of_thirty(part, whole, share):
    assert percentage(part, whole) == share


counts = st.one_of(st.integers(0, 12), st.integers(0, 400))
# three to eight hubs, each with its children by year group; nobody is in two hubs
programmes = st.lists(st.lists(counts, min_size=5, max_size=5), min_size=1, max_size=8)


def national_table(hubs):
    rows = {
        str(group): Counted(sum(hub[group] for hub in hubs), {pk: hub[group] for pk, hub in enumerate(hubs)})
        for group in range(5)
    }
    return OneWay(rows, Counted(sum(map(sum, hubs)), {pk: sum(hub) for pk, hub in enumerate(hubs)}))


@settings(max_examples=400, deadline=None)
@given(programmes)
def test_no_table_shows_what_a_rule_hides(hubs):
    table = national_table(hubs)
    rows, total = protect(table)
    for cell, shown in [*((table.rows[key], shown) for key, shown in rows.items()), (table.total, total)]:
        if shown.symbol:
            assert (shown.value, shown.symbol) == (None, "c")
            continue
        assert shown.value % 5 == 0
        assert abs(shown.value - cell.count) <= 2
        assert cell.count == 0 or cell.count >= 10
        assert all(not 0 < cell.count - known < 10 for known in cell.by_hub.values())
        assert cell.count == 0 or sum(known > 0 for known in cell.by_hub.values()) >= 3


@settings(max_examples=400, deadline=None)
@given(programmes)
def test_no_row_is_hidden_alone_while_another_counts_children(hubs):
    rows, _ = protect(national_table(hubs))
    hidden = [key for key, shown in rows.items() if shown.symbol]
    assert len(hidden) != 1 or all(shown.value == 0 for key, shown in rows.items() if key not in hidden)


@settings(max_examples=200, deadline=None)
@given(programmes)
def test_order_of_hubs_changes_nothing(hubs):
    assert protect(national_table(hubs)) == protect(national_table(hubs[::-1]))


def hub_table(*sizes):
    """Hubs of these sizes with three schools each, and nobody in two."""
    known = dict(enumerate(sizes))
    rows = {str(pk): Counted(size, {pk: size}, schools=3) for pk, size in known.items()}
    return OneWay(rows, Counted(sum(sizes), known), of_hubs=True)


def test_a_hub_whose_row_is_hidden_cannot_work_out_the_other_hidden_one():
    """To the hub of 8 its own row is no secret: from the total and the rest it would have the lone child next door."""
    rows, total = protect(hub_table(10, 10, 1, 0, 58, 8, 0))
    assert [shown.value for shown in rows.values()] == [None, 10, None, 0, 60, None, 0]
    assert total.value == 85


def left_for(low, high, rows):
    """Returns what each row can be, by plain squeezing, when all add up to between low and high."""
    rows = dict(rows)
    for _ in range(50):
        least, most = sum(row[0] for row in rows.values()), sum(row[1] for row in rows.values())
        low, high = max(low, least), min(high, most)
        rows = {
            key: (max(one[0], low - (most - one[1])), min(one[1], high - (least - one[0]))) for key, one in rows.items()
        }
    return rows


def as_read(shown):
    """Returns what a reader takes a shown or hidden count for."""
    if shown.value is None:
        return (1, 10**6)
    return (max(10, shown.value - 2), shown.value + 2) if shown.value else (0, 0)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 12), st.integers(0, 100)), min_size=3, max_size=8))
def test_no_hub_works_out_a_small_hub_from_its_own_exact_number(sizes):
    rows, total = protect(hub_table(*sizes))
    for reader in [None, *range(len(sizes))]:
        seen = {int(key): as_read(shown) for key, shown in rows.items()}
        if reader is not None:
            seen[reader] = (sizes[reader], sizes[reader])
        for hub, (least, most) in left_for(*as_read(total), seen).items():
            if rows[str(hub)].symbol and hub != reader:
                assert most - least >= 4, (reader, hub)


@settings(max_examples=500, deadline=None)
@given(programmes)
def test_no_hub_works_out_a_few_children_of_others_in_a_year_group(hubs):
    table = national_table(hubs)
    rows, total = protect(table)
    for reader, own in enumerate(hubs):
        low, high = as_read(total)
        others = {}
        for group, shown in rows.items():
            least, most = as_read(shown)
            others[group] = (max(0, least - own[int(group)]), most - own[int(group)])
        for group, (least, most) in left_for(low - sum(own), high - sum(own), others).items():
            if rows[group].symbol and 0 < table.rows[group].count - own[int(group)] < 10:
                assert most - least >= 4, (reader, group)
