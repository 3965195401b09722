"""
Finding the place somebody asks for: a town or village, a local authority, a school, a postcode or the half of one.

A name is forgiven its typing errors. What is found says how it was found, so that nobody takes a guess for an answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Avg, Q
from django.db.models.functions import Length
from rapidfuzz import fuzz, process

from inharmony.public.queries.where import Hub
from inharmony.public.validators.place import Asked
from inharmony.public.validators.post_towns import POST_TOWNS, nation_of
from schools.figures.distance import Point, miles
from schools.figures.distance import written as as_distance
from schools.models import LocalAuthority, Postcode, School, Town
from schools.validators.names import key

SHOWN = 8
# how alike two names must be, of 100; shorter ones are not guessed at
ALIKE, SHORTEST = 78, 4
LARGE = 40_000  # people of a town by which a smaller one of the same name is told from another
EXACT, WORDS, GUESS = 0, 1, 2


@dataclass(slots=True)  # not frozen: 4,600 are made a search, and that would take three times as long
class Candidate:
    """A place that may be meant. `at` names it in an address; `tier` says how sure it is, smaller is surer."""

    at: str
    name: str
    key: str
    point: Point
    what: str = ""
    nation: str = Town.Nation.ENGLAND
    people: int = 0
    tier: int = EXACT
    score: float = 100
    # what tells it from another of its name: "12 miles from Telford"
    near: str = ""

    @property
    def label(self) -> str:
        """The name with what tells it from others."""
        outside = "" if self.nation == Town.Nation.ENGLAND else Town.Nation(self.nation).label
        return ", ".join(filter(None, (self.name, self.near or self.what, outside)))


@dataclass(frozen=True)
class Found:
    """What was found: the place meant, others that may be meant, and what to know of how it was found."""

    place: Candidate | None = None
    others: tuple[Candidate, ...] = ()
    note: str = ""
    # why there is no answer, and what to do
    problem: str = ""


@dataclass(frozen=True)
class Reached:
    """A hub, how far it is in miles and in words, and what of it is nearest."""

    hub: Hub
    miles: float
    distance: str
    spot: str


@dataclass(frozen=True)
class Answer:
    """The nearest hub that runs, the others from the nearest, and one that has left and would be nearer."""

    nearest: Reached
    further: tuple[Reached, ...]
    past: Hub | None
    # the nation the place lies in, where that is not England
    nation: str


def find(asked: Asked, hubs: Sequence[Hub], at: str = "") -> Found:
    """Returns the place asked for; at most four statements, whatever was typed. `at` chooses one of several."""
    towns = _towns()
    if asked.is_empty:
        return Found(problem="Type a town, a school or a postcode.")
    if asked.district:
        return _by_postcode(asked, towns)
    ranked = rank(asked.key, [*_of_hubs(hubs), *towns, *_schools(asked), *_authorities(asked)])[:SHOWN]
    if not ranked:
        return Found(
            problem=f"No place called “{asked.words}” is known here. Try the nearest town, or the first half of a "
            "postcode, such as L5. In Harmony is in England only."
        )
    ranked = told_apart(ranked, towns)
    place = chosen(ranked, asked.within, at)
    note = f"Nothing is called “{asked.words}”; this is the name most like it." if place.tier == GUESS else ""
    return Found(place, tuple(one for one in ranked if one is not place), note)


def rank(asked: str, known: Iterable[Candidate]) -> list[Candidate]:
    """
    Returns the candidates a name may mean, the likeliest first: those called so, those with it in their name, and,
    where there are none of either, those whose name is written nearly so.
    """
    known = list(known)
    named = [one for one in known if one.key == asked]
    within = [replace(one, tier=WORDS) for one in known if one.key != asked and f" {asked} " in f" {one.key} "]
    guessed: list[Candidate] = []
    if not named and not within and len(asked) >= SHORTEST:
        alike = process.extract(
            asked, [one.key for one in known], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=SHOWN * 2
        )
        guessed = [replace(known[index], tier=GUESS, score=score) for _, score, index in alike]
    return _each_once(sorted([*named, *within, *guessed], key=_order))


def _order(one: Candidate) -> tuple[int, float, bool, int, str]:
    # of two names as likely, the place in England, then the one with more people
    return one.tier, -one.score, one.nation != Town.Nation.ENGLAND, -one.people, one.label


def _each_once(ranked: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without a second one of the same name within two miles: a city is a town and an authority."""
    kept: list[Candidate] = []
    for one in ranked:
        if not any(one.key == other.key and miles(one.point, other.point) < 2 for other in kept):
            kept.append(one)
    return kept


def chosen(ranked: Sequence[Candidate], within: str, at: str) -> Candidate:
    """Returns the candidate named in the address, or near the place after the comma, or else the likeliest."""
    by_address = [one for one in ranked if one.at == at]
    by_comma = [one for one in ranked if within and within in key(one.label.partition(",")[2])]
    return (by_address or by_comma or list(ranked))[0]


def told_apart(ranked: Sequence[Candidate], towns: Sequence[Candidate]) -> list[Candidate]:
    """Returns the candidates; of several towns of one name each says which large town is nearest."""
    large = [town for town in towns if town.people >= LARGE]
    many = {name for name, group in groupby(sorted(one.key for one in ranked)) if len(list(group)) > 1}
    return [replace(one, near=_near(one, large)) if one.key in many and not one.what else one for one in ranked]


