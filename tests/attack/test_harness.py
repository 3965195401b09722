"""The harness on tables with known answers: it finds what there is to find, no more, and takes nothing false for certain."""

from random import Random

import pytest

from tests.attack import judge
from tests.attack.breaches import breaches
from tests.attack.country import (
    CATEGORIES,
    HUBS,
    TERMS,
    Child,
    Count,
    Country,
    Counts,
    Row,
    by_chance,
    counts,
    one_more,
)
from tests.attack.published import Published, Text
from tests.attack.readers import Out, by_one_child, known_to_anybody, terms_of_a_year, with_own
from tests.attack.system import Contradiction, Range, System

EXACT = Text(base=1, smallest=1)


def system(**bounds):
    made = System()
    for name, (low, high) in bounds.items():
        made.unknown((name,), low, high)
    return made


def test_two_hidden_numbers_of_a_known_sum_have_what_the_sum_leaves_them():
    made = system(a=(1, 99), b=(1, 99))
    made.bind({("a",): 1, ("b",): 1}, 4, 4)
    assert made.ranges([("a",), ("b",)]) == {("a",): Range(1, 3), ("b",): Range(1, 3)}


def test_a_lone_hidden_number_is_the_rest():
    made = system(a=(1, 99), b=(7, 7))
    made.bind({("a",): 1, ("b",): 1}, 10, 10)
    assert made.ranges([("a",)]) == {("a",): Range(3, 3)}


def test_of_a_number_with_enough_values_no_further_is_asked():
    assert system(a=(0, 1000)).ranges([("a",)])[("a",)].width >= 5


def test_what_cannot_be_is_said():
    made = system(a=(0, 3))
    made.bind({("a",): 1}, 5, 5)
    with pytest.raises(Contradiction):
        made.ranges([("a",)])


def test_what_the_truth_breaks_is_named():
    made = system(a=(0, 3), b=(0, 3))
    made.bind({("a",): 1, ("b",): 1}, 5, 5)
    assert made.broken_by({("a",): 2, ("b",): 3}) == []
    assert len(made.broken_by({("a",): 4, ("b",): 3})) == 2


@pytest.mark.parametrize(
    ("text", "cell", "bounds"),
    [
        (Text(), 0, (0, 0)),
        (Text(), 10, (10, 12)),
        (Text(), 15, (13, 17)),
        (Text(smallest=1), 0, (0, 2)),
        (Text(smallest=1), 5, (3, 7)),
        (EXACT, 7, (7, 7)),
        (Text(), "c", (1, 100_000)),
    ],
)
def test_a_cell_says_what_the_rule_lets_it_say(text, cell, bounds):
    assert text.bounds(cell) == bounds


def children(hub, school=0, /, **traits):
    return Child((Row(hub, school, traits),))


def country(*people, dimensions=("sex",)):
    return Country(tuple(dict.fromkeys(child.rows[0].hub for child in people)), dimensions, people)


def naive(made, hides=lambda count: 0 < count < 10):
    """Returns a release with exact totals that hides what is small, and its truth: the rule that everybody tries first."""
    return naive_of(made, "", hides)


def naive_of(made, term, hides=lambda count: 0 < count < 10):
    found = counts(made, term)

    def shown(count):
        return "c" if hides(count) else count

    national = {place: shown(count.count) for place, count in found.national.items()}
    inside = {
        (dimension, hub, category): shown(found.inside.get((dimension, hub, category), Count()).count)
        for dimension, category in national
        for hub in made.hubs
    }
    hubs = {hub: count.count for hub, count in found.hubs.items()}
    return Published(found.total.count, found.twice.count, hubs, national, inside), found


def test_what_is_exact_and_whole_but_for_one_cell_gives_that_cell_away():
    made = country(
        *[children("leeds", sex="F")] * 20, *[children("leeds", sex="M")] * 3, *[children("hull", sex="F")] * 9
    )
    published, truth = naive(made)
    found = judge.by_anybody([Out("k", published, EXACT)], {"k": truth})
    recovered = {leak.name[1:]: leak.range.low for leak in found.recovered}
    assert recovered["country", "sex", "M"] == recovered["inside", "sex", "leeds", "M"] == 3
    assert found.misread == []


