"""Ensembles, who leads them, and when they meet in the week: nobody is in two places at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby

from evaluation.demonstration.people import DemoTutor
from evaluation.demonstration.schools import DemoSchool
from programmes.instruments import Instrument
from programmes.models import Ensemble, Session
from schools.actions.staging import next_ids, write_many

Times = tuple[time, time]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(1, 7)
NAMED_DAYS = 0
PERIODS: Sequence[Times] = ((time(9, 20), time(10, 10)), (time(10, 50), time(11, 40)), (time(13, 20), time(14, 10)))
AFTER_SCHOOL: Times = (time(15, 30), time(16, 30))
SATURDAY_MORNING: Times = (time(10, 0), time(12, 0))
COURSE_DAY: Times = (time(10, 0), time(13, 0))

# name, kind, level
Named = tuple[str, str, str]
STRINGS = (Instrument.VIOLIN, Instrument.VIOLA, Instrument.CELLO, Instrument.DOUBLE_BASS)
BRASS = (Instrument.CORNET, Instrument.TROMBONE, Instrument.BARITONE)
# what an ensemble teaches, by its name
TAUGHT: Mapping[str, Sequence[Instrument]] = {
    "Year 2 Voices": (Instrument.VOICE,),
    "Year 3 Violins": (Instrument.VIOLIN,),
    "Year 4 Strings": STRINGS,
    "Year 5 Brass": BRASS,
    "Year 6 Orchestra": (*STRINGS, *BRASS),
    "Choir": (Instrument.VOICE,),
    "Orchestra": (*STRINGS, *BRASS),
    "Area Band": BRASS,
    "Saturday Orchestra": (*STRINGS, *BRASS, Instrument.PERCUSSION),
    "Holiday Course": (*STRINGS, *BRASS),
}
CLASS_GROUPS: Mapping[int, Named] = {
    2: ("Year 2 Voices", Ensemble.Kind.CHOIR_UPPER, Ensemble.Level.ENTRY),
    3: ("Year 3 Violins", Ensemble.Kind.STRING, Ensemble.Level.ENTRY),
    4: ("Year 4 Strings", Ensemble.Kind.STRING, Ensemble.Level.ENTRY),
    5: ("Year 5 Brass", Ensemble.Kind.BRASS, Ensemble.Level.FOUNDATION),
    6: ("Year 6 Orchestra", Ensemble.Kind.ORCHESTRA_MIXED, Ensemble.Level.FOUNDATION),
}
CHOIR: Named = ("Choir", Ensemble.Kind.CHOIR_UPPER, Ensemble.Level.ENTRY)
ORCHESTRA: Named = ("Orchestra", Ensemble.Kind.ORCHESTRA_MIXED, Ensemble.Level.FOUNDATION)
AREA: Named = ("Area Band", Ensemble.Kind.WIND, Ensemble.Level.INTERMEDIATE)
SATURDAYS: Named = ("Saturday Orchestra", Ensemble.Kind.ORCHESTRA_LARGE, Ensemble.Level.ADVANCED)
COURSE: Named = ("Holiday Course", Ensemble.Kind.MIXED_ACOUSTIC, Ensemble.Level.FOUNDATION)


@dataclass(frozen=True)
class DemoEnsemble:
    """An ensemble; `number` counts from 0 in a fixed order; of no school when it is the whole programme's."""

    number: int
    id: int
    name: str
    kind: str
    level: str
    school: DemoSchool | None
    tutors: tuple[DemoTutor, ...]
    starts_on: date
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """A weekly time of an ensemble, Monday 1 to Saturday 6, or NAMED_DAYS. `home` is whose calendar it follows."""

    ensemble: DemoEnsemble
    home: DemoSchool
    weekday: int
    times: Times
    kind: str


# ("class", school number, year group), ("choir", school number), ("area", programme id) and so on
Key = tuple[str, int] | tuple[str, int, int]


@dataclass
class Timetable:
    """All slots, and all ensembles by what they are to a school or a programme."""

    ensembles: dict[Key, DemoEnsemble] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)