def _near(one: Candidate, large: Sequence[Candidate]) -> str:
    others = [(miles(one.point, town.point), town.name) for town in large if town.key != one.key]
    if not others:
        return ""
    distance, name = min(others)
    return f"{as_distance(distance)} from {name}"


def answered(found: Found, hubs: Iterable[Hub]) -> Answer | None:
    """Returns the hub nearest to the place found; None where no place was found, or no hub has a position."""
    if found.place is None:
        return None
    reached = nearest(found.place.point, hubs)
    running = [one for one in reached if one.hub.is_running]
    if not running:
        return None
    past = next((one.hub for one in reached if not one.hub.is_running and one.miles < running[0].miles), None)
    outside = found.place.nation != Town.Nation.ENGLAND
    return Answer(running[0], tuple(running[1:]), past, Town.Nation(found.place.nation).label if outside else "")


def nearest(point: Point, hubs: Iterable[Hub]) -> list[Reached]:
    """Returns the hubs that have a position, the nearest first."""
    found = [
        Reached(hub, distance, as_distance(distance), where.name)
        for hub in hubs
        for distance, where in filter(None, [hub.nearest_to(point)])
    ]
    return sorted(found, key=lambda one: (one.miles, one.hub.name))


def _towns() -> list[Candidate]:
    rows = Town.objects.order_by().values_list("code", "name", "key", "nation", "latitude", "longitude", "population")
    return [
        Candidate(f"t{code}", name, known_as, Point(north, east), nation=nation, people=people)
        for code, name, known_as, nation, north, east, people in rows
    ]


def _of_hubs(hubs: Iterable[Hub]) -> list[Candidate]:
    """The places hubs serve, each under all its names: "Halifax (Calderdale)" is both."""
    return [
        Candidate(f"h{hub.number}-{number}", name.strip(" )"), key(name), where.point, people=LARGE)
        for hub in hubs
        for number, where in enumerate(hub.positions)
        for name in ([where.name] if where.is_school else where.name.split("("))
    ]


def _schools(asked: Asked) -> list[Candidate]:
    """Real schools whose name has every word asked for, and that have a position; one statement."""
    has_all = Q()
    for word in asked.key.split():
        has_all &= Q(name__icontains=word)
    found = School.objects.filter(
        has_all, is_demonstration=False, latitude__isnull=False, longitude__isnull=False, closed_on__isnull=True
    ).order_by("name", "urn")[: SHOWN * 3]
    return [
        Candidate(f"s{one.urn}", one.name, key(one.name), Point(one.latitude, one.longitude), one.town or one.postcode)
        for one in found
        if one.latitude is not None and one.longitude is not None
    ]


def _authorities(asked: Asked) -> list[Candidate]:
    """Local authorities of that name, where their schools lie on average; one statement."""
    found = LocalAuthority.objects.filter(name__icontains=asked.key.split()[-1]).annotate(
        north=Avg("school__latitude"), east=Avg("school__longitude")
    )
    return [
        Candidate(f"a{one.code}", one.name, key(one.name), Point(one.north, one.east), "local authority")
        for one in found
        if one.north is not None and one.east is not None
    ]


def _by_postcode(asked: Asked, towns: Sequence[Candidate]) -> Found:
    """A postcode where it is known, else its district by the postcodes and schools known, else its post town."""
    code = asked.postcode
    known = Postcode.objects.filter(code=code, latitude__isnull=False, longitude__isnull=False).first()
    if known is not None and known.latitude is not None and known.longitude is not None:
        point = Point(known.latitude, known.longitude)
        return Found(Candidate(code, asked.words, "", point, nation=nation_of(asked.area)))
    told = f"The postcode {asked.words} is not known here, so distances are from" if code else "Distances are from"
    district = _district(asked.district)
    if district is not None:
        place = Candidate(asked.district, asked.district, "", district, nation=nation_of(asked.area))
        return Found(place, note=f"{told} the middle of {asked.district}.")
    town = post_town(asked.area, towns)
    if town is None:
        return Found(
            problem=f"No postcode begins with {asked.district} as far as is known here. Look it over, or type the "
            "nearest town."
        )
    return Found(
        replace(town, at=asked.district, name=asked.words),
        note=f"{told} {town.name}, the post town of {asked.area}.",
    )


def post_town(area: str, towns: Iterable[Candidate]) -> Candidate | None:
    """Returns the town an area of postcodes is named after, the largest of that name in its nation."""
    wanted = key(POST_TOWNS.get(area, ""))
    named = [town for town in towns if wanted and town.key == wanted and town.nation == nation_of(area)]
    return max(named, key=lambda town: town.people, default=None)


def _district(district: str) -> Point | None:
    """Where the postcodes known of a district, or else its schools, lie on average; two statements."""
    middle = {"north": Avg("latitude"), "east": Avg("longitude")}
    postcodes = (
        Postcode.objects.filter(code__startswith=district)
        .alias(length=Length("code"))
        .filter(length=len(district) + 3)
        .aggregate(**middle)
    )
    schools = School.objects.filter(is_demonstration=False, postcode__startswith=f"{district} ").aggregate(**middle)
    for found in (postcodes, schools):
        if found["north"] is not None and found["east"] is not None:
            return Point(found["north"], found["east"])
    return None
