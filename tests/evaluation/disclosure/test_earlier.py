"""Releases beside each other: of one period, and of a year and its terms."""

from decimal import Decimal

from evaluation.disclosure.protection import Earlier, protected
from evaluation.disclosure.rules import RULES, Rule, Shown
from tests.evaluation.disclosure.test_gate import Reading
from tests.factories.disclosure import Pupil, pupils, truth

SIZES = {"a": {"F": 40, "M": 33}, "b": {"F": 28, "M": 41}, "c": {"F": 52, "M": 37}, "d": {"F": 24, "M": 31}}
INSIDE = "programmes_by_sex"


def of(sizes, **options):
    return protected(truth(pupils(sizes), sizes, ["sex"]), **options)


def more(sizes, hub, category, by):
    return {**sizes, hub: {**sizes[hub], category: sizes[hub][category] + by}}


def after(sizes, *shown, term="", **options):
    return of(sizes, earlier=[Earlier(term, number, one.shown) for number, one in enumerate(shown, 1)], **options)


def test_the_same_truth_again_is_the_same_release():
    first = of(SIZES)
    assert after(SIZES, first).shown == first.shown


def test_a_number_that_an_earlier_release_hides_is_shown_again_once_ten_more_are_in_it():
    first = of(more(SIZES, "a", "M", 9 - 33))
    for count, shown in ((10, Shown(symbol="c")), (22, Shown(symbol="c")), (30, Shown(30))):
        second = after(more(SIZES, "a", "M", count - 33), first)
        assert second.shown[INSIDE, "a", "M"] == shown, count
    alone = of(more(SIZES, "a", "M", 10 - 33))
    assert alone.shown[INSIDE, "a", "M"] == Shown(10)


def test_without_the_rule_of_earlier_releases_it_would_be_shown():
    first = of(more(SIZES, "a", "M", 9 - 33))
    second = after(more(SIZES, "a", "M", 10 - 33), first, rules=RULES - {Rule.EARLIER})
    assert second.shown[INSIDE, "a", "M"] == Shown(10)


def test_a_number_that_became_small_is_not_pinned_by_the_one_shown_before():
    first = of(more(SIZES, "a", "M", 10 - 33))
    second = after(more(SIZES, "a", "M", 9 - 33), first)
    # shown as 10 before, so 10 to 12: who knows that one went would have it; the table does not leave
    assert (INSIDE, "a", "M") not in second.shown
    assert second.evidence["withheld"][INSIDE] == "earlier release"
    assert second.shown["children", "all", ""].value is not None


def test_a_category_that_is_empty_now_does_not_tell_that_it_was_one_child():
    children = [*pupils(SIZES), Pupil(("a",), {"sex": "none"})]
    first = protected(truth(children, SIZES, ["sex"]))
    assert first.shown["children_by_sex", "none", ""] == Shown(symbol="c")
    second = after(SIZES, first)
    assert not any(table == "children_by_sex" for table, _, _ in second.shown)


def test_the_evidence_counts_the_releases_it_was_checked_with():
    first = of(SIZES)
    second = after(SIZES, first)
    assert (first.evidence["earlier"], second.evidence["earlier"]) == (0, 1)
    assert after(SIZES, first, second).evidence["earlier"] == 2


def test_a_term_and_its_year_are_read_together_and_two_terms_are_not():
    autumn = of(SIZES, term="autumn")
    out = [Earlier("autumn", 1, autumn.shown)]
    assert of(SIZES, term="spring", earlier=out).evidence["earlier"] == 0
    assert of(SIZES, earlier=out).evidence["earlier"] == 1


def test_a_hidden_number_of_the_year_is_not_told_by_its_terms():
    small = more(SIZES, "a", "M", 9 - 33)
    terms = [Earlier(term, 1, of(small, term=term).shown) for term in ("autumn", "spring", "summer")]
    year = of(small, earlier=terms)
    assert year.shown[INSIDE, "a", "M"] == Shown(symbol="c")
    assert year.evidence["fewest_values"] >= 5


def test_numbers_come_back_from_the_database_as_decimals():
    first = of(SIZES)
    stored = {spot: Shown(Decimal(cell.value), "") if cell.value else cell for spot, cell in first.shown.items()}
    assert protected(truth(pupils(SIZES), SIZES, ["sex"]), earlier=[Earlier("", 1, stored)]).shown == first.shown


def grown(sizes, by=20):
    return {hub: {category: count + by for category, count in own.items()} for hub, own in sizes.items()}


def test_every_hub_is_tried_although_all_of_them_have_changed():
    small = {
        "a": {"F": 34, "M": 28, "none": 5},
        "b": {"F": 11, "M": 16, "none": 5},
        "c": {"F": 2, "M": 18},
        "d": {"F": 10, "M": 19},
    }
    for first in (of(grown(small)), of(more(more(small, "a", "F", 20), "b", "F", 20))):
        second = after(small, first)
        assert second.evidence["readers"] == 4
        reading = [Reading(second.shown, truth(pupils(small), small, ["sex"]), "sex", hub) for hub in small]
        assert [one.recovered() for one in reading] == [[], [], [], []]


def test_who_remembers_children_of_two_hubs_is_tried_although_there_are_none_now():
    both = [Pupil((one, other), {"sex": "F"}, n % 3) for one, other in ("ab", "bc", "ca") for n in range(12)]
    first = protected(truth([*pupils(SIZES), *both], SIZES, ["sex"]))
    assert first.shown["children", "twice", ""].value
    assert after(SIZES, first).evidence["readers"] == len(SIZES)
    # nor does it matter that the earlier one is of a time when it was not said how many there are
    silent = {spot: shown for spot, shown in first.shown.items() if spot != ("children", "twice", "")}
    assert of(SIZES, earlier=[Earlier("", 1, silent)]).evidence["readers"] == len(SIZES)


def test_a_release_follows_one_that_was_cut_before_any_programme_was_written_down():
    nobody = of({})
    assert after(SIZES, nobody).shown == of(SIZES).shown
    assert after({}, of(SIZES)).shown["children", "all", ""] == Shown(0)