class Planner:
    """Plans the week of one tutor after the other; ids are taken in order."""

    def __init__(self, ids: Sequence[int], since: Mapping[str, date]) -> None:
        self.timetable = Timetable()
        self._ids = ids
        self._since = since

    def plan(self, tutors: Sequence[DemoTutor]) -> Timetable:
        """Returns the timetable of all tutors and their schools; tutors of one programme stand together."""
        for _, group in groupby(tutors, key=lambda tutor: tutor.programme_id):
            own = tuple(group)
            for tutor in own:
                self._week_of(tutor)
            self._whole_programme(own)
        return self.timetable

    def _week_of(self, tutor: DemoTutor) -> None:
        for place, school in enumerate(tutor.schools):
            # after lessons a tutor is at one school: Monday to Thursday take turns
            for word, named, weekday in (("choir", CHOIR, MONDAY), ("orchestra", ORCHESTRA, WEDNESDAY)):
                ensemble = self._ensemble((word, school.number), named, (tutor,), school)
                self._meet(ensemble, school, weekday + place, AFTER_SCHOOL, Session.Kind.EXTRA)
            classes = [
                self._ensemble(("class", school.number, group), CLASS_GROUPS[group], (tutor,), school)
                for group in school.year_groups
            ]
            times = lesson_times(place, len(tutor.schools))
            for ensemble, (weekday, period) in zip(classes * school.sessions_a_week, times, strict=False):
                self._meet(ensemble, school, weekday, PERIODS[period], Session.Kind.CURRICULAR)

    def _whole_programme(self, tutors: tuple[DemoTutor, ...]) -> None:
        programme_id, home = tutors[0].programme_id, tutors[0].schools[0]
        area = self._ensemble(("area", programme_id), AREA, tutors[:1])
        self._meet(area, home, FRIDAY, AFTER_SCHOOL, Session.Kind.EXTRA)
        saturdays = self._ensemble(("saturdays", programme_id), SATURDAYS, tutors[:1])
        self._meet(saturdays, home, SATURDAY, SATURDAY_MORNING, Session.Kind.EXTRA)
        course = self._ensemble(("course", programme_id), COURSE, tutors[:2])
        self._meet(course, home, NAMED_DAYS, COURSE_DAY, Session.Kind.HOLIDAY)

    def _ensemble(
        self, key: Key, named: Named, tutors: tuple[DemoTutor, ...], school: DemoSchool | None = None
    ) -> DemoEnsemble:
        name, kind, level = named
        number = len(self.timetable.ensembles)
        made = DemoEnsemble(
            number=number,
            id=self._ids[number],
            name=f"{school.stem} {name}" if school else name,
            kind=kind,
            level=level,
            school=school,
            tutors=tutors,
            starts_on=self._since[tutors[0].programme],
            instruments=tuple(one.value for one in TAUGHT[name]),
        )
        self.timetable.ensembles[key] = made
        return made

    def _meet(self, ensemble: DemoEnsemble, home: DemoSchool, weekday: int, times: Times, kind: str) -> None:
        self.timetable.slots.append(Slot(ensemble, home, weekday, times, kind))


def lesson_times(place: int, schools: int) -> Iterator[tuple[int, int]]:
    """Yields weekday and period of the lessons at the `place`-th of a tutor's one or two schools, in order of use."""
    days: dict[int, tuple[int, ...]]
    if schools == 1:
        days = dict.fromkeys((MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY), (0, 1, 2))
    elif place == 0:
        days = {MONDAY: (0, 1, 2), WEDNESDAY: (0, 1, 2), FRIDAY: (0, 1)}
    else:
        days = {TUESDAY: (0, 1, 2), THURSDAY: (0, 1, 2), FRIDAY: (2,)}
    for weekday, periods in days.items():
        for period in periods:
            yield weekday, period


def count_ensembles(tutors: Sequence[DemoTutor]) -> int:
    """Returns how many ensembles the planner will make."""
    of_schools = sum(2 + len(school.year_groups) for tutor in tutors for school in tutor.schools)
    return of_schools + 3 * len({tutor.programme_id for tutor in tutors})


def make_timetable(tutors: Sequence[DemoTutor], since: Mapping[str, date]) -> Timetable:
    """Plans the week and writes the ensembles with their tutors; the sessions follow from the slots."""
    timetable = Planner(next_ids(Ensemble, count_ensembles(tutors)), since).plan(tutors)
    ensembles = timetable.ensembles.values()
    write_many(
        Ensemble,
        ["id", "programme", "school", "name", "kind", "level", "starts_on", "instruments"],
        [
            (
                *(e.id, e.tutors[0].programme_id, e.school.urn if e.school else None),
                *(e.name, e.kind, e.level, e.starts_on, list(e.instruments)),
            )
            for e in ensembles
        ],
    )
    write_many(
        Ensemble.tutors.through, ["ensemble", "tutor"], [(e.id, tutor.id) for e in ensembles for tutor in e.tutors]
    )
    return timetable
