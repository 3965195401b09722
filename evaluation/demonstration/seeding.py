"""Puts the parts of the demonstration together, in one transaction."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db import transaction

from evaluation.actions.release import cut_release
from evaluation.demonstration.agreements import make_agreements
from evaluation.demonstration.awards import write_awards
from evaluation.demonstration.calendar import make_calendar
from evaluation.demonstration.certifications import make_certifications
from evaluation.demonstration.children import Inventor
from evaluation.demonstration.comparisons import write_comparisons
from evaluation.demonstration.contexts import write_contexts
from evaluation.demonstration.gatherings import write_family_sessions, write_joint_sessions
from evaluation.demonstration.income import write_income
from evaluation.demonstration.instruments import write_instruments
from evaluation.demonstration.leavers import make_high_schools, write_leavers
from evaluation.demonstration.list_checks import write_list_checks
from evaluation.demonstration.memberships import write_memberships
from evaluation.demonstration.notes import write_notes
from evaluation.demonstration.papers import write_papers
from evaluation.demonstration.people import Staff, make_staff
from evaluation.demonstration.photos import write_photos
from evaluation.demonstration.registers import write_marks
from evaluation.demonstration.rows import protect_some, write_children, write_consents, write_enrolments
from evaluation.demonstration.safeguarding import write_contacts
from evaluation.demonstration.scale import Scale
from evaluation.demonstration.schools import DemoSchool, make_schools
from evaluation.demonstration.sessions import fill_today, write_sessions
from evaluation.demonstration.sign_offs import sign_last_year
from evaluation.demonstration.stories import write_stories
from evaluation.demonstration.targets import write_targets
from evaluation.demonstration.timetable import make_timetable
from evaluation.demonstration.waves import write_waves
from inharmony.access.scope import Scope as Reach
from inharmony.access.scope import scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Child
from programmes.actions.record import load_record
from programmes.models import Place, Programme
from schools.models import AcademicYear, School

RELEASES = 2


class SeedingRefusedError(Exception):
    """The database is not one to fill with invented children; the text says why and what to do."""


@dataclass(frozen=True)
class Invented:
    """How much was written."""

    programmes: int
    schools: int
    children: int
    sessions: int
    marks: int
    releases: int


@transaction.atomic
def seed(*, scale: Scale, years: int, seed: int, today: date) -> Invented:
    """
    Fills an empty database with `years` academic years up to the one of `today`; the same seed gives the same children.

    Needs a login that may take the role `figures` (loader, worker), for the releases. Raises SeedingRefusedError where
    children, demonstration schools or people with a real address are.
    """
    with scoped(_everywhere()):
        _require_empty()
    load_record(by=None)
    programmes = {one.slug: one for one in Programme.objects.filter(slug__in=scale.programmes)}
    with scoped(_everywhere()):
        return _Seeding(scale, programmes, years, seed, today).fill()


def _everywhere() -> Reach:
    return Reach(frozenset(Programme.objects.values_list("pk", flat=True)))


def _require_empty() -> None:
    children = Child.objects.count()
    if children:
        raise SeedingRefusedError(
            f"There are {children:,} children in this database. Demonstration data goes into an empty one only: set "
            "DATA_DIR or DATABASE_URL to another."
        )
    if School.objects.filter(is_demonstration=True).exists():
        raise SeedingRefusedError(
            "There are demonstration schools in this database already. Set DATA_DIR or DATABASE_URL to another."
        )
    people = User.objects.count()
    if people:
        raise SeedingRefusedError(
            f"There are {people:,} accounts in this database. The demonstration's accounts have a published password "
            "and must not stand beside others: set DATA_DIR or DATABASE_URL to another database."
        )


class _Seeding:
    def __init__(self, scale: Scale, programmes: dict[str, Programme], years: int, seed: int, today: date) -> None:
        self.scale = scale
        self.programmes = {slug: programmes[slug] for slug in scale.programmes}
        self.seed = seed
        self.today = today
        this_year = AcademicYear.year_of(today)
        self.years = range(this_year - years + 1, this_year + 1)
        self.first_year = {slug: self._first_year(programme) for slug, programme in self.programmes.items()}
        self.since = {slug: date(year, 9, 1) for slug, year in self.first_year.items()}
        self.random = Random(seed)  # noqa: S311 - invents names, guards nothing

    def _first_year(self, programme: Programme) -> int:
        """No programme has demonstration children before its own first whole year."""
        began = programme.delivery_started_on
        return max(self.years[0], AcademicYear.year_of(began - timedelta(days=1)) + 1) if began else self.years[0]

    def fill(self) -> Invented:
        schools = make_schools(self.scale, self.programmes, self.since, self.random)
        served = Place.objects.filter(programme__in=self.programmes.values()).values_list("local_authority", flat=True)
        write_contexts([school.urn for school in schools], self.years[-1], self.seed)
        self.high = make_high_schools(schools)
        make_calendar(self.years, served, schools)
        staff = make_staff(self.programmes, schools, self.scale.schools_a_tutor, date(self.years[0], 9, 1))
        write_contacts(self.programmes, schools, self.since)
        children, sessions, marks = self._teach(schools, staff)
        operator = staff.users["operator@portal.example"]
        make_agreements(self.programmes.values(), date(self.years[0], 9, 1), operator)
        make_certifications(staff.users, self.today)
        write_list_checks(self.programmes, schools, staff, self.today)
        write_photos(self.programmes, staff, self.today)
        write_stories(self.programmes, staff, list(self.years)[-2:], self.today)
        write_waves(self.programmes, staff, self.today, self.seed)
        write_comparisons(self.programmes, schools, staff, self.years[-1], self.seed)
        write_targets(self.programmes.values(), staff, list(self.years)[-2:])
        write_income(list(self.programmes.values()), list(self.years)[:-1], self.seed)
        complete = list(self.years)[:-1][-RELEASES:]
        if complete:
            sign_last_year(self.programmes.values(), staff, complete[-1])
            write_papers(next(iter(self.programmes.values())), staff, complete[-1])
        for year in complete:
            cut_release(academic_year=AcademicYear(year=year), by=operator)
        invented = Invented(len(self.programmes), len(schools), children, sessions, marks, len(complete))
        audit(act="demonstration.seeded", by=None, details={"seed": self.seed, **invented.__dict__})
        return invented

    def _teach(self, schools: list[DemoSchool], staff: Staff) -> tuple[int, int, int]:
        children = Inventor(self.random, self.today, self.scale.class_size).invent(schools, self.first_year)
        ids = write_children(children)
        write_enrolments(children, ids)
        protect_some(children, ids)
        recorders = {one.pk: staff.of("admin", slug).pk for slug, one in self.programmes.items()}
        write_consents(children, ids, recorders, self.random, self.today)
        timetable = make_timetable(staff.tutors, self.since)
        write_memberships(children, ids, timetable, self.today)
        write_instruments(children, ids, timetable, self.today)
        write_awards(children, ids, timetable, recorders, self.today, self.seed)
        write_leavers(self.years, self.high, recorders, self.today)
        write_notes(children, ids, list(self.programmes.values()), recorders)
        sessions = write_sessions(timetable.slots, self.years, self.today, self.seed)
        marks = write_marks(self.years, self.today, self.seed)
        sessions += fill_today(list(timetable.ensembles.values()), self.today)
        sessions += write_family_sessions(timetable.ensembles, self.years, self.today, self.seed)
        write_joint_sessions(timetable.ensembles, self.today)
        return len(children), sessions, marks
