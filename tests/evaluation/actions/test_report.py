"""The queue of record: one ask is one job, one job is one file, whatever is lost, doubled or down."""

import time
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
import time_machine
from django.db import IntegrityError

from evaluation.actions import report as reports
from evaluation.actions.report import LeaseLostError, Made
from evaluation.models import ReportJob
from evaluation.reports.declaration import NothingToReportError, Subject
from evaluation.reports.participation import COUNTRY_PARTICIPATION, PROGRAMME_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from inharmony.servers import ensure
from schools.models import AcademicYear
from tests import machinery
from tests.evaluation.conftest import NOW
from tests.factories import evaluation, programmes
from tests.factories.schools import this_year
from tests.people import person
from tests.trail import entries

State = ReportJob.State


@pytest.fixture
def hub(committed_cast, shelf):
    """Liverpool with one register taken; commits are real."""
    with scoped(committed_cast.both):
        evaluation.register(committed_cast.session, "pla", by=committed_cast.priya)
    return committed_cast


def ask(cast, by=None):
    by = by or cast.joanne
    with scoped(scope_of(by)):
        return reports.request_report(
            report=PROGRAMME_PARTICIPATION, about=Subject(cast.liverpool), academic_year=this_year(), by=by
        )


def later(**period):
    """So much later than the moment every test begins at."""
    return time_machine.travel(datetime.fromisoformat(NOW) + timedelta(**period), tick=False)


def made(key="k" * 64):
    return Made("reports/a.pdf", "0" * 64, 1000, 6, key)


def test_asking_twice_for_the_same_is_one_job(hub, queue):
    first, second = ask(hub), ask(hub)
    assert first.pk == second.pk
    assert ReportJob.objects.count() == 1
    assert len(entries(act="report.requested")) == 1
    # asked twice, hinted twice: the lease makes it one file
    assert queue() == [("evaluation.make_report", {"job_id": first.pk})] * 2


def test_asking_after_a_new_register_is_another_job(hub):
    first = ask(hub)
    with scoped(hub.both):
        evaluation.register(programmes.session(hub.strings, day=date(2026, 11, 10)), "ppp", by=hub.priya)
    assert ask(hub).pk != first.pk


def test_an_hour_later_the_same_figures_are_the_same_job(hub):
    first = ask(hub)
    with later(minutes=45):
        assert ask(hub).pk == first.pk


def test_asking_while_the_broker_is_down_keeps_the_job_and_answers_at_once(hub, no_broker):
    began = time.perf_counter()
    job = ask(hub)
    assert time.perf_counter() - began < 2
    assert ReportJob.objects.get(pk=job.pk).state == State.WAITING


def test_the_dispatcher_sends_what_the_hint_did_not(hub, queue):
    with machinery.without_broker():
        job = ask(hub)
        assert reports.send_waiting() == 0
    assert ReportJob.objects.get(pk=job.pk).sent_at is None
    assert reports.send_waiting() == 1
    assert queue() == [("evaluation.make_report", {"job_id": job.pk})]


def test_the_dispatcher_sends_a_job_again_only_when_nobody_took_it_for_a_minute(hub, queue):
    ask(hub)
    assert [reports.send_waiting(), reports.send_waiting()] == [1, 0]
    with later(seconds=61):
        assert reports.send_waiting() == 1


def test_the_dispatcher_passes_over_a_row_another_dispatcher_holds(hub, fresh_database):
    job = ask(hub)
    with psycopg.connect(ensure().database_url("worker"), dbname=fresh_database) as other:
        other.execute("SELECT 1 FROM evaluation_reportjob WHERE id = %s FOR UPDATE", [job.pk])
        assert reports.send_waiting() == 0
    assert reports.send_waiting() == 1


def test_only_one_worker_holds_a_job(hub):
    job = ask(hub)
    assert reports.take_lease(job_id=job.pk).attempt == 1
    assert reports.take_lease(job_id=job.pk) is None


def test_a_worker_that_went_silent_loses_the_job_to_the_next(hub):
    job = ask(hub)
    silent = reports.take_lease(job_id=job.pk)
    with later(seconds=91):
        assert reports.send_waiting() == 1
        second = reports.take_lease(job_id=job.pk)
        assert second.attempt == 2
        with pytest.raises(LeaseLostError):
            reports.renew_lease(job=silent, step=1)
        with pytest.raises(LeaseLostError):
            reports.finish_report(job=silent, made=made())
        reports.fail_report(job=silent, message="too late", is_final=True)
        reports.finish_report(job=second, made=made())
    job.refresh_from_db()
    assert (job.state, job.file_name, job.message) == (State.DONE, "reports/a.pdf", "")
    assert len(entries(act="report.made")) == 1


def test_a_step_keeps_the_lease(hub):
    held = reports.take_lease(job_id=ask(hub).pk)
    with later(seconds=80):
        reports.renew_lease(job=held, step=2)
    with later(seconds=160):
        assert reports.take_lease(job_id=held.pk) is None


def test_a_job_begun_three_times_for_nothing_is_given_up_with_a_message(hub):
    job = ask(hub)
    for attempt in range(3):
        with later(seconds=100 * attempt):
            assert reports.take_lease(job_id=job.pk).attempt == attempt + 1
    with later(seconds=300):
        assert reports.send_waiting() == 0
        job.refresh_from_db()
        assert reports.take_lease(job_id=job.pk) is None
    assert (job.state, job.message) == (State.FAILED, reports.ABANDONED)


