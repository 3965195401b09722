"""What a family takes back is in no report that anybody can fetch, from that moment on."""

from datetime import date

import pytest
from django.urls import reverse

from evaluation.actions import printing
from evaluation.actions import report as reports
from evaluation.actions.issue import withdraw_report
from evaluation.actions.reading import NotToBeHadError, require_to_be_had
from evaluation.actions.release import cut_release
from evaluation.actions.report import Made
from evaluation.actions.shown import take_off_all
from evaluation.models import IssuedReport, ReportJob
from evaluation.reports import shelf as kept
from evaluation.reports.declaration import ShownNoMoreError, Subject
from evaluation.reports.impact import COUNTRY_IMPACT, PROGRAMME_IMPACT
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.photos import AGREED
from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import RoleAssignment
from outcomes.actions import story as story_acts
from outcomes.actions.story_keeping import destroy_due as destroy_stories_due
from outcomes.models import Story
from participants.actions import photo as photo_acts
from participants.actions.photo_keeping import destroy_due
from participants.models import Photo
from programmes.models import Closing
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.evaluation.actions.test_issue import one_more_register
from tests.evaluation.actions.test_printing import text_of
from tests.evaluation.actions.test_words import write
from tests.evaluation.conftest import ask_of_2026, contents_of_2026, finished, issue
from tests.factories import photos, stories
from tests.trail import entries

State = ReportJob.State
WORDS = "I like the low notes best."


@pytest.fixture
def quoted(signed):
    """Liverpool, signed off, with a child quoted on music."""
    with scoped(signed.liverpool_scope):
        stories.consent(signed.children[:1], by=signed.ruth)
        stories.story(signed.liverpool, by=signed.joanne, of=signed.children[:1], is_shared=True, academic_year=2026)
    return signed


def ask(cast):
    return ask_of_2026(cast, PROGRAMME_IMPACT)


def withdraw(cast):
    with scoped(cast.liverpool_scope):
        stories.consent(cast.children[:1], by=cast.ruth, answer=stories.REFUSED)


def done(cast, job):
    """Finishes a job as a worker does that printed what stands by consent, without setting a page."""
    return finished(job, ask_marks(cast))


def pages(job):
    return text_of(kept.get(job.file_name))


def test_a_quotation_stands_beside_its_indicator_and_is_part_of_what_the_report_says(quoted, work):
    job = work(ask(quoted))
    assert f"{WORDS} A child" in pages(job)
    assert len(job.shows) == 1
    withdraw(quoted)
    # without it the report is another
    assert ask(quoted).pk != job.pk