def test_an_insider_finds_what_others_do_not():
    published = Published(50, 0, {"leeds": "c", "hull": 45}, {}, {})
    truth = counts(country(*[children("leeds", sex="F")] * 5, *[children("hull", sex="M")] * 45))
    outs = [Out("k", published)]
    assert judge.by_anybody(outs, {"k": truth}).recovered == []
    outs = [Out("k", published, EXACT)]
    (leak,) = [
        leak for leak in judge.by_hubs(outs, {"k": truth}, "hull").recovered if leak.name == ("k", "hub", "leeds")
    ]
    assert leak.truth == 5


def test_a_share_of_true_numbers_gives_away_what_is_hidden():
    """Nine of sixty is 15 per cent, and nothing else that is hidden is."""
    people = [*[children("leeds", sex="F")] * 9, *[children("hull", sex="M")] * 51]
    truth = counts(country(*people))
    cells = {"total": 60, "twice": 0, "hubs": {"leeds": "c", "hull": "c"}, "inside": {}}
    hidden = {("sex", "F"): "c", ("sex", "M"): "c"}
    without = Published(national=hidden, **cells)
    beside = Published(national=hidden, shares={("sex", "F"): 15}, **cells)
    text = Text(base=1, smallest=10, shares="true")
    assert judge.by_anybody([Out("k", without, text)], {"k": truth}).recovered == []
    found = judge.by_anybody([Out("k", beside, text)], {"k": truth})
    assert ("k", "country", "sex", "F") in {leak.name for leak in found.recovered}


def test_a_share_of_rounded_numbers_beside_a_hidden_one_narrows_it():
    people = [*[children("leeds", sex="F")] * 9, *[children("hull", sex="M")] * 51]
    cells = {"total": 60, "twice": 0, "hubs": {"leeds": "c", "hull": "c"}, "inside": {}}
    hidden = {("sex", "F"): "c", ("sex", "M"): "c"}
    found = judge.by_anybody(
        [Out("k", Published(national=hidden, shares={("sex", "F"): 17}, **cells))], {"k": counts(country(*people))}
    )
    assert found.leaks == []  # 8 to 12: five values, but not one more
    assert found.misread == []


def test_two_releases_that_differ_by_one_child_give_away_what_each_hides():
    """Nine are hidden and ten are shown: who knows that one child came is left with nine to twelve."""
    before = country(*[children("leeds", sex="F")] * 9, *[children("hull", sex="M")] * 40)
    after = country(*[children("leeds", sex="F")] * 10, *[children("hull", sex="M")] * 40)
    outs = [
        Out("k", Published("c", 0, {"leeds": "c", "hull": "c"}, {("sex", "F"): "c", ("sex", "M"): "c"}, {})),
        Out("k+1", Published("c", 0, {"leeds": "c", "hull": "c"}, {("sex", "F"): 10, ("sex", "M"): "c"}, {})),
    ]
    truths = {"k": counts(before), "k+1": counts(after)}
    assert judge.by_anybody(outs, truths).recovered == []
    found = judge.by_the_difference(*outs, truths, 1)
    left = {leak.name: leak.range for leak in found.leaks}
    assert left["k", "country", "sex", "F"] == Range(9, 12)


def test_one_child_in_a_place_where_nobody_was_is_one():
    before = country(*[children("leeds", sex="M")] * 20, *[children("hull", sex="M")] * 40)
    after = country(*before.children, children("hull", sex="F"))
    outs = [
        Out("k", Published(60, 0, {"leeds": "c", "hull": "c"}, {("sex", "F"): 0, ("sex", "M"): 60}, {})),
        Out("k+1", Published(60, 0, {"leeds": "c", "hull": "c"}, {("sex", "F"): "c", ("sex", "M"): 60}, {})),
    ]
    found = judge.by_the_difference(*outs, {"k": counts(before), "k+1": counts(after)}, 1)
    assert ("k+1", "country", "sex", "F") in {leak.name for leak in found.recovered}


def test_terms_beside_the_year_give_away_a_hidden_none():
    made = country(*[children("leeds", sen="N")] * 20, *[children("hull", sen="K")] * 40, dimensions=("sen",))
    hubs, national = {"leeds": "c", "hull": 40}, {("sen", "N"): "c", ("sen", "K"): "c"}
    year = Published("c", 0, hubs, national, {("sen", "hull", "N"): 0})
    spring = Published("c", 0, hubs, national, {("sen", "hull", "N"): "c"})
    truths = {"year": counts(made), "spring": counts(made, "spring")}
    outs = [Out("year", year), Out("spring", spring, term="spring")]
    assert judge.by_anybody(outs[1:], {"spring": truths["spring"]}).recovered == []
    assert ("spring", "inside", "sen", "hull", "N") in {leak.name for leak in judge.by_terms(outs, truths).recovered}


