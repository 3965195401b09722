"""From an ask to a file on the shelf, as a worker does it: real charts, a real PDF, real commits."""

import gc
import hashlib
import io
import re
import resource
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from evaluation.actions import printing
from evaluation.actions import report as reports
from evaluation.actions.printing import make_report
from evaluation.figures.compared import shown
from evaluation.figures.definitions import ALL as DEFINITIONS
from evaluation.figures.headed import headed
from evaluation.models import Release, ReportJob
from evaluation.queries.release import published
from evaluation.reports.declaration import Subject
from evaluation.reports.participation import COUNTRY_PARTICIPATION, PROGRAMME_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import RoleAssignment
from tests import machinery
from tests.databases import connected_as
from tests.factories import evaluation
from tests.factories.schools import this_year
from tests.trail import entries

State = ReportJob.State


@pytest.fixture
def hub(committed_cast, shelf):
    """Liverpool with one register taken; commits are real."""
    with scoped(committed_cast.both):
        evaluation.register(committed_cast.session, "pla", by=committed_cast.priya)
    return committed_cast


@pytest.fixture
def work(fresh_database):
    """Does what a worker does when a message comes, with the worker's login; returns the job as it stands then."""

    def done(job, times=1):
        with connected_as("worker", fresh_database):
            for _ in range(times):
                make_report(job_id=job.pk)
        return ReportJob.objects.get(pk=job.pk)

    return done


def ask(cast, report=PROGRAMME_PARTICIPATION, by=None):
    by = by or cast.joanne
    programme = cast.liverpool if report is PROGRAMME_PARTICIPATION else None
    with scoped(scope_of(by)):
        return reports.request_report(report=report, about=Subject(programme), academic_year=this_year(), by=by)


def text_of(data):
    """Returns the words of all pages, with every run of space as one."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def test_a_report_is_made_kept_and_described(hub, work, shelf):
    job = work(ask(hub))
    assert (job.state, job.message, job.step) == (State.DONE, "", job.steps)
    (file,) = shelf.iterdir()
    data = file.read_bytes()
    assert job.file_name == f"reports/{file.name}"
    assert re.fullmatch(r"[0-9a-f]{40}\.pdf", file.name)
    assert (job.file_hash, job.file_size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert job.pages == len(PdfReader(io.BytesIO(data)).pages) <= PROGRAMME_PARTICIPATION.page_budget
    assert len(entries(act="report.made", actor_id=hub.joanne.pk)) == 1


def test_the_pages_carry_exactly_the_numbers_of_the_hubs_page(hub, work, shelf, open_as):
    shown = evaluation.values_on(open_as(hub.joanne, "/hub/"))
    work(ask(hub))
    text = text_of(next(shelf.iterdir()).read_bytes())
    # the page has more figures than the report declares; what both have they say alike
    declared = [DEFINITIONS[key].name for key in PROGRAMME_PARTICIPATION.figures]
    both = {name: value for name, value in shown.items() if name in declared}
    assert len(both) == 7
    assert [f"{name} {value}" for name, value in both.items() if f"{name} {value}" not in text] == []
    for expected in (
        # of two children neither how many, nor what they did, is told outside the hub
        "Saltwharf Primary c 1 1 c",
        "Year 4 c c c c",
        "Draft, not issued. Exact figures, groups of few children hidden, for the hub, its partners and its funder, not for publication",
        "What this does not show",
    ):
        assert expected in text


def test_every_page_says_that_it_is_a_demonstration(hub, work, shelf):
    work(ask(hub))
    pages = PdfReader(io.BytesIO(next(shelf.iterdir()).read_bytes())).pages
    assert [number for number, page in enumerate(pages) if "Demonstration: invented" not in page.extract_text()] == []


def test_a_report_names_no_child(hub, work, shelf):
    work(ask(hub))
    text = text_of(next(shelf.iterdir()).read_bytes())
    names = {name for child in [*hub.children, *hub.others] for name in (child.forename, child.surname)}
    assert [name for name in names if name in text] == []


def test_a_message_delivered_three_times_makes_one_file(hub, work, shelf):
    job = work(ask(hub), times=3)
    assert (job.state, job.attempt) == (State.DONE, 1)
    assert len(list(shelf.iterdir())) == 1
    assert len(entries(act="report.made")) == 1


def test_the_pages_of_a_report_that_is_made_are_in_memory_no_more(hub, work, shelf):
    job = ask(hub)
    gc.disable()
    try:
        work(job)
        from weasyprint.formatting_structure.boxes import Box

        kept = [each for each in gc.get_objects() if issubclass(type(each), Box)]
    finally:
        gc.enable()
    assert len(list(shelf.iterdir())) == 1
    assert kept == []


def test_a_worker_that_died_holding_the_lease_is_followed_by_another(hub, work, shelf):
    job = ask(hub)
    reports.take_lease(job_id=job.pk)
    assert work(job).state == State.RUNNING
    ReportJob.objects.filter(pk=job.pk).update(lease_until=job.requested_at - timedelta(seconds=1))
    job = work(job)
    assert (job.state, job.attempt) == (State.DONE, 2)
    assert len(list(shelf.iterdir())) == 1


def test_a_message_for_no_job_does_nothing(hub, work, shelf, fresh_database):
    with connected_as("worker", fresh_database):
        make_report(job_id=999_999)
    assert not shelf.exists()


def test_without_pango_the_report_fails_with_what_to_do_and_can_be_asked_for_again(hub, work, shelf):
    with machinery.without_pango():
        job = work(ask(hub))
    assert job.state == State.FAILED
    assert "libpango-1.0-0 and libpangoft2-1.0-0" in job.message
    assert "Nothing is lost" in job.message
    again = ask(hub)
    assert again.pk == job.pk
    assert work(again).state == State.DONE


def test_a_full_disk_leaves_no_part_of_a_file_and_heals(hub, work, shelf, queue, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    job = ask(hub)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        # more often than a report is begun that fails of itself
        for _ in range(reports.MOST_ATTEMPTS + 1):
            job = work(job)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (job.state, list(shelf.glob("*"))) == (State.WAITING, [])
    assert job.message.startswith("There is no room to keep the file. It is tried again every minute until there is")
    # not at once: a full disk is not written to again and again
    assert reports.send_waiting() == 0
    time_machine.shift(reports.SEND_AGAIN_AFTER.total_seconds() + 1)
    assert reports.send_waiting() == 1
    assert work(job).state == State.DONE


@pytest.mark.parametrize("way_out", ['<img src="http://127.0.0.1:9/">', '<img src="file:///etc/hostname">'])
def test_a_report_whose_pages_ask_for_something_outside_fails_at_once_and_says_so(
    hub, work, shelf, monkeypatch, way_out
):
    """As if a template forgot to print somebody's words as words."""
    set_pages = printing.set_pages
    monkeypatch.setattr(printing, "set_pages", lambda *what: set_pages(*what).replace("</h1>", f"{way_out}</h1>", 1))
    job = work(ask(hub))
    assert (job.state, job.attempt) == (State.FAILED, 1)
    assert "asks for something outside itself" in job.message
    assert not shelf.exists()