def test_a_failed_attempt_is_tried_again_twice(hub):
    job = ask(hub)
    states = []
    for _ in range(3):
        held = reports.take_lease(job_id=job.pk)
        reports.fail_report(job=held, message="No room", is_final=False)
        job.refresh_from_db()
        states.append(job.state)
    assert states == [State.WAITING, State.WAITING, State.FAILED]
    assert len(entries(act="report.failed")) == 1


def test_asking_for_a_failed_report_puts_it_back(hub, queue):
    job = ask(hub)
    reports.fail_report(job=reports.take_lease(job_id=job.pk), message="No libraries", is_final=True)
    queue()
    again = ask(hub)
    assert (again.pk, ReportJob.objects.get().state, ReportJob.objects.get().message) == (job.pk, State.WAITING, "")
    assert queue()
    assert len(entries(act="report.retried")) == 1
    assert reports.take_lease(job_id=job.pk).attempt == 1


def test_asking_for_a_report_whose_file_is_gone_makes_it_anew(hub):
    job = ask(hub)
    held = reports.take_lease(job_id=job.pk)
    reports.finish_report(job=held, made=made(held.unique_key))
    assert ask(hub).pk == job.pk
    assert ReportJob.objects.get().state == State.WAITING


def test_a_job_that_is_being_made_is_not_put_back(hub):
    held = reports.take_lease(job_id=ask(hub).pk)
    assert reports.retry_report(job=held, by=hub.joanne).state == State.RUNNING
    assert len(entries(act="report.retried")) == 0


def test_a_file_that_says_what_another_job_says_gets_a_key_of_its_own(hub):
    first = ask(hub)
    with scoped(hub.both):
        evaluation.register(programmes.session(hub.strings, day=date(2026, 11, 10)), "ppp", by=hub.priya)
    second = ask(hub)
    reports.finish_report(job=reports.take_lease(job_id=first.pk), made=made(second.unique_key))
    first.refresh_from_db()
    assert first.unique_key not in (second.unique_key, "k" * 64)
    assert len(first.unique_key) == 64


def test_a_country_report_without_a_release_is_refused_and_leaves_nothing(hub):
    with pytest.raises(NothingToReportError, match="No release of 2026-27 has been cut yet"), scoped(scope_of(hub.nia)):
        reports.request_report(report=COUNTRY_PARTICIPATION, about=Subject(), academic_year=this_year(), by=hub.nia)
    assert (ReportJob.objects.count(), len(entries(act="report.requested"))) == (0, 0)


def test_a_job_cannot_be_done_without_its_file(hub):
    job = ask(hub)
    with pytest.raises(IntegrityError, match="done_has_its_file"):
        ReportJob.objects.filter(pk=job.pk).update(state=State.DONE)


def test_on_the_first_day_of_a_year_national_staff_are_told_that_there_is_no_release(hub):
    """Nobody has needed the year's row yet, and their database role could not make it."""
    with (
        time_machine.travel(datetime(2027, 8, 31, 23, 30, tzinfo=UTC), tick=False),  # 00:30 on 1 September in London
        scoped(scope_of(hub.nia)),
        pytest.raises(NothingToReportError, match="No release of 2027-28"),
    ):
        reports.request_report(
            report=COUNTRY_PARTICIPATION, about=Subject(), academic_year=AcademicYear(year=2027), by=hub.nia
        )


def test_a_report_whose_asker_has_left_is_made_for_who_asks_next(hub):
    job = ask(hub)
    reports.fail_report(job=reports.take_lease(job_id=job.pk), message="They left", is_final=True)
    colleague = person("Meera Nair", "manager", programme=hub.liverpool)
    again = ask(hub, by=colleague)
    assert (again.pk, ReportJob.objects.get().requested_by, ReportJob.objects.get().state) == (
        job.pk,
        colleague,
        State.WAITING,
    )


@pytest.mark.parametrize("is_begun", [False, True])
def test_a_cancelled_report_is_made_by_nobody_and_may_be_asked_for_again(hub, is_begun):
    job = ask(hub)
    taken = reports.take_lease(job_id=job.pk) if is_begun else None
    reports.cancel_report(job=job, by=hub.joanne)
    assert ReportJob.objects.get().state == State.STOPPED
    assert reports.take_lease(job_id=job.pk) is None
    if taken:
        with pytest.raises(LeaseLostError):
            reports.renew_lease(job=taken, step=1)
        with pytest.raises(LeaseLostError):
            reports.finish_report(job=taken, made=made(job.unique_key))
    assert len(entries(act="report.cancelled", actor_id=hub.joanne.pk)) == 1
    again = ask(hub)
    assert (again.pk, again.state, ReportJob.objects.get().state) == (job.pk, State.WAITING, State.WAITING)
    # who began before has lost it for good, also where the attempts begin again
    now = reports.take_lease(job_id=job.pk)
    if taken:
        assert taken.attempt == now.attempt
        with pytest.raises(LeaseLostError):
            reports.finish_report(job=taken, made=made(job.unique_key))
        reports.fail_report(job=taken, message="Late", is_final=True)
    reports.renew_lease(job=now, step=1)
    assert ReportJob.objects.get().state == State.RUNNING


def test_what_is_finished_is_not_cancelled(hub):
    job = ask(hub)
    reports.finish_report(job=reports.take_lease(job_id=job.pk), made=made(job.unique_key))
    assert reports.cancel_report(job=job, by=hub.joanne).state == State.DONE
    assert entries(act="report.cancelled") == []


def test_the_dispatcher_sends_no_cancelled_report(hub, queue):
    job = ask(hub)
    reports.cancel_report(job=job, by=hub.joanne)
    with later(minutes=5):
        assert reports.send_waiting() == 0
