"""One country after the other, by the portal's rules, before every reader."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from evaluation.disclosure.rules import RULES, Rule
from tests.attack import judge
from tests.attack.breaches import breaches
from tests.attack.country import TERMS, WORST, YEAR, Country, by_chance, one_less, one_more
from tests.attack.drive.memory import released
from tests.attack.judge import Findings

# how many kinds of attack take turns, since a pair of releases and a year of terms take longer
DIFFERENCE_EVERY, TERMS_EVERY, COLLUSION_EVERY = 4, 20, 4


@dataclass
class Tally:
    """What was tried, and what was found; guesses and hubs that put their numbers together are told, and are no fault."""

    tables: int = 0
    cells: int = 0
    hidden: int = 0
    found: Findings = field(default_factory=Findings)
    breaches: list[tuple[str, str]] = field(default_factory=list)
    guessed: Counter = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Adds what another country showed."""
        self.tables += other.tables
        self.cells += other.cells
        self.hidden += other.hidden
        self.found.add(other.found)
        self.breaches += other.breaches
        self.guessed += other.guessed

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be, the exactly recovered first."""
        leaks = sorted(self.found.leaks, key=lambda leak: not leak.is_recovered)
        return [*self.found.misread, *map(str, leaks), *(f"{rule} broken at {place}" for rule, place in self.breaches)]


def country_of(number: int) -> tuple[Country, Random]:
    """Returns the country of a number, and the chance that goes on from there: one in twenty is a worst case."""
    rng = Random(number)
    made = rng.choice(WORST)(rng) if rng.random() < 0.05 else by_chance(rng)
    return (made, rng) if made.children else country_of(number + 1)


def attack(number: int, rules: Iterable[Rule] = RULES) -> Tally:
    """Returns what readers find in the country of a number; the same number gives the same."""
    rules = frozenset(rules)
    made, rng = country_of(number)
    tally = alone(made, rng, rules, with_guesses=number % COLLUSION_EVERY == 0)
    if number % DIFFERENCE_EVERY == 0:
        tally.found.add(by_difference(made, rng, rules))
    if number % TERMS_EVERY == 0:
        tally.found.add(by_terms(made, rng, rules))
    return tally


def alone(made: Country, rng: Random, rules: frozenset[Rule], *, with_guesses: bool) -> Tally:
    """Returns what anybody, and each hub, finds in one release."""
    out, truth, _ = released(made, when="k", rules=rules)
    outs, truths = [out], {"k": truth}
    cells = out.published.cells
    tally = Tally(1, len(cells), sum(isinstance(cell, str) for cell in cells.values()))
    tally.breaches = breaches(out.published, truth)
    tally.found.add(judge.by_anybody(outs, truths))
    for hub in made.hubs:
        tally.found.add(judge.by_hubs(outs, truths, hub))
    if with_guesses:
        together = judge.by_hubs(outs, truths, *rng.sample(made.hubs, 2))
        guesses = judge.by_guessing(outs, truths)
        tally.guessed["tried"] += guesses.tried
        tally.guessed["right"] += len(guesses.recovered)
        tally.guessed["together"] += len(together.leaks)
        tally.found.misread += together.misread
    return tally


def by_difference(made: Country, rng: Random, rules: frozenset[Rule]) -> Findings:
    """Returns what is found by who knows that a second release counts one child more or less."""
    sign = rng.choice((1, -1))
    changed = one_more(rng, made) if sign > 0 else one_less(rng, made)
    before, was, earlier = released(made, when="k", rules=rules)
    after, now, _ = released(changed, when="k+1", earlier=[earlier], rules=rules)
    truths, found = {"k": was, "k+1": now}, Findings()
    where = [hub for hub in made.hubs if was.hubs[hub].count != now.hubs[hub].count]
    others = [hub for hub in made.hubs if hub not in where]
    for hub in ("", *where[:1], *rng.sample(others, min(len(others), 1))):
        found.add(judge.by_the_difference(before, after, truths, sign, hub))
    return found


def by_terms(made: Country, rng: Random, rules: frozenset[Rule]) -> Findings:
    """Returns what is found by who lays three terms beside their year."""
    outs, truths, earlier = [], {}, []
    for term in (*TERMS, YEAR):
        out, truth, one = released(made, term, earlier=earlier, rules=rules)
        outs.append(out)
        truths[out.when] = truth
        earlier.append(one)
    found = judge.by_terms(outs, truths)
    found.add(judge.by_terms(outs, truths, rng.choice(made.hubs)))
    return found


def share_of_small_recovered(countries: Iterable[Country], rules: Iterable[Rule]) -> float:
    """Returns the share of numbers of 1 to 9 children that anybody has back exactly, of releases by these rules."""
    small = recovered = 0
    for made in countries:
        out, truth, _ = released(made, when="k", rules=rules)
        found = judge.by_anybody([out], {"k": truth})
        if found.misread:
            raise AssertionError(found.misread)
        small += found.small
        recovered += found.recovered_small()
    return recovered / small if small else 0.0
