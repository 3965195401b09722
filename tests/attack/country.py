"""A country as plain data: children, their hubs and what they are told apart by; and how many of what there are."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

TERMS = ("autumn", "spring", "summer")
YEAR = ""
STAGES = {"R": "early", "1": "ks1", "2": "ks1", "3": "ks2", "4": "ks2", "5": "ks2", "6": "ks2", "7": "ks3"}
FIFTHS = {str(tenth): f"fifth_{(tenth + 1) // 2}" for tenth in range(1, 11)} | {"none": "none"}
# a finer characteristic: the coarser one, and which category of it each of its own belongs to
NESTED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "year_group": ("key_stage", STAGES),
    "deprivation": ("deprivation_fifth", FIFTHS),
}
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "year_group": tuple(STAGES),
    "deprivation": tuple(FIFTHS),
    "sex": ("F", "M", "none"),
    "pupil_premium": ("yes", "no", "none"),
    "sen": ("N", "K", "E", "none"),
    "eal": ("yes", "no", "none"),
    "ethnicity": ("white", "mixed", "asian", "black", "other", "refused", "none"),
    "joining": ("new", "returning"),
}
# of a hub none and all of these are hidden too, as the rule's text says
SENSITIVE = frozenset({"pupil_premium", "sen", "eal", "ethnicity", "deprivation", "deprivation_fifth"})
HUBS = (
    "liverpool",
    "lambeth",
    "leeds",
    "newcastle",
    "nottingham",
    "telford",
    "norwich",
    "bristol",
    "hull",
    "derby",
    "exeter",
    "luton",
)


@dataclass(frozen=True)
class Row:
    """A child in one hub: its school there, the category by characteristic, and the terms it came in."""

    hub: str
    school: int
    traits: Mapping[str, str]
    terms: frozenset[str] = frozenset(TERMS)


@dataclass(frozen=True)
class Child:
    """A child and its rows; what the country counts it as is what its last row says."""

    rows: tuple[Row, ...]

    def of(self, term: str) -> "Child | None":
        """Returns the child as it came in a term (or the year); None when it did not."""
        rows = tuple(row for row in self.rows if not term or term in row.terms)
        return Child(rows) if rows else None

    def category(self, dimension: str) -> str:
        """Returns what the country counts it as; a child is new who is new everywhere."""
        if dimension == "joining":
            return "returning" if any(row.traits[dimension] == "returning" for row in self.rows) else "new"
        return self.rows[-1].traits[dimension]


@dataclass(frozen=True)
class Country:
    """Hubs, also those that nobody came to; the characteristics of the tables; and the children."""

    hubs: tuple[str, ...]
    dimensions: tuple[str, ...]
    children: tuple[Child, ...]
    name: str = "by chance"


@dataclass
class Count:
    """How many, how many of them each hub knows, and at how many schools."""

    count: int = 0
    by_hub: Counter = field(default_factory=Counter)
    schools: set = field(default_factory=set)

    def add(self, rows: Iterable[Row], times: int = 1) -> None:
        """Counts a child that so many rows stand for."""
        self.count += times
        for row in rows:
            self.by_hub[row.hub] += 1
            self.schools.add((row.hub, row.school))


@dataclass(frozen=True)
class Counts:
    """The truth of a period: each child once, by hub, by category, and by category inside a hub."""

    total: Count
    twice: Count
    hubs: Mapping[str, Count]
    national: Mapping[tuple[str, str], Count]
    inside: Mapping[tuple[str, str, str], Count]


def counts(country: Country, term: str = YEAR) -> Counts:
    """Returns the true numbers of a term, or of the year."""
    total, twice = Count(), Count()
    hubs = {hub: Count() for hub in country.hubs}
    national: dict[tuple[str, str], Count] = defaultdict(Count)
    inside: dict[tuple[str, str, str], Count] = defaultdict(Count)
    for child in filter(None, (one.of(term) for one in country.children)):
        total.add(child.rows)
        if len(child.rows) > 1:
            twice.add(child.rows, len(child.rows) - 1)
        for dimension in country.dimensions:
            national[dimension, child.category(dimension)].add(child.rows)
        for row in child.rows:
            hubs[row.hub].add([row])
            for dimension in country.dimensions:
                inside[dimension, row.hub, row.traits[dimension]].add([row])
    return Counts(total, twice, hubs, national, inside)


def by_chance(rng: Random, most_hubs: int = 12) -> Country:
    """Returns a country nobody chose: three to twelve hubs, many of them and of their categories small."""
    hubs = HUBS[: min(most_hubs, rng.choice((3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 8, 12)))]
    nested = rng.choice((["year_group"], ["year_group"], ["deprivation"], []))
    plain = rng.sample(
        [one for one in CATEGORIES if one not in NESTED], rng.choice((0, 1, 1, 2)) if nested else rng.randint(1, 3)
    )
    finest = [*nested, *plain]
    # a few categories take most children, others one or two
    shape = rng.choice((0.3, 0.6, 1.2))
    weights = {one: [rng.gammavariate(shape, 1) + 1e-3 for _ in CATEGORIES[one]] for one in finest}
    children: list[Child] = []
    for hub in hubs:
        own = {one: [weight * rng.uniform(0.4, 1.6) for weight in weights[one]] for one in finest}
        schools = rng.choice((1, 2, 2, 3, 4, 6))
        children += [Child((row_by_chance(rng, hub, schools, own),)) for _ in range(_size(rng))]
    share = rng.choice((0, 0.02, 0.08))
    children = [in_another(rng, child, hubs) if rng.random() < share else child for child in children]
    dimensions = tuple(each for one in finest for each in ((one, NESTED[one][0]) if one in NESTED else (one,)))
    return Country(hubs, dimensions, tuple(children))


def as_large_as_the_programme(rng: Random) -> Country:
    """Returns a country of every characteristic, with eight hubs of 600 to 3,000 children as the programme has them."""
    hubs = HUBS[:8]
    weights = {one: [rng.gammavariate(2, 1) + 0.05 for _ in found] for one, found in CATEGORIES.items()}
    children: list[Child] = []
    for hub in hubs:
        own = {one: [weight * rng.uniform(0.4, 1.6) for weight in found] for one, found in weights.items()}
        schools = rng.randint(4, 12)
        children += [Child((row_by_chance(rng, hub, schools, own),)) for _ in range(rng.randint(600, 3000))]
    children = [in_another(rng, child, hubs) if rng.random() < 0.01 else child for child in children]
    return Country(hubs, (*CATEGORIES, *(coarse for coarse, _ in NESTED.values())), tuple(children))


def _size(rng: Random) -> int:
    """Many hubs of few children, some of none."""
    return rng.choice((0, rng.randint(1, 9), rng.randint(10, 30), rng.randint(30, 80), rng.randint(60, 250)))


def row_by_chance(rng: Random, hub: str, schools: int, weights: Mapping[str, list[float]]) -> Row:
    """Returns a child of a hub at one of so many schools, each category as likely as it weighs."""
    traits = {one: rng.choices(CATEGORIES[one], own)[0] for one, own in weights.items()}
    terms = TERMS if rng.random() < 0.8 else rng.sample(TERMS, rng.randint(1, 2))
    return Row(hub, rng.randrange(schools), with_coarser(traits), frozenset(terms))


def with_coarser(traits: Mapping[str, str]) -> dict[str, str]:
    """Returns categories with those of the coarser characteristics."""
    coarser = {NESTED[one][0]: NESTED[one][1][category] for one, category in traits.items() if one in NESTED}
    return {**traits, **coarser}


def in_another(rng: Random, child: Child, hubs: tuple[str, ...]) -> Child:
    """The child came to a second hub, which mostly says of it what the first does."""
    (row,) = child.rows
    traits = dict(row.traits)
    if rng.random() < 0.15:
        one = rng.choice([one for one in traits if one in CATEGORIES])
        traits[one] = rng.choice(CATEGORIES[one])
    other = rng.choice([hub for hub in hubs if hub != row.hub])
    return Child((row, replace(row, hub=other, school=0, traits=with_coarser(traits))))


def one_more(rng: Random, country: Country) -> Country:
    """Returns the country with one child more, like one that is there or like none."""
    hub = rng.choice(country.hubs)
    finest = [one for one in country.dimensions if one in CATEGORIES]
    alike = [row for child in country.children for row in child.rows if row.hub == hub]
    if alike and rng.random() < 0.7:
        row = rng.choice(alike)
    else:
        row = row_by_chance(rng, hub, 2, {one: [1.0] * len(CATEGORIES[one]) for one in finest})
    return replace(country, children=(*country.children, Child((row,))))


def one_less(rng: Random, country: Country) -> Country:
    """Returns the country without one of its children."""
    gone = rng.randrange(len(country.children))
    return replace(country, children=(*country.children[:gone], *country.children[gone + 1 :]))


def worst(rng: Random) -> list[Country]:
    """Returns the countries that a rule forgets first."""
    return [make(rng) for make in WORST]


def _made(rng: Random, name: str, sizes: Iterable[int], trait: Callable[[int, int], dict[str, str]], schools: int = 3):
    """A country of given sizes; `trait` says what child number so of hub number so is."""
    sizes = tuple(sizes)
    children = []
    for place, (hub, size) in enumerate(zip(HUBS, sizes, strict=False)):
        children += [Child((Row(hub, n % schools, with_coarser(trait(place, n))),)) for n in range(size)]
    traits = children[0].rows[0].traits
    return Country(HUBS[: len(sizes)], tuple(traits), tuple(children), name)


def one_send_child(rng: Random) -> Country:
    """Returns a country with a single child who has a plan."""
    return _made(
        rng,
        "one child with a plan in the country",
        (rng.randint(30, 80) for _ in range(6)),
        lambda hub, n: {"sen": "E" if (hub, n) == (2, 0) else "K" if n % 5 == 0 else "N", "sex": "FM"[n % 2]},
    )


def one_school(rng: Random) -> Country:
    """Returns a country with a hub of one school beside others."""
    made = _made(
        rng,
        "a hub with one school",
        (rng.randint(30, 60) for _ in range(5)),
        lambda hub, n: {"year_group": "3456"[n % 4], "sex": "FM"[n % 3 == 0]},
    )
    alone = (replace(row, school=0) if row.hub == HUBS[0] else row for child in made.children for row in child.rows)
    return replace(made, children=tuple(Child((row,)) for row in alone))


def all_but_one(rng: Random) -> Country:
    """Returns a country in which all children but one of each hub answer alike."""
    return _made(
        rng,
        "all but one",
        (rng.randint(20, 50) for _ in range(4)),
        lambda hub, n: {"pupil_premium": "no" if n == 0 else "yes", "eal": "yes" if n == 1 else "no"},
    )


def an_empty_hub(rng: Random) -> Country:
    """Returns a country with hubs that nobody came to, and small ones."""
    return _made(
        rng,
        "an empty hub",
        (40, 0, 7, 35, 0, 52),
        lambda hub, n: {"ethnicity": rng.choice(CATEGORIES["ethnicity"]), "sex": rng.choice("FM")},
    )


def one_of_each(rng: Random) -> Country:
    """Returns a country with one child of each year group in each hub but the ones it is made for."""
    return _made(
        rng,
        "one of each year group",
        (34, 34, 34, 34),
        lambda hub, n: {"year_group": ("R", "1", "2", "7")[n] if n < 4 else "3456"[(n + hub) % 4]},
    )


def a_category_of_one_hub(rng: Random) -> Country:
    """Returns a country in which a category is found in one hub alone."""
    return _made(
        rng,
        "a category of one hub",
        (45, 45, 45, 12),
        lambda hub, n: {
            "ethnicity": "black" if hub == 1 and n < 20 else "white",
            "joining": ("new", "returning")[n % 2],
        },
    )


WORST: tuple[Callable[[Random], Country], ...] = (
    *(one_send_child, one_school, all_but_one, an_empty_hub, one_of_each, a_category_of_one_hub),
)
