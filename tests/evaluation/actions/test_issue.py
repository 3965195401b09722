"""A report is issued as it was read, once, under a number; it never changes, and can be withdrawn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from evaluation.actions import report as reports
from evaluation.actions.issue import IssueRefusedError, succeed, withdraw_report
from evaluation.actions.release import cut_release
from evaluation.actions.shown import take_off
from evaluation.models import IssuedReport, ReportJob
from evaluation.reports import shelf as kept
from evaluation.reports.declaration import Subject
from evaluation.reports.impact import PROGRAMME_IMPACT
from evaluation.reports.participation import COUNTRY_PARTICIPATION, PROGRAMME_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from participants.models import Child
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.evaluation.actions.test_printing import text_of
from tests.evaluation.actions.test_report import ask
from tests.evaluation.actions.test_words import write
from tests.evaluation.conftest import ask_of_2026, contents_of_2026, finished, issue
from tests.factories import evaluation, participants, photos, programmes, stories
from tests.factories.schools import this_year
from tests.trail import entries

State = ReportJob.State


@pytest.fixture
def hub(committed_cast, shelf):
    """Liverpool with one register taken in the autumn, which nobody signed."""
    with scoped(committed_cast.both):
        evaluation.register(committed_cast.session, "pla", by=committed_cast.priya)
    return committed_cast


def pages(job):
    return text_of(kept.get(job.file_name))


def test_an_issued_report_says_what_the_draft_said_under_a_number(signed, work):
    draft = work(ask_of_2026(signed))
    issued = issue(signed, draft)
    assert work(issued.job).state == State.DONE
    issued = IssuedReport.objects.get()
    assert "Draft, not issued" in pages(draft)
    printed = pages(issued.job)
    assert "No. 2026-27/1, issued by Joanne Carter on 1 September 2027" in printed
    assert "Draft" not in printed
    foot = "Draft, not issued."
    told = "No. 2026-27/1, issued by Joanne Carter on 1 September 2027."
    assert pages(draft).replace(foot, told).replace(foot[:-1], told[:-1]).split() == printed.split()
    (entry,) = entries(act="report.issued")
    assert (entry.actor_id, entry.details["number"]) == (signed.joanne.pk, "No. 2026-27/1")


def test_issued_twice_it_has_one_number(signed, draft, issued):
    assert issue(signed, draft) == issued
    assert IssuedReport.objects.count() == 1


def test_of_two_who_issue_at_once_both_have_one_number(signed, draft):
    at_once = Barrier(2)

    def press(_):
        at_once.wait(30)
        try:
            return issue(signed, ReportJob.objects.get(pk=draft.pk)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert len(set(both.map(press, range(2)))) == 1


def test_a_term_that_nobody_signed_stands_in_the_way(hub):
    draft = finished(ask(hub))
    with pytest.raises(IssueRefusedError, match="The autumn term 2026-27 is not signed off"):
        issue(hub, draft)
    assert IssuedReport.objects.count() == 0


def test_figures_that_moved_since_the_draft_need_a_new_draft(signed, draft):
    one_more_register(signed)
    with pytest.raises(IssueRefusedError, match="What it says has changed since this draft was made"):
        issue(signed, draft)


def one_more_register(cast):
    with scoped(cast.both):
        evaluation.register(programmes.session(cast.strings, day=date(2026, 11, 10)), "ppp", by=cast.priya)


def test_figures_that_move_before_the_printing_leave_the_number_unused(signed, draft, work):
    number = issue(signed, draft)
    one_more_register(signed)
    job = work(number.job)
    assert job.state == State.FAILED
    assert "What it says changed between the issuing and the printing" in job.message
    assert "No. 2026-27/1 is not used." in job.message


@pytest.mark.parametrize("change", [{"file_hash": "0"}, {"state": State.WAITING}, {"pages": 9}, {"message": "x"}])
def test_the_database_keeps_the_file_of_an_issued_report(issued, change):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ReportJob.objects.filter(pk=issued.pk).update(**change)


@pytest.mark.parametrize("change", [{"number": 7}, {"key": "0"}, {"withdrawn_at": None, "issued_at": None}])
def test_the_database_keeps_what_was_issued(issued, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedReport.objects.filter(pk=issued.pk).update(**change)


def test_what_was_corrected_has_the_next_number_and_replaces_the_first(signed, issued, work):
    one_more_register(signed)
    second = issue(signed, finished(ask_of_2026(signed)))
    job = work(second.job)
    assert (second.number, second.replaces) == (2, issued)
    assert "No. 2026-27/2, issued by Joanne Carter on 1 September 2027, in place of No. 2026-27/1" in pages(job)
    assert kept.is_there(issued.job.file_name)


def test_withdrawn_its_file_is_destroyed_and_its_hash_stays(signed, issued):
    name, digest = issued.job.file_name, issued.job.file_hash
    with scoped(scope_of(signed.joanne)):
        gone = withdraw_report(issued=issued, because=" A child is named. ", by=signed.joanne)
        again = withdraw_report(issued=issued, because="Another reason", by=signed.joanne)
    assert not kept.is_there(name)
    assert gone.job.file_hash == digest
    assert (again.withdrawn_because, again.withdrawn_by) == ("A child is named.", signed.joanne)
    assert len(entries(act="report.withdrawn")) == 1
    with scoped(scope_of(signed.joanne)):
        # it is not made again
        assert reports.retry_report(job=issued.job, by=signed.joanne).state == State.DONE


def test_the_country_is_issued_of_a_release_of_the_whole_year(hub, work, fresh_database, time_machine):
    def ask_for():
        with scoped(scope_of(hub.nia)):
            return reports.request_report(
                report=COUNTRY_PARTICIPATION, about=Subject(), academic_year=AcademicYear(year=2026), by=hub.nia
            )

    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=None)
    early = finished(ask_for())
    time_machine.move_to("2027-09-01 09:00+01:00", tick=False)
    with pytest.raises(IssueRefusedError, match="A release of the whole year is cut after 31 August 2027"):
        issue(hub, early, by=hub.nia)
    with connected_as("worker", fresh_database):
        cut_release(academic_year=AcademicYear(year=2026), notes="The whole year.", by=None)
    number = issue(hub, finished(ask_for()), by=hub.nia)
    assert (str(number), work(number.job).state) == ("No. 2026-27/1", State.DONE)


def test_a_year_in_which_nothing_was_taken_or_that_goes_on_is_not_issued(hub):
    with pytest.raises(IssueRefusedError, match="The year is not over before 31 August 2027, and its summer term"):
        issue(hub, finished(ask(hub)))
    with scoped(scope_of(hub.omar)):
        empty = reports.request_report(
            report=PROGRAMME_PARTICIPATION, about=Subject(hub.leeds), academic_year=this_year(), by=hub.omar
        )
    with pytest.raises(IssueRefusedError, match="No register was taken in the year"):
        issue(hub, finished(empty), by=hub.omar)


def test_what_a_person_withdrew_is_in_no_draft_and_is_not_issued_again(signed, draft, issued):
    with scoped(scope_of(signed.joanne)):
        withdraw_report(issued=issued, because="A child is named.", by=signed.joanne)
    gone = ReportJob.objects.get(pk=draft.pk)
    assert (gone.state, gone.message) == (State.FAILED, "It was withdrawn as No. 2026-27/1: A child is named.")
    assert not kept.is_there(draft.file_name)
    with pytest.raises(
        IssueRefusedError, match=r"It says just what was withdrawn as No\. 2026-27/1: A child is named\."
    ):
        issue(signed, finished(ask_of_2026(signed)))


def twin_of(cast, draft):
    """Another finished draft that came to say the same: its figures were counted later than it was asked for."""
    asked = ask_of_2026(cast, PROGRAMME_IMPACT)
    ReportJob.objects.filter(pk=asked.pk).update(report=draft.report)
    asked = ReportJob.objects.get(pk=asked.pk)
    asked.unique_key = draft.unique_key
    return finished(asked)


def test_of_two_drafts_that_say_the_same_either_is_issued_and_both_go_when_it_is_withdrawn(signed, draft):
    twin = twin_of(signed, draft)
    assert twin.unique_key != draft.unique_key
    number = issue(signed, twin)
    # the same, whichever is pressed
    assert issue(signed, draft) == issue(signed, twin) == number
    finished(number.job)
    with scoped(scope_of(signed.joanne)):
        withdraw_report(issued=number, because="A child is named.", by=signed.joanne)
    assert not any(kept.is_there(one.file_name) for one in (draft, twin, number.job))
    assert {one.state for one in ReportJob.objects.filter(pk__in=[draft.pk, twin.pk])} == {State.FAILED}


def test_a_draft_that_came_to_say_what_a_person_withdrew_is_not_issued(signed, draft, issued):
    with scoped(scope_of(signed.joanne)):
        withdraw_report(issued=issued, because="A child is named.", by=signed.joanne)
    again = finished(ask_of_2026(signed))
    with pytest.raises(IssueRefusedError, match="It says just what was withdrawn"):
        issue(signed, twin_of(signed, again))


def test_a_number_that_was_never_printed_replaces_nothing_and_is_not_used_once_another_is_there(signed, draft):
    first = issue(signed, draft)
    reports.fail_report(job=reports.take_lease(job_id=first.job_id), message="No room", is_final=True)
    one_more_register(signed)
    second = issue(signed, finished(ask_of_2026(signed)))
    assert (second.number, second.replaces) == (2, None)
    with scoped(scope_of(signed.joanne)):
        assert reports.retry_report(job=ReportJob.objects.get(pk=first.job_id), by=signed.joanne).state == State.FAILED


def test_a_draft_whose_file_is_lost_is_not_issued(signed, draft):
    kept.drop(draft.file_name)
    with pytest.raises(IssueRefusedError, match="Its file is no longer kept"):
        issue(signed, draft)


def say(cast, words, question="highlights"):
    write(cast, words, paper="report-words", question=question)


def test_a_draft_in_whose_own_words_a_child_is_named_is_not_issued_until_it_is_not(signed):
    say(signed, "Amara Adeyemi of Saltwharf Primary sang with Joanne Carter. Her number is A801200001001.")
    draft = finished(ask_of_2026(signed))
    with pytest.raises(IssueRefusedError) as refused:
        issue(signed, draft)
    question = "In the hub’s own words, “What we are proud of this year”: "
    assert str(refused.value) == (
        f"{question}“amara adeyemi” is the name of a child. Write it without. {question}It holds a UPN. Take it out."
    )
    assert IssuedReport.objects.count() == 0
    # in the other report these words do not stand
    assert issue(signed, finished(ask_of_2026(signed, PROGRAMME_IMPACT))).number == 1
    say(signed, "A child of Saltwharf Primary sang with Joanne Carter.")
    assert issue(signed, finished(ask_of_2026(signed))).number == 2


def test_a_draft_below_whose_photo_a_child_is_named_is_not_issued(signed):
    with scoped(signed.liverpool_scope):
        said = {"taken_on": date(2027, 6, 12), "is_in_report": True, "is_public": True, "is_nobody": True}
        photos.photo(signed.liverpool, by=signed.joanne, caption="Amara Adeyemi, second from left", **said)
    shown = contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne).shown
    why = "Of the photo “Children with violins in a school hall”: “amara adeyemi” is the name of a child"
    with pytest.raises(IssueRefusedError, match=why):
        issue(signed, finished(ask_of_2026(signed), shown))


def test_a_child_who_came_to_the_hub_after_the_draft_is_named_in_none_that_is_issued(signed):
    say(signed, "Wren Otieno sang.")
    draft = finished(ask_of_2026(signed))
    with scoped(signed.liverpool_scope):
        participants.children(signed.liverpool, signed.saltwharf, by=signed.ruth, names=[("Wren", "Otieno")])
    with pytest.raises(IssueRefusedError, match="“wren otieno” is the name of a child"):
        issue(signed, draft)


def test_no_successor_is_issued_in_which_a_child_is_named(signed, work):
    with scoped(signed.liverpool_scope):
        stories.consent(signed.children[:1], by=signed.ruth)
        stories.story(signed.liverpool, by=signed.joanne, of=signed.children[:1], is_shared=True, academic_year=2026)
    say(signed, "Wren Otieno sang.", question="learned")
    number = issue(signed, work(ask_of_2026(signed, PROGRAMME_IMPACT)))
    job = work(number.job)
    with scoped(signed.liverpool_scope):
        stories.consent(signed.children[:1], by=signed.ruth, answer=stories.REFUSED)
        # whose name was written down wrongly
        Child.objects.filter(pk=signed.children[1].pk).update(forename="Wren", surname="Otieno")
    with scoped(scope_of(signed.joanne)):
        assert take_off(job=ReportJob.objects.get(pk=job.pk))
        assert succeed(withdrawn=IssuedReport.objects.get(pk=number.pk)) is None
    assert IssuedReport.objects.count() == 1
