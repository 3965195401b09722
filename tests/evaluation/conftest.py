import pytest
import time_machine

from evaluation.actions import report as reports
from evaluation.actions.issue import issue_report
from evaluation.actions.printing import make_report
from evaluation.actions.report import Made
from evaluation.actions.sign_off import sign_off_term
from evaluation.models import IssuedReport, ReportJob
from evaluation.reports import shelf as kept
from evaluation.reports.declaration import Subject
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from schools.models import AcademicYear
from tests import machinery
from tests.clients import SignedInClient
from tests.databases import connected_as
from tests.factories import evaluation

# a Tuesday in term, before noon in London
NOW = "2026-11-17 10:42:00+00:00"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def open_as():
    """Returns the answer a person gets at an address."""

    def open_page(person, address, **query):
        client = SignedInClient()
        client.force_login(person)
        return client.get(address, query)

    return open_page


@pytest.fixture
def no_pango():
    """The system libraries that set text are not on this machine."""
    with machinery.without_pango():
        yield


@pytest.fixture
def no_broker():
    """Nobody answers at the broker's address."""
    with machinery.without_broker():
        yield


@pytest.fixture
def shelf(settings, tmp_path):
    """The folder finished reports lie in, empty."""
    default = settings.STORAGES["default"]
    location = {**default["OPTIONS"], "location": tmp_path}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": location}}
    return tmp_path / "reports"


@pytest.fixture
def queue():
    """The messages waiting at the broker, each as its task's name and arguments; empty at first."""
    with machinery.queue() as waiting:
        yield waiting


def issue(cast, draft, by=None):
    by = by or cast.joanne
    with scoped(scope_of(by)):
        return issue_report(draft=draft, by=by)


@pytest.fixture
def signed(committed_cast, shelf, time_machine):
    """Liverpool with one register, taken in the autumn; the year is over and the autumn signed off."""
    hub = committed_cast
    with scoped(hub.both):
        evaluation.register(hub.session, "pla", by=hub.priya)
    time_machine.move_to("2027-09-01 09:00+01:00", tick=False)
    with scoped(scope_of(hub.joanne)):
        sign_off_term(programme=hub.liverpool, year=2026, term="autumn", by=hub.joanne)
    return hub


def finished(job, shows=()):
    """Finishes a job as a worker does, with a file that nobody set: what is asked of it here is that it is kept."""
    taken = reports.take_lease(job_id=job.pk)
    made = Made(kept.put(b"pages"), "f" * 64, 5, 1, job.unique_key, tuple(shows))
    reports.finish_report(job=taken, made=made)
    return ReportJob.objects.get(pk=job.pk)


@pytest.fixture
def work(fresh_database):
    """Makes a job as a worker does, and returns it as it stands then."""

    def done(job):
        with connected_as("worker", fresh_database):
            make_report(job_id=job.pk)
        return ReportJob.objects.get(pk=job.pk)

    return done


@pytest.fixture
def draft(signed):
    """The draft that Joanne asked for."""
    return finished(ask_of_2026(signed))


def ask_of_2026(cast, report=PROGRAMME_PARTICIPATION):
    """Returns Liverpool's report of the year that is over, asked for by its manager."""
    year = AcademicYear(year=2026)
    with scoped(scope_of(cast.joanne)):
        return reports.request_report(report=report, about=Subject(cast.liverpool), academic_year=year, by=cast.joanne)


def contents_of_2026(cast, report, user):
    """Returns what Liverpool's report of the year that is over says to a person now."""
    with scoped(scope_of(user)):
        return report.contents(Subject(cast.liverpool), 2026, user)


@pytest.fixture
def issued(signed, draft):
    """It, issued and printed."""
    number = issue(signed, draft)
    finished(number.job)
    return IssuedReport.objects.get(pk=number.pk)
