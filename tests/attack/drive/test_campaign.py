"""By all the rules nobody gets anything; take one rule away, and somebody does."""

from random import Random

import pytest

from evaluation.disclosure.rules import RULES, Rule
from tests.attack.country import a_category_of_one_hub, all_but_one, one_send_child, worst
from tests.attack.drive.campaign import Tally, alone, attack, by_difference, country_of, share_of_small_recovered
from tests.attack.drive.memory import released

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


def test_by_all_rules_two_releases_that_differ_by_one_child_give_nothing_away():
    tally = Tally(found=by_difference(*country_of(WITHOUT_EARLIER), RULES))
    assert (tally.wrong, tally.found.tried > 0) == ([], True)


@pytest.mark.parametrize("number", [186008696, 70369072])
def test_a_child_of_a_category_that_the_later_release_leaves_out_misleads_no_reader(number):
    tally = attack(number)
    assert (tally.wrong, tally.found.tried > 0) == ([], True)


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


def test_the_portal_counts_as_the_harness_does():
    """What is rounded alone is within two of what was counted independently."""
    for made in worst(country_of(1)[1]):
        out, truth, _ = released(made, when="k", rules=RULES - {Rule.GATE})
        for place, cell in out.published.cells.items():
            if place[0] == "country" and not isinstance(cell, str):
                assert abs(cell - truth.national[place[1], place[2]].count) <= 2
