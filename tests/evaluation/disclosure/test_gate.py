"""The gate of IH-SDC 1, attacked by a method of its own: flows through a network, on countries nobody chose."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluation.disclosure.protection import protected
from evaluation.disclosure.rules import RULES, Rule
from tests.factories.disclosure import Pupil, pupils, truth

FEWEST = 5
CATEGORIES = ("white", "mixed", "asian", "black")
PLENTY = 400


def is_flow(edges, size):
    """Whether a circulation keeps within the bounds of its edges (from, to, least, most); by augmenting paths."""
    if any(least > most for _, _, least, most in edges):
        return False
    capacity = [{} for _ in range(size + 2)]
    source, sink, wanted = size, size + 1, 0
    for start, end, least, most in edges:
        for one, other, more in ((start, end, most - least), (source, end, least), (start, sink, least)):
            capacity[one][other] = capacity[one].get(other, 0) + more
            capacity[other].setdefault(one, 0)
        wanted += least
    sent = 0
    while path := way(capacity, source, sink):
        step = min(capacity[one][other] for one, other in path)
        for one, other in path:
            capacity[one][other] -= step
            capacity[other][one] += step
        sent += step
    return sent == wanted


def way(capacity, source, sink):
    """The shortest way with room left, edge by edge from its end; nothing where there is none."""
    before, queue = {source: source}, [source]
    for node in queue:
        for other, left in capacity[node].items():
            if left > 0 and other not in before:
                before[other] = node
                queue.append(other)
    path, node = [], sink
    while node != source and sink in before:
        path.append((before[node], node))
        node = before[node]
    return path


class Reading:
    """What is out of one dimension, as a hub reads it (or the public: no hub): a network from hubs to categories."""

    def __init__(self, shown, true, dimension, hub=None, *, overlap=True):
        self.shown, self.true, self.hub, self.overlap = shown, true, hub, overlap
        self.one_way, self.two_way = f"children_by_{dimension}", f"programmes_by_{dimension}"
        self.hubs = sorted(true.hubs)
        (self.spread,) = [spread for spread in true.spreads if spread.dimension == dimension]
        self.there = sorted(category for category, counted in self.spread.national.items() if counted.count)

    def bounds(self, spot):
        table, row, column = spot
        if self.hub is not None and row == self.hub and table in {self.two_way, "children_by_programme"}:
            exact = self.spread.inside[row, column] if column else self.true.hubs[row]
            return exact.count, exact.count
        cell = self.shown.get(spot)
        if cell is None or cell.symbol:
            return 0, PLENTY
        least = max(10, cell.value - 2) if cell.value else 0
        return least, cell.value + 2 if cell.value else 0

    def edges(self):
        start, crossing = 0, 1
        hubs = {hub: 2 + number for number, hub in enumerate(self.hubs)}
        groups = {one: 2 + len(hubs) + number for number, one in enumerate(self.there)}
        whole = 2 + len(hubs) + len(groups)
        found = {("children", "all", ""): (whole, start)}
        found |= {("children_by_programme", hub, ""): (start, node) for hub, node in hubs.items()}
        found |= {(self.two_way, h, c): (at, to) for h, at in hubs.items() for c, to in groups.items()}
        found |= {(self.one_way, one, ""): (node, whole) for one, node in groups.items()}
        found[("children", "twice", "")] = (crossing, start)
        between = [(node, crossing, 0, PLENTY if self.overlap else 0) for node in groups.values()]
        return found, between, whole + 1

    def can_be(self, cell, value):
        found, between, size = self.edges()
        bounds = {spot: (value, value) if spot == cell else self.bounds(spot) for spot in found}
        return is_flow([(*ends, *bounds[spot]) for spot, ends in found.items()] + between, size)

    def values(self, cell):
        """How many values a cell can have, as far as five: those of a flow have no gaps."""
        true = self.count(cell)
        found = int(self.can_be(cell, true))
        for step in (1, -1):
            value = true + step
            while found < FEWEST and value >= 0 and self.can_be(cell, value):
                found, value = found + 1, value + step
        return found

    def count(self, cell):
        table, row, column = cell
        if table == "children":
            return (self.true.total if row == "all" else self.true.twice).count
        if table == "children_by_programme":
            return self.true.hubs[row].count
        return (self.spread.national[row] if table == self.one_way else self.spread.inside[row, column]).count

    def is_known(self, cell):
        """Whether it is the reader's own, or made up of their own children."""
        table, row, _ = cell
        if self.hub is None:
            return False
        if table in {self.two_way, "children_by_programme"}:
            return row == self.hub
        counted = {"children": self.true.total}.get(table) or self.spread.national[row]
        return cell[1] != "twice" and counted.by_hub.get(self.hub, 0) == counted.count

    def recovered(self):
        cells = [cell for cell in self.edges()[0] if cell in self.shown and self.shown[cell].symbol]
        return [cell for cell in cells if not self.is_known(cell) and self.values(cell) < FEWEST]