def test_who_fetches_a_draft_after_a_family_took_its_words_back_is_told_and_has_nothing(quoted, open_as):
    job = done(quoted, ask(quoted))
    withdraw(quoted)
    answer = open_as(quoted.ruth, reverse("evaluation:report-file", args=[job.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (302, "text/html; charset=utf-8")
    gone = ReportJob.objects.get(pk=job.pk)
    assert (gone.state, kept.is_there(job.file_name)) == (State.FAILED, False)
    assert gone.message.endswith("Ask for it again: it is made without.")
    assert len(entries(act="report.destroyed")) == 1


def test_the_clock_finds_it_without_anybody_fetching_it(quoted, fresh_database):
    job = done(quoted, ask(quoted))
    with connected_as("worker", fresh_database):
        assert take_off_all() == 0
        withdraw_as(quoted, fresh_database)
        assert take_off_all() == 1
        assert take_off_all() == 0
    assert not kept.is_there(job.file_name)


def withdraw_as(cast, database):
    with connected_as("web", database):
        withdraw(cast)


def test_an_issued_report_is_withdrawn_and_a_successor_without_it_is_issued(quoted, work, fresh_database, mailoutbox):
    first = issue(quoted, work(ask(quoted)))
    printed = work(first.job)
    assert WORDS in pages(printed)
    withdraw(quoted)
    with connected_as("worker", fresh_database):
        # the draft and the number
        assert take_off_all() == 2
    assert not kept.is_there(printed.file_name)
    first, second = IssuedReport.objects.order_by("number")
    assert first.is_withdrawn
    assert first.job.file_hash == printed.file_hash
    assert (second.replaces, second.issued_by, second.first_issuer) == (first, None, quoted.joanne)
    job = work(second.job)
    assert job.state == State.DONE
    assert WORDS not in pages(job)
    told = "issued by the portal on 1 September 2027, in place of No. 2026-27/1 by Joanne Carter, without a part of it"
    assert told in pages(job)


def test_where_figures_moved_too_somebody_must_read_a_new_draft(quoted, fresh_database):
    first = issue(quoted, done(quoted, ask(quoted)))
    done(quoted, first.job)
    one_more_register(quoted)
    withdraw(quoted)
    take_off_as_worker(fresh_database)
    (only,) = IssuedReport.objects.all()
    assert only.is_withdrawn


def test_a_number_whose_printing_failed_keeps_no_successor_back(quoted, fresh_database):
    first = issue(quoted, done(quoted, ask(quoted)))
    done(quoted, first.job)
    write(quoted, "Said once, and taken off again.", paper="report-words", question="learned")
    unused = issue(quoted, done(quoted, ask(quoted)))
    fail(unused.job)
    write(quoted, "", paper="report-words", question="learned")
    withdraw(quoted)
    take_off_as_worker(fresh_database)
    assert [row.replaces_id for row in IssuedReport.objects.order_by("number")] == [None, first.pk, first.pk]


def fail(job):
    taken = reports.take_lease(job_id=job.pk)
    reports.fail_report(job=taken, message="No room.", is_final=True)


def test_what_is_taken_back_while_it_is_made_is_in_no_file(quoted):
    job = reports.take_lease(job_id=ask(quoted).pk)
    with scoped(scope_of(quoted.joanne)):
        contents = PROGRAMME_IMPACT.contents(Subject(quoted.liverpool), 2026, quoted.joanne)
    withdraw(quoted)
    made = Made("reports/a.pdf", "0" * 64, 1, 1, job.unique_key, contents.shown)
    with pytest.raises(ShownNoMoreError):
        reports.finish_report(job=job, made=made)
    assert ReportJob.objects.get(pk=job.pk).state == State.RUNNING


def test_looking_at_all_reports_takes_as_many_statements_however_many_there_are(quoted, django_assert_num_queries):
    for number in range(3):
        ReportJob.objects.create(
            report="impact",
            programme=quoted.liverpool,
            academic_year_id=2026,
            unique_key=str(number),
            state=State.DONE,
            file_name="reports/a.pdf",
            file_hash="a",
            finished_at="2027-01-01T00:00Z",
            shows=ask_marks(quoted),
        )
    # the reports, what may be shown, drafts to clear, withdrawn ones to settle
    with django_assert_num_queries(4):
        assert take_off_all() == 0


def ask_marks(cast):
    with scoped(scope_of(cast.joanne)):
        return list(PROGRAMME_IMPACT.contents(Subject(cast.liverpool), 2026, cast.joanne).shown)


def take_off_as_worker(database):
    with connected_as("worker", database):
        return take_off_all()


def test_a_successor_holds_nothing_that_was_shared_since(quoted, work, fresh_database):
    first = issue(quoted, work(ask(quoted)))
    work(first.job)
    with scoped(quoted.liverpool_scope):
        stories.consent(quoted.children[1:2], by=quoted.ruth)
        told = {"words": "Nobody read this one.", "academic_year": 2026}
        stories.story(quoted.liverpool, by=quoted.joanne, of=quoted.children[1:2], is_shared=True, **told)
    withdraw(quoted)
    assert take_off_as_worker(fresh_database) == 2
    _, second = IssuedReport.objects.order_by("number")
    text = pages(work(second.job))
    assert "Nobody read this one." not in text
    assert WORDS not in text


def test_a_successor_that_would_say_what_a_person_withdrew_is_not_issued(quoted, fresh_database):
    first = issue(quoted, done(quoted, ask(quoted)))
    done(quoted, first.job)
    with scoped(quoted.liverpool_scope):
        stories.consent(quoted.children[1:2], by=quoted.ruth)
        told = {"words": "The concert was loud.", "academic_year": 2026}
        stories.story(quoted.liverpool, by=quoted.joanne, of=quoted.children[1:2], is_shared=True, **told)
    second = issue(quoted, done(quoted, ask(quoted)))
    done(quoted, second.job)
    with scoped(scope_of(quoted.joanne)):
        withdraw_report(issued=first, because="Wrong words.", by=quoted.joanne)
        stories.consent(quoted.children[1:2], by=quoted.ruth, answer=stories.REFUSED)
    take_off_as_worker(fresh_database)
    assert [row.is_withdrawn for row in IssuedReport.objects.order_by("number")] == [True, True]


def test_in_the_name_of_who_may_issue_no_more_there_is_no_successor(quoted, fresh_database):
    first = issue(quoted, done(quoted, ask(quoted)))
    done(quoted, first.job)
    RoleAssignment.objects.filter(user=quoted.joanne).update(role="administrator")
    withdraw(quoted)
    take_off_as_worker(fresh_database)
    (only,) = IssuedReport.objects.all()
    assert only.is_withdrawn
    assert only.settled_at is not None


def test_a_file_that_cannot_be_destroyed_is_tried_again_and_keeps_nothing_back(quoted, fresh_database, monkeypatch):
    first = issue(quoted, done(quoted, ask(quoted)))
    printed = done(quoted, first.job)
    withdraw(quoted)
    with monkeypatch.context() as broken:
        broken.setattr(kept, "drop", lambda _: (_ for _ in ()).throw(OSError("away")))
        assert take_off_as_worker(fresh_database) == 2
    assert kept.is_there(printed.file_name)
    take_off_as_worker(fresh_database)
    assert not kept.is_there(printed.file_name)
    assert IssuedReport.objects.count() == 2


@pytest.fixture
def issued_with_it(quoted):
    """The number under which Liverpool's report with the quotation was issued and printed; no draft is left of it."""
    first = issue(quoted, done(quoted, ask(quoted)))
    done(quoted, first.job)
    ReportJob.objects.filter(unique_key=first.key).update(shows=[])
    return first


def destroy_stories_on_their_date(database, day=date(2030, 9, 2)):
    with connected_as("worker", database):
        return destroy_stories_due(today=day)


def test_what_is_kept_no_longer_was_agreed_to_and_stays_in_what_was_issued(
    quoted, issued_with_it, fresh_database, time_machine
):
    time_machine.move_to("2030-09-02 03:00+01:00", tick=False)
    assert destroy_stories_on_their_date(fresh_database) == 1
    assert take_off_as_worker(fresh_database) == 0
    assert not IssuedReport.objects.get().is_withdrawn
    assert kept.is_there(ReportJob.objects.get(pk=issued_with_it.pk).file_name)


def delete_story(cast):
    story_acts.delete(story=Story.objects.get(), by=cast.joanne)


def withdraw_story(cast):
    story_acts.withdraw(story=Story.objects.get(), by=cast.joanne)


@pytest.mark.parametrize("act", [delete_story, withdraw_story])
def test_what_a_person_takes_back_goes_from_what_was_issued_years_before(
    quoted, issued_with_it, fresh_database, time_machine, act
):
    time_machine.move_to("2029-02-01 03:00+00:00", tick=False)
    with scoped(quoted.liverpool_scope):
        act(quoted)
    assert take_off_as_worker(fresh_database) == 1
    assert IssuedReport.objects.order_by("number").first().is_withdrawn


def test_a_story_that_was_off_before_its_date_came_was_taken_back(quoted, issued_with_it, fresh_database, time_machine):
    time_machine.move_to("2030-09-02 03:00+01:00", tick=False)
    # nobody looked between the no and the morning
    withdraw(quoted)
    assert destroy_stories_on_their_date(fresh_database) == 1
    assert take_off_as_worker(fresh_database) == 1
    assert IssuedReport.objects.order_by("number").first().is_withdrawn


@pytest.fixture
def told_of_the_country(quoted, fresh_database):
    """The same child in the country's report of the year, which national staff issued; returns its number."""
    with connected_as("worker", fresh_database):
        cut_release(academic_year=AcademicYear(year=2026), by=None)
    with scoped(scope_of(quoted.nia)):
        asked = {"about": Subject(), "academic_year": AcademicYear(year=2026), "by": quoted.nia}
        job = reports.request_report(report=COUNTRY_IMPACT, **asked)
    draft = finished(job, ask_marks(quoted))
    issued = issue(quoted, draft, by=quoted.nia)
    finished(issued.job, draft.shows)
    # the draft is not what is asked after here
    ReportJob.objects.filter(pk=draft.pk).update(shows=[])
    return IssuedReport.objects.get(pk=issued.pk)


def opened_by(cast, issued, open_as):
    return open_as(cast.nia, reverse("evaluation:report-file", args=[issued.job_id]))


def test_what_is_taken_back_in_a_hub_goes_from_the_countrys_report_and_it_is_issued_without(
    quoted, told_of_the_country, fresh_database, work, open_as
):
    assert told_of_the_country.shows == ask_marks(quoted)
    assert opened_by(quoted, told_of_the_country, open_as).status_code == 200
    withdraw(quoted)
    assert opened_by(quoted, told_of_the_country, open_as).status_code == 302
    assert not kept.is_there(ReportJob.objects.get(pk=told_of_the_country.pk).file_name)
    take_off_as_worker(fresh_database)
    second = IssuedReport.objects.get(replaces=told_of_the_country)
    assert second.first_issuer == quoted.nia
    assert WORDS not in pages(work(second.job))


def test_what_is_taken_back_years_later_goes_from_the_countrys_report_too(
    quoted, told_of_the_country, open_as, time_machine
):
    time_machine.move_to("2030-08-30 03:00+01:00", tick=False)
    # national staff read no story: that it is there, and so was taken back, is looked for in its hub
    withdraw(quoted)
    assert opened_by(quoted, told_of_the_country, open_as).status_code == 302
    assert IssuedReport.objects.get(pk=told_of_the_country.pk).is_withdrawn


def test_of_the_country_too_what_is_kept_no_longer_was_agreed_to_and_stays(
    quoted, told_of_the_country, fresh_database, open_as, time_machine
):
    time_machine.move_to("2030-09-02 03:00+01:00", tick=False)
    assert destroy_stories_on_their_date(fresh_database) == 1
    assert take_off_as_worker(fresh_database) == 0
    assert opened_by(quoted, told_of_the_country, open_as).status_code == 200


def test_while_a_hub_whose_people_speak_in_it_is_closed_nobody_opens_the_countrys_report(
    quoted, told_of_the_country, open_as
):
    Closing.objects.create(programme=quoted.leeds, closed_on="2027-08-01", closed_by=quoted.olu)
    assert opened_by(quoted, told_of_the_country, open_as).status_code == 200
    Closing.objects.create(programme=quoted.liverpool, closed_on="2027-08-01", closed_by=quoted.olu)
    with (
        scoped(scope_of(quoted.nia)),
        pytest.raises(NotToBeHadError, match=r"is opened by nobody while Liverpool is closed: .* again"),
    ):
        require_to_be_had(job=ReportJob.objects.get(pk=told_of_the_country.pk))
    assert opened_by(quoted, told_of_the_country, open_as).status_code == 302
    assert kept.is_there(told_of_the_country.job.file_name)


@pytest.fixture
def pictured(signed):
    """Liverpool, signed off, with a photo of a child in its participation report."""
    with scoped(signed.liverpool_scope):
        photos.consent(signed.children[:1], by=signed.ruth)
        said = {"taken_on": date(2027, 6, 12), "is_in_report": True, "is_public": True}
        photos.photo(signed.liverpool, by=signed.joanne, on=signed.children[:1], **said)
    return signed


def ask_pictured(cast):
    return ask_of_2026(cast, PROGRAMME_PARTICIPATION)


def done_pictured(cast, job):
    return finished(job, contents_of_2026(cast, PROGRAMME_PARTICIPATION, cast.joanne).shown)


def no_photo(cast):
    photos.consent(cast.children[:1], by=cast.ruth, answer=photos.REFUSED)


def delete_photo(cast):
    photo_acts.delete(photo=Photo.objects.get(), by=cast.joanne)


def withdraw_and_publish_again(cast):
    photo_acts.publish(photo=photo_acts.withdraw(photo=Photo.objects.get(), by=cast.joanne), by=cast.joanne)


@pytest.mark.parametrize("act", [no_photo, delete_photo, withdraw_and_publish_again])
def test_a_draft_with_a_photo_that_was_taken_back_is_gone(pictured, act, open_as, time_machine):
    job = done_pictured(pictured, ask_pictured(pictured))
    time_machine.shift(60)
    with scoped(pictured.liverpool_scope):
        act(pictured)
    assert open_as(pictured.ruth, reverse("evaluation:report-file", args=[job.pk])).status_code == 302
    assert not kept.is_there(job.file_name)


def test_an_issued_report_is_withdrawn_and_its_successor_lacks_the_photo(pictured, work, fresh_database):
    first = issue(pictured, work(ask_pictured(pictured)))
    printed = work(first.job)
    assert AGREED in pages(printed)
    with scoped(pictured.liverpool_scope):
        no_photo(pictured)
    assert take_off_as_worker(fresh_database) == 2
    assert not kept.is_there(printed.file_name)
    _, second = IssuedReport.objects.order_by("number")
    job = work(second.job)
    assert (job.state, job.shows) == (State.DONE, [])
    assert AGREED not in pages(job)


def test_a_photo_that_a_report_shows_no_more_by_choice_stays_in_what_was_issued(pictured, fresh_database):
    first = issue(pictured, done_pictured(pictured, ask_pictured(pictured)))
    printed = done_pictured(pictured, first.job)
    with scoped(pictured.liverpool_scope):
        Photo.objects.update(is_in_report=False)
    assert take_off_as_worker(fresh_database) == 0
    assert kept.is_there(printed.file_name)


def test_a_photo_destroyed_on_its_date_was_agreed_to_and_stays_in_what_was_issued(
    pictured, fresh_database, time_machine
):
    first = issue(pictured, done_pictured(pictured, ask_pictured(pictured)))
    printed = done_pictured(pictured, first.job)
    time_machine.move_to("2030-06-12 04:40+01:00", tick=False)
    with connected_as("worker", fresh_database):
        assert destroy_due(today=date(2030, 6, 12)) == 1
    # the draft goes with it
    assert take_off_as_worker(fresh_database) == 1
    assert not IssuedReport.objects.get().is_withdrawn
    assert kept.is_there(printed.file_name)


def test_a_photo_that_was_off_before_its_date_came_was_taken_back(pictured, fresh_database, time_machine):
    first = issue(pictured, done_pictured(pictured, ask_pictured(pictured)))
    printed = done_pictured(pictured, first.job)
    time_machine.move_to("2030-06-12 04:40+01:00", tick=False)
    # nobody looked between the no and the morning
    withdraw_photo_as(pictured, fresh_database)
    with connected_as("worker", fresh_database):
        assert destroy_due(today=date(2030, 6, 12)) == 1
    assert take_off_as_worker(fresh_database) == 2
    assert not kept.is_there(printed.file_name)


def test_photos_published_since_are_in_no_successor_and_take_no_place(pictured, fresh_database, time_machine):
    with scoped(pictured.liverpool_scope):
        photos.consent(pictured.children[1:2], by=pictured.ruth)
        said = {"taken_on": date(2027, 6, 12), "is_in_report": True, "is_public": True, "on": pictured.children[1:2]}
        stays = photos.photo(pictured.liverpool, by=pictured.joanne, **said)
        first = issue(pictured, done_pictured(pictured, ask_pictured(pictured)))
        done_pictured(pictured, first.job)
        time_machine.shift(60)
        for _ in range(5):
            photos.photo(pictured.liverpool, by=pictured.joanne, **said)
        no_photo(pictured)
    take_off_as_worker(fresh_database)
    _, second = IssuedReport.objects.order_by("number")
    assert [mark.split()[2] for mark in second.shows] == [stays.key]


def test_a_photo_taken_back_while_its_pages_are_set_is_in_no_file(pictured, fresh_database, monkeypatch):
    job, read = ask_pictured(pictured), printing.read_photos

    def read_and_withdraw(contents):
        found = read(contents)
        withdraw_photo_as(pictured, fresh_database)
        return found

    monkeypatch.setattr(printing, "read_photos", read_and_withdraw)
    with connected_as("worker", fresh_database):
        printing.make_report(job_id=job.pk)
    unmade = ReportJob.objects.get(pk=job.pk)
    assert (unmade.state, unmade.file_name, unmade.attempt) == (State.WAITING, "", 1)
    assert unmade.message == "Something in it was taken back while it was made. It is made again by itself."


def withdraw_photo_as(cast, database):
    with connected_as("web", database), scoped(cast.liverpool_scope):
        no_photo(cast)