def test_who_lost_the_role_since_asking_gets_no_report(hub, work, shelf):
    job = ask(hub)
    RoleAssignment.objects.filter(user=hub.joanne).delete()
    job = work(job)
    assert job.state == State.FAILED
    assert "no longer holds a role that may" in job.message
    assert not shelf.exists()


def test_who_was_switched_off_since_asking_gets_no_report(hub, work, shelf):
    job = ask(hub)
    hub.joanne.is_active = False
    hub.joanne.save()
    assert work(job).state == State.FAILED
    assert not shelf.exists()


def test_the_country_is_reported_by_its_own_staff_from_the_release(released, work, shelf):
    job = work(ask(released, COUNTRY_PARTICIPATION, by=released.nia))
    assert (job.state, job.message) == (State.DONE, "")
    text = text_of(next(shelf.iterdir()).read_bytes())
    for expected in (
        "Children taking part 120",
        "Lambeth 55",
        "Year 4 c c",
        "Year 5 65 54 %",
        "All 120",
        "Sessions held 7",
        "Release 2026-27.1, cut on 17 November 2026",
        "hidden, because a number is under 10 or a neighbour would tell it",
    ):
        assert expected in text
    assert job.pages <= COUNTRY_PARTICIPATION.page_budget
    # every cell of the release, row by row as the pages have them
    source = published(Release.objects.get())
    tables = [shown(table) for one in headed(source) for table in one.tables]
    rows = [row for table in tables for row in (*table.rows, *([table.total] if table.total else []))]
    assert len(rows) > 80
    assert [row.heading for row in rows if not re.search(_line(row), text)] == []


def _line(row):
    """A row as its line is read from the page: of a long heading, which breaks, its cells may stand between two words."""
    words, cells = row.heading.split(), " ".join(cell.written for cell in row.cells)
    return "|".join(
        re.escape(" ".join((*words[:number], cells, *words[number:]))) for number in range(len(words), 0, -1)
    )


def test_who_asked_is_told_once_however_often_the_message_comes(hub, work, shelf, mailoutbox):
    work(ask(hub), times=3)
    assert [mail.to for mail in mailoutbox] == [[hub.joanne.email]]


def test_a_draft_of_the_portals_own_says_what_the_hub_would_be_told(hub, work, shelf, mailoutbox):
    with scoped(hub.both):
        drafted = reports.request_report(
            report=PROGRAMME_PARTICIPATION, about=Subject(hub.liverpool), academic_year=this_year(), by=None
        )
    assert work(drafted).state == State.DONE
    assert [mail.to for mail in mailoutbox] == [[hub.joanne.email]]
    # who asks then is given what is there
    assert ask(hub).pk == drafted.pk