def country(sizes, dimension="ethnicity", twice=0):
    """A truth of hubs in these categories, some of the children at the next hub too."""
    hubs = [f"hub-{number:02}" for number in range(len(sizes))]
    table = {hub: dict(zip(CATEGORIES, row, strict=False)) for hub, row in zip(hubs, sizes, strict=True)}
    children = pupils(table, dimension)
    for number, child in enumerate(children[:twice]):
        other = hubs[(hubs.index(child.hubs[0]) + 1) % len(hubs)]
        children[number] = Pupil((*child.hubs, other), child.traits, child.school)
    return truth(children, hubs, [dimension])


few = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 70))
countries = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(few, min_size=width, max_size=width), min_size=3, max_size=6)
)


@settings(max_examples=60, deadline=None)
@given(countries, st.sampled_from([0, 0, 3, 14]))
def test_every_hidden_number_keeps_five_values_for_everybody(sizes, twice):
    true = country(sizes, twice=twice)
    shown = protected(true).shown
    for hub in (None, *true.hubs):
        assert Reading(shown, true, "ethnicity", hub).recovered() == [], hub


@settings(max_examples=30, deadline=None)
@given(countries)
def test_nor_has_anybody_it_back_who_counts_each_child_in_one_hub_alone(sizes):
    true = country(sizes)
    shown = protected(true).shown
    for hub in (None, *true.hubs):
        assert Reading(shown, true, "ethnicity", hub, overlap=False).recovered() == [], hub


@pytest.mark.parametrize("hubs", [10, 12])
def test_twelve_hubs_many_of_them_small_keep_five_values(hubs):
    chance = random.Random(hubs)
    true = country([[chance.choice((0, 3, 8, 15, 40)) for _ in range(3)] for _ in range(hubs)])
    shown = protected(true).shown
    for hub in (None, *true.hubs):
        assert Reading(shown, true, "ethnicity", hub).recovered() == [], hub


def test_without_the_gate_there_is_something_to_recover():
    chance = random.Random(5)
    leaks = 0
    for _ in range(60):
        true = country([[chance.choice((0, 2, 9, 11, 16)) for _ in range(3)] for _ in range(4)])
        shown = protected(true, rules=RULES - {Rule.GATE}).shown
        leaks += sum(len(Reading(shown, true, "ethnicity", hub, overlap=False).recovered()) for hub in true.hubs)
    assert leaks > 0


WORST = {
    "one child with a plan in the country": [[40, 20, 0], [35, 14, 1], [50, 11, 0], [33, 17, 0]],
    "all but one of each hub": [[40, 1], [39, 1], [52, 1], [61, 1]],
    "a hub of three children": [[40, 20], [38, 21], [2, 1], [44, 30]],
    "one hub": [[30, 4, 12]],
    "two hubs": [[30, 4, 12], [20, 9, 30]],
    "nobody": [[0, 0], [0, 0], [0, 0]],
    "one child": [[1, 0], [0, 0], [0, 0]],
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_countries_keep_five_values(name):
    true = country(WORST[name])
    shown = protected(true).shown
    for hub in (None, *true.hubs):
        for overlap in (True, False):
            assert Reading(shown, true, "ethnicity", hub, overlap=overlap).recovered() == [], (hub, overlap)


def test_a_year_in_which_nobody_came_shows_zeros():
    shown = protected(country(WORST["nobody"])).shown
    assert {spot[0] for spot, cell in shown.items() if cell.value == 0} >= {"children", "children_by_programme"}
    assert not any(cell.symbol == "c" for cell in shown.values())


@settings(max_examples=25, deadline=None)
@given(countries, st.randoms(use_true_random=False))
def test_the_same_truth_is_protected_the_same_whatever_its_order(sizes, chance):
    hubs = [f"hub-{number}" for number in range(len(sizes))]
    children = pupils(
        {hub: dict(zip(CATEGORIES, row, strict=False)) for hub, row in zip(hubs, sizes, strict=True)}, "ethnicity"
    )
    found = protected(truth(children, hubs, ["ethnicity"])).shown
    chance.shuffle(children)
    chance.shuffle(hubs)
    assert protected(truth(children, hubs, ["ethnicity"])).shown == found


@settings(max_examples=25, deadline=None)
@given(countries, st.data())
def test_a_child_more_in_a_hidden_cell_moves_no_number_but_by_five(sizes, data):
    before = protected(country(sizes)).shown
    hidden = [
        (row, spot) for spot, cell in before.items() if cell.symbol and (row := spot[0]) == "programmes_by_ethnicity"
    ]
    assume(hidden)
    _, (_, hub, category) = data.draw(st.sampled_from(hidden))
    sizes[int(hub[-2:])][CATEGORIES.index(category)] += 1
    after = protected(country(sizes)).shown
    for spot in set(before) & set(after):
        if spot[0].startswith(("children", "programmes")) and not before[spot].symbol and not after[spot].symbol:
            assert abs(after[spot].value - before[spot].value) in (0, 5), spot


def test_the_evidence_counts_what_was_tried_and_names_no_hub():
    evidence = protected(country([[40, 6, 3], [35, 14, 1], [50, 11, 0], [33, 17, 0]])).evidence
    assert evidence["rule"] == "IH-SDC 1"
    assert evidence["readers"] == 4
    assert evidence["hidden_by"]["small"] >= 4
    assert evidence["fewest_values"] >= FEWEST
    assert evidence["solves"] > 0
    assert "hub-0" not in str(evidence)
