"""What is asked before a finished report is opened, and when a page may say what its file says."""

import pytest

from evaluation.actions import report as reports
from evaluation.actions.reading import NotToBeHadError, file_of, require_to_be_had, what_it_says
from evaluation.actions.release import cut_release
from evaluation.models import ReportJob
from evaluation.reports.declaration import Subject
from evaluation.reports.impact import COUNTRY_IMPACT, PROGRAMME_IMPACT
from evaluation.reports.participation import COUNTRY_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.evaluation.actions.test_issue import one_more_register
from tests.evaluation.conftest import ask_of_2026, finished, issue
from tests.factories import stories
from tests.factories.schools import this_year


def opened(job, who):
    """What a page of the report says to somebody; None where it may say nothing."""
    with scoped(scope_of(who)):
        return what_it_says(job=ReportJob.objects.get(pk=job.pk), by=who)


def quoted(cast, words="I like the low notes best.", child=0):
    with scoped(cast.liverpool_scope):
        of = cast.children[child : child + 1]
        stories.consent(of, by=cast.ruth)
        return stories.story(cast.liverpool, by=cast.joanne, of=of, is_shared=True, academic_year=2026, words=words)


def marks(cast):
    with scoped(scope_of(cast.joanne)):
        return PROGRAMME_IMPACT.contents(Subject(cast.liverpool), 2026, cast.joanne).shown


@pytest.mark.parametrize("name", ["joanne", "ruth"])
def test_a_draft_is_read_while_its_figures_stand_by_whoever_may(signed, draft, name):
    contents = opened(draft, getattr(signed, name))
    assert contents is not None
    assert contents.title == "Liverpool"
    one_more_register(signed)
    assert opened(draft, getattr(signed, name)) is None


def test_an_issued_report_is_read_as_it_was_issued(signed, issued):
    assert opened(issued.job, signed.joanne).title == "Liverpool"
    one_more_register(signed)
    assert opened(issued.job, signed.joanne) is None


def test_a_draft_that_the_portal_made_by_itself_is_read_too(signed):
    with scoped(scope_of(signed.joanne)):
        job = reports.request_report(
            report=PROGRAMME_IMPACT, about=Subject(signed.liverpool), academic_year=AcademicYear(year=2026), by=None
        )
    assert opened(finished(job), signed.joanne) is not None


def test_what_was_shared_since_is_not_in_the_file_and_not_on_the_page(signed):
    first = quoted(signed)
    draft = finished(ask_of_2026(signed, PROGRAMME_IMPACT), marks(signed))
    issued = issue(signed, draft)
    job = finished(issued.job, draft.shows)
    quoted(signed, words="The concert was loud.", child=1)
    for one in (draft, job):
        told = [quote for section in opened(one, signed.joanne).sections for quote in section.quotes]
        assert [quote.paragraphs for quote in told] == [(first.words,)]


def test_a_draft_whose_figures_came_to_be_those_of_another_is_read_too(signed):
    """Of two drafts that say the same one has a key of its own, which nobody can ask for."""
    first = ask_of_2026(signed)
    one_more_register(signed)
    second = finished(ask_of_2026(signed))
    # counted only now
    first.unique_key = second.unique_key
    first = finished(first)
    assert first.unique_key != second.unique_key
    assert opened(first, signed.joanne) is not None
    assert opened(second, signed.joanne) is not None
    assert not reports.says(first, "another")


@pytest.mark.parametrize("report", [COUNTRY_PARTICIPATION, COUNTRY_IMPACT], ids=["participation", "impact"])
def test_national_staff_read_the_countrys_report_until_another_release_is_cut(
    committed_cast, shelf, fresh_database, report
):
    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=None)
    with scoped(scope_of(committed_cast.nia)):
        job = reports.request_report(report=report, about=Subject(), academic_year=this_year(), by=committed_cast.nia)
    job = finished(job)
    assert opened(job, committed_cast.nia).title == "The country"
    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=None)
    assert opened(job, committed_cast.nia) is None


def test_a_report_that_is_declared_no_more_is_not_read_but_fetched(signed, draft):
    ReportJob.objects.filter(pk=draft.pk).update(report="attainment")
    assert opened(draft, signed.joanne) is None
    assert file_of(job=ReportJob.objects.get(pk=draft.pk)) == b"pages"


def test_a_file_that_is_gone_is_said(draft, shelf):
    next(shelf.iterdir()).unlink()
    for door in (require_to_be_had, file_of):
        with pytest.raises(NotToBeHadError, match="is no longer kept"):
            door(job=draft)


def test_what_is_taken_back_while_the_page_is_counted_is_not_on_it(signed, monkeypatch):
    quoted(signed)
    job, key_of = finished(ask_of_2026(signed, PROGRAMME_IMPACT), marks(signed)), reports.unique_key

    def counted_and_withdrawn(*what):
        with scoped(signed.liverpool_scope):
            stories.consent(signed.children[:1], by=signed.ruth, answer=stories.REFUSED)
        return key_of(*what)

    monkeypatch.setattr(reports, "unique_key", counted_and_withdrawn)
    assert opened(job, signed.joanne) is None