def simulated(rng, hubs=6, groups=3):
    """A table of hubs by groups with counts of eight on average, as the experiment of the rule's authors had it."""
    people = []
    for hub in HUBS[:hubs]:
        for group in CATEGORIES["sex"][:groups]:
            people += [children(hub, sex=group)] * round(rng.gammavariate(1, 8))
    return Country(HUBS[:hubs], ("sex",), tuple(people))


def test_hiding_below_five_beside_exact_totals_leaks_four_fifths_of_what_is_hidden():
    """79 per cent of the hidden counts of a table of six by three came back in the published experiment."""
    rng, small, recovered = Random(5), 0, 0
    for _ in range(12):
        published, truth = naive(simulated(rng), lambda count: 0 < count < 5)
        found = judge.by_anybody([Out("k", published, EXACT)], {"k": truth})
        inside = [leak for leak in found.recovered if leak.name[1] == "inside" and leak.truth < 5]
        small += sum(0 < count.count < 5 for count in truth.inside.values())
        recovered += len(inside)
    assert 0.65 < recovered / small < 0.93, f"{recovered} of {small}"


@pytest.mark.parametrize("seed", range(8))
def test_the_true_numbers_are_possible_for_every_reader(seed):
    """A reader who believed something false would find less than there is."""
    made = by_chance(Random(seed))
    more = one_more(Random(seed), made)
    (before, was), (after, now) = (naive(each) for each in (made, more))
    outs, truths = [Out("k", before, EXACT), Out("k+1", after, EXACT)], {"k": was, "k+1": now}
    system = known_to_anybody(outs)
    for hub in made.hubs[:2]:
        with_own(system, "k", hub, was)
    by_one_child(system, "k", "k+1", 1)
    truth = judge.true_values(system, truths)
    assert system.broken_by(judge.with_changes(truth, system, "k", "k+1", 1)) == []


@pytest.mark.parametrize("seed", range(8))
def test_the_true_numbers_of_terms_are_possible(seed):
    made = by_chance(Random(seed))
    both = {term or "year": naive_of(made, term) for term in ("", *TERMS)}
    outs = [Out(when, published, EXACT, "" if when == "year" else when) for when, (published, _) in both.items()]
    system = known_to_anybody(outs)
    terms_of_a_year(system, outs)
    assert system.broken_by(judge.true_values(system, {when: truth for when, (_, truth) in both.items()})) == []


def test_a_reader_who_is_told_something_false_is_reported():
    made = country(*[children("leeds", sex="F")] * 12)
    published, truth = naive(made)
    wrong = Published(13, published.twice, published.hubs, published.national, published.inside)
    assert judge.by_anybody([Out("k", wrong, EXACT)], {"k": truth}).misread


def test_what_a_sentence_of_the_rule_hides_is_named():
    people = [
        *[children("leeds", sex="F")] * 4,
        *[children("leeds", 1, sex="M")] * 38,
        *[children("hull", sex="M")] * 20,
    ]
    made = country(*people)
    published, truth = naive(made, lambda count: False)
    assert set(breaches(published, truth)) >= {
        ("small", "country/sex/F"),
        ("complement", "inside/sex/leeds/M"),
        ("hubs", "all"),
        ("schools", "hub/hull"),
        ("rounding", "country/sex/M"),
    }


def test_one_more_child_is_one_more():
    rng = Random(3)
    made = by_chance(rng)
    assert counts(one_more(rng, made)).total.count == counts(made).total.count + 1


def test_a_child_of_two_hubs_is_counted_once_and_in_both():
    row = Row("leeds", 0, {"sex": "F"})
    made = Country(("leeds", "hull"), ("sex",), (Child((row, Row("hull", 0, {"sex": "none"}))),))
    found: Counts = counts(made)
    assert (found.total.count, found.twice.count, found.hubs["leeds"].count, found.hubs["hull"].count) == (1, 1, 1, 1)
    assert found.national["sex", "none"].count == 1
    assert ("sex", "F") not in found.national
