"""What was answered, as it leaves: of whom a number is, how coarse it is, and what is left for who subtracts."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest

from evaluation.disclosure.answers import protected_answers
from evaluation.disclosure.rules import RULES, Rule
from evaluation.disclosure.truth import Counted, Truth
from evaluation.figures.answers import answers
from evaluation.menu.tables import ALL, change_of
from outcomes.measures.shipped import NEWEST
from outcomes.queries.sheets import Answered

SLUGS = {1: "leeds", 2: "liverpool", 3: "lambeth", 4: "newcastle", 5: "nottingham"}
ENJOYMENT = change_of("music", "enjoyment")


def people(rng, sizes):
    return [
        Answered(
            f"{pk} {at}",
            pk,
            100 * pk + rng.randrange(schools),
            {"enjoyment": Fraction(rng.randint(3, 12))},
            {"enjoyment": Fraction(rng.randint(3, 12))},
            None,
            {},
        )
        for pk, (many, schools) in sizes.items()
        for at in range(many)
    ]


def released(said, rules=RULES):
    truth = Truth(Counted(0), Counted(0), {}, (), answers=dict(answers(NEWEST["music"], said, SLUGS)))
    return dict(protected_answers(truth, rules))


def test_a_hub_of_nine_and_a_hub_of_one_school_are_hidden():
    shown = released(people(Random(1), {1: (9, 3), 2: (40, 1), 3: (10, 10), 4: (40, 4), 5: (40, 4)}))
    hidden = {row for (table, row, column), one in shown.items() if one.symbol == "c" and column == "change"}
    assert hidden == {"leeds", "liverpool"}


def test_the_country_is_hidden_with_fewer_than_three_hubs_in_it():
    shown = released(people(Random(1), {1: (40, 3), 2: (40, 3), 3: (9, 3)}))
    assert shown[ENJOYMENT, ALL, "change"].symbol == "c"


def test_where_no_hub_has_enough_the_country_is_not_said_to_have_none():
    shown = released(people(Random(1), {1: (9, 3), 2: (40, 1)}))
    assert {shown[ENJOYMENT, ALL, column].symbol for column in ("both", "before", "change")} == {"c"}


def test_who_answered_is_rounded_to_ten_and_means_to_one_place():
    shown = released(people(Random(1), {1: (44, 4), 2: (46, 4), 3: (40, 4)}))
    assert [shown[ENJOYMENT, slug, "both"].value for slug in ("leeds", "liverpool", "lambeth", ALL)] == [
        40,
        50,
        40,
        130,
    ]
    assert all(one.value is None or one.value == round(one.value, 1) for one in shown.values())


@pytest.mark.parametrize("seed", range(60))
def test_whoever_subtracts_what_they_know_is_left_with_ten_of_two_schools(seed):
    """The public, and each hub with its own answers to the last digit: the whole less any rows is of nobody, or ten."""
    rng = Random(seed)
    sizes = {pk: (rng.randint(0, 25), rng.randint(1, 4)) for pk in SLUGS}
    said = people(rng, sizes)
    shown = released(said)
    if (ENJOYMENT, ALL, "change") not in shown or shown[ENJOYMENT, ALL, "change"].symbol:
        return
    many = Counter(SLUGS[one.programme_id] for one in said)
    within = {slug for slug in many if not shown[ENJOYMENT, slug, "change"].symbol}
    for known in [set(), *({slug} for slug in SLUGS.values())]:
        # every set of rows that a reader may take from the whole
        left = within - known
        assert all(many[slug] >= 10 for slug in left)
        assert len(left) >= 2


def test_with_the_rule_switched_off_a_hub_of_one_child_says_what_it_answered():
    """The rule is what hides: without it a single child's answers stand there."""
    said = people(Random(4), {1: (1, 1), 2: (40, 4), 3: (40, 4), 4: (40, 4)})
    shown = released(said, RULES - {Rule.MEANS})
    only = next(one for one in said if one.programme_id == 1)
    assert shown[ENJOYMENT, "leeds", "before"].value == only.before["enjoyment"]
