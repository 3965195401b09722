"""Who asked for a report is written to once it is ready: once, with a link and no figure."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from evaluation.actions import issue as issue_acts
from evaluation.actions import report as reports
from evaluation.actions.release import cut_release
from evaluation.actions.report_mail import STILL_NEWS, mail_finished, mail_unmailed, mail_untold
from evaluation.actions.shown import GONE
from evaluation.models import IssuedReport, ReportJob
from evaluation.reports.declaration import Subject
from evaluation.reports.participation import COUNTRY_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import RoleAssignment
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.evaluation.actions.test_issue import one_more_register
from tests.evaluation.actions.test_report import ask, made
from tests.evaluation.conftest import ask_of_2026, issue
from tests.evaluation.conftest import finished as printed
from tests.people import person

State = ReportJob.State


@pytest.fixture
def finished(cast, queue):
    """A report that a worker has finished and of which nobody was told."""
    job = ask(cast)
    taken = reports.take_lease(job_id=job.pk)
    reports.finish_report(job=taken, made=made(job.unique_key))
    return ReportJob.objects.get(pk=job.pk)


def test_a_finished_report_is_told_with_links_and_nothing_of_it(finished, cast, mailoutbox, settings):
    assert mail_finished(job_id=finished.pk)
    (mail,) = mailoutbox
    assert mail.to == [cast.joanne.email]
    assert mail.subject == "Ready: Participation report 2026-27: Liverpool"
    links = [line for line in mail.body.splitlines() if line.startswith("http")]
    assert links == [f"{settings.PORTAL_URL}/reports/{finished.pk}/", f"{settings.PORTAL_URL}/reports/"]
    assert "%" not in mail.body
    assert finished.file_name not in mail.body


def test_however_often_it_is_told_one_mail_goes_out(finished, mailoutbox):
    assert [mail_finished(job_id=finished.pk) for _ in range(3)] == [True, False, False]
    assert mail_unmailed() == 0
    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_down_is_tried_again(finished, mailoutbox, monkeypatch):
    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(OSError("no route")))
        assert not mail_finished(job_id=finished.pk)
    assert mail_unmailed() == 1
    assert len(mailoutbox) == 1


def test_twice_the_same_report_has_one_message_id(finished, mailoutbox):
    mail_finished(job_id=finished.pk)
    # as after a kill between the sending and the writing down
    ReportJob.objects.update(mailed_at=None)
    mail_finished(job_id=finished.pk)
    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.FAILED, State.STOPPED])
def test_nobody_is_told_of_one_that_is_not_ready(finished, mailoutbox, state):
    ReportJob.objects.update(state=state, lease_until=timezone.now())
    assert not mail_finished(job_id=finished.pk)
    assert mailoutbox == []


def test_to_who_has_gone_nothing_is_written(finished, cast, mailoutbox):
    type(cast.joanne).objects.filter(pk=cast.joanne.pk).update(is_active=False)
    assert not mail_finished(job_id=finished.pk)
    assert mailoutbox == []


def test_of_what_the_clock_drafted_the_hubs_managers_are_told_in_one_mail(finished, cast, mailoutbox):
    second = person("Second Manager", "manager", programme=cast.liverpool)
    ReportJob.objects.update(requested_by=None, drafted_at=timezone.now())
    assert [mail_finished(job_id=finished.pk) for _ in range(2)] == [True, False]
    (mail,) = mailoutbox
    assert mail.to == [cast.joanne.email, second.email]
    assert "has drafted a report by itself" in mail.body
    assert "Hello,\n" in mail.body


def test_of_the_drafts_of_schools_which_are_many_nobody_is_told(finished, cast, mailoutbox):
    ReportJob.objects.update(requested_by=None, drafted_at=timezone.now(), school=cast.saltwharf)
    assert not mail_finished(job_id=finished.pk)
    assert mailoutbox == []


def test_who_holds_no_role_any_more_is_not_written_to_and_keeps_no_other_waiting(finished, cast, mailoutbox):
    ReportJob.objects.create(
        report="impact",
        programme=cast.liverpool,
        academic_year=finished.academic_year,
        unique_key="another",
        state=State.DONE,
        requested_by=cast.ruth,
        file_name="reports/a.pdf",
        file_hash="a",
        finished_at=timezone.now(),
    )
    RoleAssignment.objects.filter(user=cast.joanne).delete()
    assert mail_unmailed() == 1
    assert [mail.to for mail in mailoutbox] == [[cast.ruth.email]]
    assert mail_unmailed() == 0


def test_what_is_a_day_old_is_no_news(finished, mailoutbox):
    ReportJob.objects.update(finished_at=timezone.now() - STILL_NEWS - timedelta(seconds=1))
    assert mail_unmailed() == 0
    assert mailoutbox == []


def test_two_workers_at_once_write_one_mail(committed_cast, queue, mailoutbox):
    job = ask(committed_cast)
    reports.finish_report(job=reports.take_lease(job_id=job.pk), made=made(job.unique_key))
    at_once = Barrier(3)

    def tell(_number):
        at_once.wait(30)
        try:
            return mail_finished(job_id=job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        assert sum(workers.map(tell, range(3))) == 1
    assert len(mailoutbox) == 1


@pytest.fixture
def withdrawn(signed, draft, mailoutbox):
    """A report of Liverpool that the portal withdrew and that nothing took the place of; Liverpool has two managers."""
    number = issue(signed, draft)
    printed(number.job)
    with scoped(signed.liverpool_scope):
        issue_acts.withdraw_report(issued=number, because=GONE, by=None)
    IssuedReport.objects.update(settled_at=timezone.now())
    person("Second Manager", "manager", programme=signed.liverpool)
    mailoutbox.clear()
    return IssuedReport.objects.get()


def test_managers_are_told_once_where_nothing_took_the_place_of_a_withdrawn_report(withdrawn, signed, mailoutbox):
    assert [mail_untold() for _ in range(3)] == [1, 0, 0]
    assert len(mailoutbox) == 2
    mail = next(mail for mail in mailoutbox if mail.to == [signed.joanne.email])
    assert mail.subject == "Withdrawn: Participation report 2026-27: Liverpool"
    assert "Participation report 2026-27: Liverpool, No. 2026-27/1, is withdrawn." in mail.body
    assert "%" not in mail.body


def test_of_the_countrys_report_its_staff_are_told(signed, fresh_database, mailoutbox):
    year = AcademicYear(year=2026)
    with connected_as("worker", fresh_database):
        cut_release(academic_year=year, by=None)
    with scoped(scope_of(signed.nia)):
        job = reports.request_report(report=COUNTRY_PARTICIPATION, about=Subject(), academic_year=year, by=signed.nia)
    number = issue(signed, printed(job), by=signed.nia)
    printed(number.job)
    issue_acts.withdraw_report(issued=IssuedReport.objects.get(), because=GONE, by=None)
    IssuedReport.objects.update(settled_at=timezone.now())
    mailoutbox.clear()
    with connected_as("worker", fresh_database):
        assert [mail_untold() for _ in range(2)] == [1, 0]
    assert [mail.to for mail in mailoutbox] == [[signed.nia.email]]


def test_an_address_that_is_refused_keeps_no_other_back_and_is_not_tried_for_ever(withdrawn, mailoutbox, monkeypatch):
    send = EmailBackend.send_messages

    def refuse(self, mails):
        if mails[0].to == [withdrawn.issued_by.email]:
            raise OSError("refused")
        return send(self, mails)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert [mail_untold() for _ in range(3)] == [1, 0, 0]
    assert len(mailoutbox) == 1


def test_while_nobody_can_be_told_it_is_tried_again(withdrawn, mailoutbox, monkeypatch):
    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(OSError("no route")))
        assert mail_untold() == 0
    assert mail_untold() == 1
    assert len(mailoutbox) == 2


def test_where_the_time_ran_out_before_anybody_was_told_it_is_tried_again(withdrawn, mailoutbox, monkeypatch):
    with monkeypatch.context() as slow:
        slow.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(SoftTimeLimitExceeded))
        with pytest.raises(SoftTimeLimitExceeded):
            mail_untold()
    assert mail_untold() == 1
    assert len(mailoutbox) == 2


def test_what_is_on_its_way_to_take_its_place_is_waited_for(withdrawn, signed, mailoutbox):
    one_more_register(signed)
    again = issue(signed, printed(ask_of_2026(signed)))
    mailoutbox.clear()
    assert mail_untold() == 0
    reports.fail_report(job=reports.take_lease(job_id=again.job_id), message="No room.", is_final=True)
    assert mail_untold() == 1


def test_of_what_took_its_place_nobody_is_told_that_nothing_did(withdrawn, signed, mailoutbox):
    one_more_register(signed)
    printed(issue(signed, printed(ask_of_2026(signed))).job)
    mailoutbox.clear()
    assert [mail_untold(), mail_untold()] == [0, 0]
    assert mailoutbox == []
