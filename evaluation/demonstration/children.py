"""Invented children, year by year: they join a class, move up, leave; a few come late, go early or change school."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from evaluation.demonstration.names import KNOWN_AS, ONE_NAME, Community, community
from evaluation.demonstration.schools import DemoSchool
from evaluation.demonstration.upn import upn
from schools.models import AcademicYear

DAY = timedelta(days=1)
CLASS_LETTERS = "BHKLMRSTW"
# shares of a year's children
JOINS_LATE, LEAVES_EARLY, CHANGES_SCHOOL, CHANGES_PROGRAMME = 0.03, 0.03, 0.3, 0.1


@dataclass(frozen=True)
class Stay:
    """A child at a school, from when to when, and the year group in each academic year of it."""

    school: DemoSchool
    starts_on: date
    ends_on: date | None
    groups: dict[int, int]

    def days_in(self, year: int, today: date) -> tuple[date, date | None]:
        """Returns first and last day of the stay within an academic year; no last day while it goes on."""
        starts = max(self.starts_on, date(year, 9, 1))
        if self.ends_on is None and year == AcademicYear.year_of(today):
            return starts, None
        ends = date(year + 1, 8, 31)
        return starts, min(self.ends_on, ends) if self.ends_on else ends


@dataclass
class DemoChild:
    """A child in one programme. One who changes programme is two of these, with the same names, birth and UPN."""

    number: int
    programme_id: int
    forename: str
    surname: str
    known_as: str
    born: date
    sex: str
    upn: str
    ethnicity: str
    language: str
    sen: str
    is_pupil_premium: bool | None
    is_fsm: bool | None
    stays: list[Stay] = field(default_factory=list)
    sings: bool = False
    plays: bool = False
    comes_to_holidays: bool = False

    @property
    def is_eal(self) -> bool | None:
        """Whether English is an additional language, None where the language is not known."""
        return self.language != "ENG" if self.language else None


class Inventor:
    """Invents children in a fixed order from one source of chance."""

    def __init__(self, random: Random, today: date, class_size: tuple[int, int]) -> None:
        self.random = random
        self.today = today
        self.class_size = class_size
        self.children: list[DemoChild] = []
        self._serials: dict[tuple[int, int], int] = defaultdict(int)

    def invent(self, schools: list[DemoSchool], first_year: dict[str, int]) -> list[DemoChild]:
        """Returns the children of all schools, from the first year of each programme to the year of today."""
        this_year = AcademicYear.year_of(self.today)
        for school in schools:
            start, lowest = first_year[school.programme], school.year_groups[0]
            for group in school.year_groups:
                self._cohort(school, schools, start, group, this_year)
            for year in range(start + 1, this_year + 1):
                self._cohort(school, schools, year, lowest, this_year)
        return self.children

    def _cohort(self, school: DemoSchool, schools: list[DemoSchool], year: int, group: int, this_year: int) -> None:
        last_year = min(this_year, year + school.year_groups[-1] - group)
        for _ in range(self.random.randint(*self.class_size)):
            child = self._child(school, year, group)
            self._stay(child, school, year, group, last_year)
            self._change(child, schools, this_year)

    def _stay(self, child: DemoChild, school: DemoSchool, year: int, group: int, last_year: int) -> None:
        starts, ends = date(year, 9, 1), date(last_year + 1, 8, 31)
        late = starts + DAY * self.random.randint(30, 240)
        if self.random.random() < JOINS_LATE and late <= self.today:
            starts = late
        years = last_year - year + 1
        early = date(last_year, 10, 1) + DAY * self.random.randint(0, 240)
        if self.random.random() < LEAVES_EARLY * years and starts < early:
            ends = early
        groups = {year + n: group + n for n in range(years)}
        child.stays.append(Stay(school, starts, ends if ends < self.today else None, groups))

    def _change(self, child: DemoChild, schools: list[DemoSchool], this_year: int) -> None:
        """Sends some of those who left in the middle of a year on: to another school of the hub, or to another hub."""
        stay = child.stays[-1]
        year = max(stay.groups)
        if stay.ends_on is None or stay.ends_on >= date(year + 1, 8, 31):
            return
        chance = self.random.random()
        group = stay.groups[year]
        same = [s for s in schools if s.programme == stay.school.programme and s is not stay.school]
        other = [s for s in schools if s.programme != stay.school.programme]
        options = same if chance < CHANGES_SCHOOL else other if chance < CHANGES_SCHOOL + CHANGES_PROGRAMME else []
        options = [s for s in options if group in s.year_groups]
        if not options:
            return
        school = self.random.choice(options)
        last_year = min(this_year, year + school.year_groups[-1] - group)
        ends = date(last_year + 1, 8, 31)
        groups = {y: group + y - year for y in range(year, last_year + 1)}
        there = Stay(school, stay.ends_on + DAY, ends if ends < self.today else None, groups)
        if school.programme == stay.school.programme:
            child.stays.append(there)
        else:
            again = DemoChild(**{**child.__dict__, "number": len(self.children), "programme_id": school.programme_id})
            again.stays = [there]
            self.children.append(again)

    def _child(self, school: DemoSchool, year: int, group: int) -> DemoChild:
        random = self.random
        people = ONE_NAME if random.random() < 0.005 else community(random)
        sex = random.choice("FM")
        forename, surname = _name(people, sex, random)
        known = random.random() < 0.95
        is_fsm = random.random() < 0.42
        child = DemoChild(
            number=len(self.children),
            programme_id=school.programme_id,
            forename=forename,
            surname=surname,
            known_as=KNOWN_AS.get(forename, "") if random.random() < 0.5 else "",
            born=date(year - group - 5, 9, 1) + DAY * random.randint(0, 364),
            sex=sex if random.random() < 0.995 else "U",
            upn=self._upn(school, year - group),
            ethnicity=random.choice(people.ethnicities) if known else random.choice(("REFU", "NOBT", "")),
            language=random.choice(people.languages) if known else "",
            sen=random.choices(("N", "K", "E", ""), (79, 13, 4, 4))[0],
            is_pupil_premium=(is_fsm or random.random() < 0.12) if known else None,
            is_fsm=is_fsm if known else None,
            sings=random.random() < 0.28,
            plays=random.random() < 0.24,
            comes_to_holidays=random.random() < 0.05,
        )
        self.children.append(child)
        return child

    def _upn(self, school: DemoSchool, reception: int) -> str:
        """A UPN of the year the child started school; some are temporary, some the school has not sent."""
        self._serials[school.number, reception] += 1
        serial = self._serials[school.number, reception]
        chance = self.random.random()
        if chance < 0.03:
            return ""
        return upn(school.number, reception, serial, temporary=chance < 0.05 and serial < 100)


def _name(people: Community, sex: str, random: Random) -> tuple[str, str]:
    forename = random.choice(people.girls if sex == "F" else people.boys)
    surname = random.choice(people.surnames)
    if not surname:
        return forename, ""
    chance = random.random()
    if chance < 0.02:
        second = random.choice(people.girls if sex == "F" else people.boys)
        return (f"{forename}-{second}" if second != forename else forename), surname
    if chance < 0.05 and "-" not in surname:
        other = random.choice(people.surnames)
        return forename, f"{surname}-{other}" if other != surname and "-" not in other else surname
    return forename, surname


def school_class(school: DemoSchool, year: int, group: int) -> str:
    """Returns the name of a school class: the year group and the first letter of that year's teacher."""
    return f"{group}{CLASS_LETTERS[(school.number * 5 + year * 3 + group) % len(CLASS_LETTERS)]}"


def parent_name(child: DemoChild, random: Random) -> str:
    """Returns the name of whoever signed a consent form."""
    forename = random.choice(community(random).girls if random.random() < 0.7 else community(random).boys)
    return f"{forename} {child.surname}".strip()


def stays_of(children: list[DemoChild]) -> Iterator[tuple[DemoChild, Stay]]:
    """Yields every stay with its child, in order."""
    for child in children:
        for stay in child.stays:
            yield child, stay
