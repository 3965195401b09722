"""Issuing and withdrawing, as people press it."""

import pytest
from django.urls import reverse

from evaluation.models import IssuedReport, ReportJob
from evaluation.reports import shelf as kept
from inharmony.access.scope import scoped
from tests.clients import SignedInClient
from tests.evaluation.actions.test_words import write
from tests.evaluation.conftest import ask_of_2026, finished
from tests.evaluation.views.test_report import PAGE, words_of
from tests.factories import evaluation


@pytest.fixture
def sign_in():
    """Returns the browser of a person."""

    def client_of(person):
        client = SignedInClient()
        client.force_login(person)
        return client

    return client_of


def at(act, job):
    return reverse(f"evaluation:report-{act}", args=[job.pk])


def test_a_manager_issues_the_draft_they_read(signed, draft, sign_in):
    client = sign_in(signed.joanne)
    assert at("issue", draft) in client.get(PAGE).content.decode()
    page = words_of(client.get(at("issue", draft)))
    assert "Have you read the draft?" in page
    page = words_of(client.post(at("issue", draft), follow=True))
    assert "Participation report 2026-27: Liverpool is issued as No. 2026-27/1. It is being printed." in page
    assert IssuedReport.objects.get().key == draft.unique_key


def test_an_issued_report_shows_its_number_and_hash_and_its_draft_is_issued_no_more(signed, draft, issued, sign_in):
    client = sign_in(signed.joanne)
    page = client.get(PAGE).content.decode()
    assert "No. 2026-27/1" in page
    assert issued.job.file_hash in page
    assert "Issued as No. 2026-27/1." in page
    assert at("issue", draft) not in page
    assert at("withdraw", issued.job) in page
    answer = client.get(at("file", issued.job))
    assert 'filename="in-harmony-liverpool-participation-2026-27-no-1.pdf"' in answer["Content-Disposition"]


def test_what_is_lacking_is_said_and_pressing_all_the_same_is_refused(committed_cast, sign_in):
    hub = committed_cast
    with scoped(hub.both):
        evaluation.register(hub.session, "pla", by=hub.priya)
    job = ReportJob.objects.create(
        report="participation", programme=hub.liverpool, academic_year_id=2026, unique_key="k", requested_by=hub.joanne
    )
    client = sign_in(hub.joanne)
    page = words_of(client.get(at("issue", job)))
    assert "It is not finished yet." in page
    assert "The autumn term 2026-27 is not signed off." in page
    answer = client.post(at("issue", job))
    assert (answer.status_code, "It is not issued." in words_of(answer)) == (422, True)
    assert IssuedReport.objects.count() == 0


def test_withdrawing_asks_why_and_then_nobody_fetches_the_file(signed, issued, sign_in):
    client = sign_in(signed.joanne)
    assert "Say why it is withdrawn." in words_of(client.post(at("withdraw", issued.job), {"because": " "}))
    page = words_of(client.post(at("withdraw", issued.job), {"because": "A number was wrong."}, follow=True))
    assert "No. 2026-27/1 is withdrawn, and its file is destroyed." in page
    assert "A number was wrong." in page
    assert not kept.is_there(issued.job.file_name)
    page = words_of(client.get(at("file", issued.job), follow=True))
    assert "No. 2026-27/1, was withdrawn. A number was wrong." in page


def test_what_says_too_much_in_the_hubs_own_words_is_lacking_with_the_way_to_them(signed, sign_in):
    write(signed, "Amara Adeyemi sang.", paper="report-words", question="foreword")
    client, job = sign_in(signed.joanne), finished(ask_of_2026(signed))
    page = client.get(at("issue", job))
    said = "In the hub’s own words, “Foreword”: “amara adeyemi” is the name of a child. Write it without."
    assert said in words_of(page)
    assert "/hub/liverpool/report-words/?year=2026-27" in page.content.decode()
    assert "Issue the report" not in words_of(page)
    answer = client.post(at("issue", job))
    assert (answer.status_code, f"It is not issued. {said}" in words_of(answer)) == (422, True)
    assert IssuedReport.objects.count() == 0


@pytest.mark.parametrize(("name", "status"), [("omar", 404), ("nia", 404), ("ruth", 403), ("priya", 403)])
@pytest.mark.parametrize("act", ["issue", "withdraw"])
def test_who_may_make_no_report_issues_and_withdraws_none(signed, draft, issued, sign_in, name, status, act):
    client = sign_in(getattr(signed, name))
    job = draft if act == "issue" else issued.job
    assert client.get(at(act, job)).status_code == status
    assert client.post(at(act, job), {"because": "x"}).status_code == status
    with scoped(signed.both):
        assert not IssuedReport.objects.get().is_withdrawn


def test_an_issued_report_is_not_issued_again_and_a_draft_not_withdrawn(signed, draft, issued, sign_in):
    client = sign_in(signed.joanne)
    assert client.get(at("issue", issued.job)).status_code == 404
    assert client.get(at("withdraw", draft)).status_code == 404
