"""Writes what the children of an invented country answered, as waves that are closed and of which names are off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from evaluation.menu.tables import change_of
from inharmony.access.scope import figures, scoped
from outcomes.actions.analyse import analyse_due
from outcomes.measures.shipped import NEWEST
from outcomes.models import Wave
from schools.models import School
from tests.attack.answered import Said, Step
from tests.attack.drive.planting import Planted
from tests.databases import connected_as
from tests.factories.programmes import partner
from tests.factories.schools import school
from tests.outcomes.planting import sheet, wave_at

MUSIC = NEWEST["music"]
# every item is answered alike, so a part's score is the answer as often as it has items
STEPS = {change_of("music", part.key): Step(sum(item.part == part.key for item in MUSIC.items)) for part in MUSIC.parts}
SIZES = (0, 1, 9, 10, 11, 30, 60)
LATE = (0, 1, 2, 9, 10, 14)


@dataclass
class Answering:
    """What each hub's children answered at the start, later, and once more for those who came late."""

    planted: Planted
    database: str
    schools: dict[str, list[School]]
    first: dict[str, frozenset[Said]]
    all: dict[str, frozenset[Said]]

    @classmethod
    def of(cls, planted: Planted, database: str, rng: Random) -> "Answering":
        """Draws who answers what; one hub is of one school, and some have few."""
        made = cls(planted, database, {}, {}, {})
        for hub, programme in planted.programmes.items():
            with planted.reached():
                made.schools[hub] = [school(f"Answering {hub} {n}") for n in range(rng.choice((1, 2, 4)))]
                for place in made.schools[hub]:
                    partner(programme, place)
            many, late = rng.choice(SIZES), rng.choice(LATE)
            people = [cls._said(rng, who, len(made.schools[hub])) for who in range(many + late)]
            # a child that answers again says something else
            again = {people[0]} if many and rng.random() < 0.3 else set()
            made.first[hub] = frozenset(people[:many])
            made.all[hub] = frozenset(people) - again | {_turned(one) for one in again}
        return made

    @staticmethod
    def _said(rng: Random, who: int, schools: int) -> Said:
        before = rng.randint(1, 4)
        return Said(who, rng.randrange(schools), before, min(4, max(1, before + rng.randint(-1, 2))))

    def at_first(self) -> None:
        """Two times of asking: at the start everybody, later those who were there."""
        for hub in self.planted.programmes:
            self._wave(hub, "Autumn", Wave.Moment.BEFORE, self.first[hub] | self._new(hub), later=0)
            self._wave(hub, "Summer", Wave.Moment.AFTER, self.first[hub], later=1)
        self._work_out()

    def once_more(self) -> None:
        """A third time: those who came late, and who answers again."""
        for hub in self.planted.programmes:
            self._wave(hub, "Summer again", Wave.Moment.AFTER, self.all[hub] - self.first[hub], later=2)
        self._work_out()

    def _new(self, hub: str) -> frozenset[Said]:
        there = {one.who for one in self.first[hub]}
        return frozenset(one for one in self.all[hub] if one.who not in there)

    def _wave(self, hub: str, name: str, moment: Wave.Moment, people: frozenset[Said], *, later: int) -> None:
        if not people:
            return
        with self._as_worker():
            by, programme = self.planted.managers[hub], self.planted.programmes[hub]
            wave = wave_at(programme, by, name, moment, later=later)
            with scoped(figures()):
                for one in people:
                    value = one.before if moment == Wave.Moment.BEFORE else one.after
                    answers = {item.key: 5 - value if item.is_reversed else value for item in MUSIC.items}
                    sheet(wave, f"{hub} {one.who}", answers, self.schools[hub][one.school])

    def _work_out(self) -> None:
        with self._as_worker():
            analyse_due()

    @contextmanager
    def _as_worker(self) -> Iterator[None]:
        with connected_as("worker", self.database):
            yield


def _turned(one: Said) -> Said:
    return Said(one.who, one.school, one.before, 1 if one.after > 2 else 4)
