"""Writes an invented country into the database, as rows that its hubs' work would have left."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time
from random import Random

from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from participants.models import Attendance, Child, Enrolment, Identity, Placement
from participants.models.attendance import Mark
from participants.validators.identity import person_hash
from participants.validators.names import sort_key
from programmes.models import Ensemble, Programme, Session
from schools.actions.staging import next_ids, write_many
from schools.models import AcademicYear
from tests.attack import country as plain
from tests.attack.country import CATEGORIES, NESTED, Country
from tests.factories import programmes
from tests.factories.schools import LONG_AGO, school, this_year
from tests.people import person

# the portal's own columns: what stands there for a category
SEX = {"F": "F", "M": "M", "none": "U"}
YES_NO = {"yes": True, "no": False, "none": None}
ETHNICITY = {"white": "WBRI", "mixed": "MOTH", "asian": "AIND", "black": "BAFR", "other": "OOTH", "refused": "REFU"}
CHILD = (
    *("id", "programme", "forename", "surname", "sort_key", "date_of_birth", "sex", "ethnicity", "is_eal", "sen"),
    *(
        "is_pupil_premium",
        "home_decile",
        "revision",
        "created_at",
        "known_as",
        "upn_hash",
        "upn_sealed",
        "first_language",
    ),
)
# what every child of a planted country is: nobody plays anything yet, and nobody has left
ALIKE = {"instrument": "none", "leaving": "stays"}


@dataclass(frozen=True)
class Planted:
    """A country in the database: who manages each hub, who is of the Arts Council, and the rows by place of the child."""

    country: Country
    programmes: dict[str, Programme]
    managers: dict[str, User]
    national: User
    rows: dict[int, list[int]]

    @contextmanager
    def reached(self) -> Iterator[None]:
        """Opens a scope of every hub."""
        with scoped(Scope(frozenset(one.pk for one in self.programmes.values()))):
            yield

    def mark(self, child: int, mark: Mark) -> None:
        """Changes what the registers say of a child: whether it came at all."""
        with self.reached():
            Attendance.objects.filter(child__in=self.rows[child]).update(mark=mark)


def whole_country(rng: Random, most_hubs: int = 6) -> Country:
    """Returns a country nobody chose, of every characteristic of the menu."""
    hubs = plain.HUBS[: rng.randint(3, most_hubs)]
    weights = {one: [rng.gammavariate(0.6, 1) + 1e-3 for _ in found] for one, found in CATEGORIES.items()}
    # nobody came before who is not in the database of an earlier year
    weights["joining"] = [1, 0]
    children = []
    for hub in hubs:
        own = {one: [weight * rng.uniform(0.4, 1.6) for weight in found] for one, found in weights.items()}
        schools = rng.choice((1, 2, 3, 4))
        size = rng.choice((0, 6, 25, 60, 90, 140, 200))
        children += [plain.Child((plain.row_by_chance(rng, hub, schools, own),)) for _ in range(size)]
    children = [plain.in_another(rng, one, hubs) if rng.random() < 0.04 else one for one in children]
    dimensions = (*CATEGORIES, *(coarse for coarse, _ in NESTED.values()), *ALIKE)
    told = [
        plain.Child(tuple(replace(row, traits={**row.traits, **ALIKE, "joining": "new"}) for row in one.rows))
        for one in children
    ]
    return Country(hubs, dimensions, tuple(told), "whole")


def plant(made: Country) -> Planted:
    """Returns the country as it stands in the database; opens its own scopes."""
    hubs = {hub: programmes.programme(hub.capitalize()) for hub in made.hubs}
    managers = {hub: person(f"{hub} manager", "manager", programme=one) for hub, one in hubs.items()}
    planted = Planted(made, hubs, managers, person("nation staff", "national"), {})
    with planted.reached():
        places, sessions = _places(made, hubs), _sessions(hubs, managers)
        _write(planted, places, sessions)
    return planted


def _places(made: Country, hubs: dict[str, Programme]) -> dict[tuple[str, int], int]:
    wanted = sorted({(row.hub, row.school) for child in made.children for row in child.rows})
    places = {one: school(f"School {n}") for n, one in enumerate(wanted)}
    for (hub, _), place in places.items():
        programmes.partner(hubs[hub], place)
    return {one: place.pk for one, place in places.items()}


def _sessions(hubs: dict[str, Programme], managers: dict[str, User]) -> dict[str, int]:
    sessions = {}
    for hub, programme in hubs.items():
        ensemble = Ensemble.objects.create(
            programme=programme, name="Everybody", kind=Ensemble.Kind.STRING, starts_on=LONG_AGO
        )
        sessions[hub] = Session.objects.create(
            programme=programme,
            ensemble=ensemble,
            day=timezone.localdate(),
            starts_at=time(10),
            ends_at=time(11),
            register_taken_at=timezone.now(),
            register_taken_by=managers[hub],
            register_version=1,
        ).pk
    return sessions


def _write(planted: Planted, places: dict[tuple[str, int], int], sessions: dict[str, int]) -> None:
    year = AcademicYear.objects.get_or_create(year=this_year().year)[0].pk
    numbered = [(n, row) for n, child in enumerate(planted.country.children) for row in child.rows]
    ids = next_ids(Child, len(numbered))
    for pk, (n, _) in zip(ids, numbered, strict=True):
        planted.rows.setdefault(n, []).append(pk)
    programme = {hub: one.pk for hub, one in planted.programmes.items()}
    rows = list(zip(ids, numbered, strict=True))
    write_many(Child, CHILD, (_child(pk, programme[row.hub], n, row) for pk, (n, row) in rows))
    write_many(
        Identity,
        ["child", "programme", "upn_hash", "person_hash"],
        ((pk, programme[row.hub], "", person_hash(*_name(n), _born(n))) for pk, (n, row) in rows),
    )
    stays = next_ids(Enrolment, len(rows))
    write_many(
        Enrolment,
        ["id", "programme", "child", "school", "starts_on", "revision"],
        (
            (stay, programme[row.hub], pk, places[row.hub, row.school], LONG_AGO, 1)
            for stay, (pk, (_, row)) in zip(stays, rows, strict=True)
        ),
    )
    write_many(
        Placement,
        ["programme", "enrolment", "child", "academic_year", "year_group", "school_class", "revision"],
        (
            (programme[row.hub], stay, pk, year, row.traits["year_group"], "", 1)
            for stay, (pk, (_, row)) in zip(stays, rows, strict=True)
        ),
    )
    write_many(
        Attendance,
        ["session", "child", "programme", "mark"],
        ((sessions[row.hub], pk, programme[row.hub], Mark.PRESENT.value) for pk, (_, row) in rows),
    )


def _child(pk: int, programme: int, number: int, row: plain.Row) -> tuple:
    traits = row.traits
    return (
        pk,
        programme,
        *_name(number),
        sort_key(*reversed(_name(number))),
        _born(number),
        SEX[traits["sex"]],
        ETHNICITY.get(traits["ethnicity"], ""),
        YES_NO[traits["eal"]],
        "" if traits["sen"] == "none" else traits["sen"],
        YES_NO[traits["pupil_premium"]],
        None if traits["deprivation"] == "none" else int(traits["deprivation"]),
        1,
        timezone.now(),
        *[""] * 4,
    )


def _name(number: int) -> tuple[str, str]:
    return f"Child {number}", "Invented"


def _born(number: int) -> date:
    return date(2017, 9, 1 + number % 28)
