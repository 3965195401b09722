"""By all the rules nobody gets anything; take one rule away, and somebody does."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluation.disclosure.protection import protected
from evaluation.disclosure.rules import RULES, Rule
from evaluation.menu import tables
from evaluation.menu.tables import ALL
from tests.attack import judge
from tests.attack.breaches import breaches
from tests.attack.country import (
    CATEGORIES,
    HUBS,
    Child,
    Country,
    Row,
    a_category_of_one_hub,
    all_but_one,
    as_large_as_the_programme,
    counts,
    one_send_child,
    worst,
)
from tests.attack.drive.campaign import (
    Tally,
    alone,
    attack,
    by_difference,
    by_terms,
    country_of,
    share_of_small_recovered,
)
from tests.attack.drive.memory import released, truth
from tests.attack.drive.planting import whole_country

# of each rule a country that needs it, by its number
NEEDS = {
    **dict.fromkeys((Rule.SMALL, Rule.COMPLEMENT, Rule.DOMINANCE, Rule.INSIDER, Rule.ROUNDING, Rule.MEANS), 2),
    Rule.SENSITIVE: 3,
    Rule.HUBS: 9,
    Rule.SCHOOLS: 8,
}
WITHOUT_GATE, WITHOUT_EARLIER = 3, 3


@pytest.mark.parametrize("number", [2, 3, 4, 8, 9])
def test_by_all_rules_no_reader_gets_a_number(number):
    made, rng = country_of(number)
    tally = alone(made, rng, RULES, with_guesses=True)
    assert (tally.wrong, tally.found.tried > 0) == ([], True)


def test_what_a_release_hid_of_the_country_is_somebody_to_who_reads_the_next():
    # found by chance: the numbers of two children, whom the second release left with four values and none
    rng = Random(838491165)
    made = whole_country(rng)
    child = rng.randrange(len(made.children))
    without = replace(made, children=(*made.children[:child], *made.children[child + 1 :]))
    before, was, earlier = released(without, when="k")
    after, now, _ = released(made, when="k+1", earlier=[earlier])
    found = judge.by_the_difference(before, after, {"k": was, "k+1": now}, 1)
    assert (found.leaks, found.misread, found.tried > 100) == ([], [], True)


def test_by_all_rules_two_releases_that_differ_by_one_child_give_nothing_away():
    tally = Tally(found=by_difference(*country_of(WITHOUT_EARLIER), RULES))
    assert (tally.wrong, tally.found.tried > 0) == ([], True)


def test_by_all_rules_terms_beside_their_year_give_nothing_away():
    found = by_terms(*country_of(260), RULES)
    assert (found.misread, found.leaks, found.tried > 0) == ([], [], True)


few = st.one_of(st.integers(0, 12), st.integers(0, 60))


@settings(max_examples=60)
@given(st.lists(st.tuples(few, few, few), min_size=3, max_size=5), st.integers(1, 3), st.sampled_from([0, 0, 4, 12]))
def test_of_no_small_country_is_a_sentence_of_the_rule_broken_or_a_number_given_away(sizes, schools, twice):
    """To anybody and to each hub, the numbers in no table too: those not in a category, and those not of a hub."""
    assume(any(map(any, sizes)))
    out, true, _ = released(of_sizes(sizes, schools, twice), when="k")
    assert breaches(out.published, true) == []
    for hubs in ([], *([hub] for hub in true.hubs)):
        found = judge.by_hubs([out], {"k": true}, *hubs)
        assert (found.misread, found.leaks) == ([], [])


@settings(max_examples=25)
@given(st.lists(st.tuples(few, few, few), min_size=3, max_size=4), st.sampled_from([0, 0, 4]), st.integers(0, 999))
def test_of_no_small_country_two_releases_that_differ_by_one_child_give_a_number_away(sizes, twice, chance):
    """To anybody, the hub of the child and another that know of one child more or less."""
    # of a country with a single child less there is nobody to hide among
    assume(sum(map(sum, sizes)) > 30)
    found = by_difference(of_sizes(sizes, 2, twice), Random(chance), RULES)
    assert (found.misread, found.leaks) == ([], [])


def of_sizes(sizes, schools, twice):
    """A country of so many girls, boys and others in each hub; so many of its first children came to the last hub too."""
    hubs = HUBS[: len(sizes)]
    children = [
        Child((Row(hub, number % schools, {"sex": sex}),))
        for hub, row in zip(hubs, sizes, strict=True)
        for sex, size in zip(CATEGORIES["sex"], row, strict=True)
        for number in range(size)
    ]
    for number, child in enumerate(children[:twice]):
        if child.rows[0].hub != hubs[-1]:
            children[number] = Child((*child.rows, replace(child.rows[0], hub=hubs[-1])))
    return Country(hubs, ("sex",), tuple(children))


@pytest.mark.parametrize("number", [186008696, 70369072])
def test_a_child_of_a_category_that_the_later_release_leaves_out_misleads_no_reader(number):
    tally = attack(number)
    assert (tally.wrong, tally.found.tried > 0) == ([], True)


def test_what_an_earlier_release_shows_closely_is_given_by_that_one_and_the_later_hides_it_for_all_that():
    # the country's total: a child more would tell it by its rounding
    tally = attack(208444124)
    assert tally.wrong == []
    assert {leak.name for leak in tally.found.given} == {("k+1", "all")}


def test_every_rule_has_a_country_that_needs_it():
    assert set(Rule) == {*NEEDS, Rule.GATE, Rule.EARLIER}


@pytest.mark.parametrize(("rule", "number"), NEEDS.items(), ids=str)
def test_without_a_rule_its_sentence_is_broken(rule, number):
    made, rng = country_of(number)
    # without the gate as well, which hides much of what the sentence would have
    broken = alone(made, rng, RULES - {rule, Rule.GATE}, with_guesses=False).breaches
    assert str(rule) in {name for name, _ in broken}
    assert str(rule) not in {name for name, _ in alone(made, rng, RULES - {Rule.GATE}, with_guesses=False).breaches}


def test_without_the_gate_a_hub_gets_a_number_of_another():
    made, rng = country_of(WITHOUT_GATE)
    assert alone(made, rng, RULES - {Rule.GATE}, with_guesses=False).found.by_reader["hub"]


def test_without_a_look_at_earlier_releases_the_difference_gives_a_number_away():
    assert by_difference(*country_of(WITHOUT_EARLIER), RULES - {Rule.EARLIER}).by_reader["differencer"]


def test_with_all_rules_off_every_small_number_is_read():
    assert share_of_small_recovered((country_of(number)[0] for number in range(1, 6)), frozenset()) == 1


@pytest.mark.parametrize("make", [one_send_child, all_but_one, a_category_of_one_hub], ids=lambda make: make.__name__)
def test_hiding_small_numbers_beside_exact_totals_gives_them_all_away(make):
    assert share_of_small_recovered([make(Random(4))], {Rule.SMALL}) == 1


def test_what_is_out_is_within_two_of_what_was_counted():
    """Numbers are rounded to five and moved no further, in the countries that a rule forgets first."""
    compared = 0
    for made in worst(country_of(1)[1]):
        out, true, _ = released(made, when="k", rules=RULES - {Rule.GATE})
        for place, cell in out.published.cells.items():
            if place[0] == "country" and not isinstance(cell, str):
                compared += 1
                assert abs(cell - true.national[place[1], place[2]].count) <= 2, (made.name, place)
    assert compared > 10


def test_of_a_country_as_large_as_the_programme_nearly_every_national_number_is_out_and_true():
    """At least 95 in 100 of the country's own numbers, and of those of children none further than two from the truth."""
    made = as_large_as_the_programme(Random(1))
    found = counts(made)
    shown = {spot: cell for spot, cell in protected(truth(made, found)).shown.items() if not is_of_a_hub(spot, made)}
    assert len(shown) > 150
    assert sum(not cell.symbol for cell in shown.values()) >= 0.95 * len(shown)
    assert abs(shown[tables.CHILDREN, ALL, ""].value - found.total.count) <= 2
    compared = [
        abs(shown[tables.by(dimension), category, ""].value - count.count) <= 2
        for (dimension, category), count in found.national.items()
        if not shown[tables.by(dimension), category, ""].symbol
    ]
    assert all(compared)
    assert len(compared) > 40


def is_of_a_hub(spot, made):
    return spot[1] in made.hubs
