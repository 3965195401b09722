"""Asking, waiting, fetching: the page of reports as people use it."""

import re
import time

import pytest
from django.urls import reverse

from evaluation.actions.printing import make_report
from evaluation.actions.release import cut_release
from evaluation.models import ReportJob
from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from schools.models import School
from tests import machinery
from tests.clients import SignedInClient
from tests.databases import connected_as
from tests.factories import evaluation
from tests.factories.schools import LONG_AGO, this_year
from tests.people import person
from tests.trail import entry

State = ReportJob.State
PAGE = "/reports/"


@pytest.fixture
def hub(committed_cast, shelf):
    """Liverpool with one register taken; commits are real."""
    with scoped(committed_cast.both):
        evaluation.register(committed_cast.session, "pla", by=committed_cast.priya)
    return committed_cast


@pytest.fixture
def sign_in():
    """Returns the browser of a person."""

    def client_of(person):
        client = SignedInClient()
        client.force_login(person)
        return client

    return client_of


def ask(client, report="participation-liverpool", year="2026-27"):
    return client.post(reverse("evaluation:report-request"), {"report": report, "year": year}, follow=True)


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def finished(hub, sign_in, fresh_database):
    """Liverpool's report, asked for by Joanne and made."""
    ask(sign_in(hub.joanne))
    with connected_as("worker", fresh_database):
        make_report(job_id=ReportJob.objects.get().pk)
    return ReportJob.objects.get()


def test_an_empty_list_says_what_to_do(cast, sign_in):
    words = words_of(sign_in(cast.joanne).get(PAGE))
    assert "No report has been asked for" in words
    assert "Choose a report and a year" in words


def test_asking_puts_the_report_into_the_list_at_once(hub, sign_in):
    page = ask(sign_in(hub.joanne))
    words = words_of(page)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "Participation report 2026-27: Liverpool" in words
    assert "Waiting: it will start by itself" in words
    assert "Asked for by you, 17 November 2026, 10:42" in words
    assert ReportJob.objects.get().requested_by == hub.joanne
    assert "Asked for by Joanne Carter, 17 November 2026, 10:42" in words_of(sign_in(hub.ruth).get(PAGE))


def test_national_staff_ask_for_the_country_and_see_each_others_reports(hub, sign_in, fresh_database):
    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=None)
    words = words_of(ask(sign_in(hub.nia), report="participation-country"))
    assert "Participation report 2026-27: the country" in words
    assert "Asked for by you" in words
    colleague = person("Dan Osei", "national")
    assert "Asked for by a colleague" in words_of(sign_in(colleague).get(PAGE))


def test_asking_while_the_broker_is_down_answers_within_two_seconds_and_loses_nothing(hub, sign_in, no_broker):
    client = sign_in(hub.joanne)
    began = time.perf_counter()
    page = ask(client)
    assert time.perf_counter() - began < 2
    assert page.status_code == 200
    assert "Waiting: it will start by itself" in words_of(page)
    assert ReportJob.objects.get().state == State.WAITING


def test_asking_again_for_what_is_finished_says_so(finished, hub, sign_in):
    words = words_of(ask(sign_in(hub.joanne)))
    assert "is ready: nothing has changed since it was made" in words
    assert ReportJob.objects.count() == 1


def test_a_report_being_made_shows_its_step(hub, sign_in):
    client = sign_in(hub.joanne)
    ask(client)
    job = ReportJob.objects.get()
    ReportJob.objects.filter(pk=job.pk).update(state=State.RUNNING, lease_until=job.requested_at, step=1)
    page = client.get(PAGE)
    assert "Step 2 of 4: drawing the charts." in words_of(page)
    # without script a link does what the script does
    assert "Look how far they are" in words_of(page)
    assert b"js/reports" in page.content


def test_a_finished_report_is_fetched_whole_and_kept_nowhere(finished, hub, sign_in, shelf):
    client = sign_in(hub.joanne)
    assert f"{finished.pages} pages" in words_of(client.get(PAGE))
    answer = client.get(reverse("evaluation:report-file", args=[finished.pk]))
    assert answer.content == next(shelf.iterdir()).read_bytes()
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    assert (
        answer["Content-Disposition"] == 'attachment; filename="in-harmony-liverpool-participation-2026-27-draft.pdf"'
    )
    assert not answer.streaming
    event = entry(act="report.downloaded")
    assert (event.actor_id, event.programme_id, event.subject_id) == (hub.joanne.pk, hub.liverpool.pk, finished.pk)


def test_a_finished_list_loads_no_script_that_looks_again(finished, hub, sign_in):
    assert b"js/reports" not in sign_in(hub.joanne).get(PAGE).content


def test_a_file_that_is_gone_is_said_and_can_be_made_again(finished, hub, sign_in, shelf):
    next(shelf.iterdir()).unlink()
    client = sign_in(hub.joanne)
    page = client.get(reverse("evaluation:report-file", args=[finished.pk]), follow=True)
    assert "is no longer kept. Ask for the report again." in words_of(page)
    ask(client)
    assert ReportJob.objects.get().state == State.WAITING


@pytest.mark.parametrize("name", ["omar", "nia"])
def test_another_hub_and_the_country_neither_list_nor_fetch_it(finished, hub, sign_in, name):
    client = sign_in(getattr(hub, name))
    assert "Liverpool" not in words_of(client.get(PAGE))
    assert client.get(reverse("evaluation:report-file", args=[finished.pk])).status_code == 404
    assert client.post(reverse("evaluation:report-retry", args=[finished.pk])).status_code == 404


@pytest.mark.parametrize("name", ["priya", "sam", "olu", "stranger"])
def test_who_may_see_no_reports_is_refused_everywhere(finished, hub, sign_in, name):
    client = sign_in(getattr(hub, name))
    assert client.get(PAGE).status_code == 403
    assert client.get(reverse("evaluation:report-file", args=[finished.pk])).status_code == 403
    assert ask(client).status_code == 403


def test_an_administrator_fetches_reports_but_asks_for_none(finished, hub, sign_in):
    client = sign_in(hub.ruth)
    page = client.get(PAGE)
    assert "Make the report" not in words_of(page)
    assert client.get(reverse("evaluation:report-file", args=[finished.pk])).status_code == 200
    assert ask(client).status_code == 403
    assert client.post(reverse("evaluation:report-retry", args=[finished.pk])).status_code == 403
    assert ReportJob.objects.count() == 1


def test_a_report_of_another_hub_cannot_be_asked_for(hub, sign_in):
    page = ask(sign_in(hub.omar))
    assert page.status_code == 422
    assert "The report was not asked for" in words_of(page)
    assert ReportJob.objects.count() == 0


def test_the_country_before_a_release_is_refused_with_what_to_do(hub, sign_in):
    page = ask(sign_in(hub.nia), report="participation-country")
    assert page.status_code == 422
    assert "once the year is over, whether or not every register was taken" in words_of(page)
    assert "Choose an earlier year until then." in words_of(page)
    assert ReportJob.objects.count() == 0


def test_a_failed_report_says_why_and_is_asked_for_again_with_one_press(hub, sign_in, fresh_database):
    client = sign_in(hub.joanne)
    ask(client)
    job = ReportJob.objects.get()
    with machinery.without_pango(), connected_as("worker", fresh_database):
        make_report(job_id=job.pk)
    words = words_of(client.get(PAGE))
    assert "libpango-1.0-0 and libpangoft2-1.0-0" in words
    assert "Ask again" in words
    client.post(reverse("evaluation:report-retry", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.message) == (State.WAITING, "")


@pytest.mark.parametrize("address", ["report-request", "report-retry"])
def test_acts_are_posted_never_followed(cast, sign_in, address):
    args = [1] if address == "report-retry" else []
    assert sign_in(cast.joanne).get(reverse(f"evaluation:{address}", args=args)).status_code == 405


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_list_asks_the_same_however_many_reports(cast, sign_in, jobs, django_assert_num_queries):
    for number in range(jobs):
        ReportJob.objects.create(
            report="participation",
            programme=cast.liverpool,
            academic_year_id=2026,
            unique_key=str(number),
            requested_by=cast.ruth,
        )
    client = sign_in(cast.joanne)
    # one of them for the partner schools of every hub offered, two for what was issued of the drafts and what replaced it
    with django_assert_num_queries(14):
        assert client.get(PAGE).status_code == 200


def test_a_report_that_waits_is_cancelled_with_one_press_and_asked_for_again(hub, sign_in):
    client = sign_in(hub.joanne)
    ask(client)
    job = ReportJob.objects.get()
    assert reverse("evaluation:report-cancel", args=[job.pk]) in client.get(PAGE).content.decode()
    page = client.post(reverse("evaluation:report-cancel", args=[job.pk]), follow=True)
    assert "Cancelled before it was finished. Nothing of it is kept." in words_of(page)
    client.post(reverse("evaluation:report-retry", args=[job.pk]))
    assert ReportJob.objects.get().state == State.WAITING


def test_one_that_was_finished_meanwhile_is_not_cancelled_and_that_is_said(finished, hub, sign_in):
    page = sign_in(hub.joanne).post(reverse("evaluation:report-cancel", args=[finished.pk]), follow=True)
    assert "was finished before it could be cancelled" in words_of(page)
    assert ReportJob.objects.get().state == State.DONE


@pytest.mark.parametrize(("name", "status"), [("omar", 404), ("nia", 404), ("ruth", 403), ("priya", 403)])
def test_who_may_not_ask_for_it_cancels_none(finished, hub, sign_in, name, status):
    ReportJob.objects.update(state=State.WAITING)
    client = sign_in(getattr(hub, name))
    assert client.post(reverse("evaluation:report-cancel", args=[finished.pk])).status_code == status
    assert ReportJob.objects.get().state == State.WAITING


def test_a_draft_of_the_portals_own_says_so(hub, sign_in, finished):
    ReportJob.objects.update(requested_by=None)
    assert "Asked for by the portal by itself" in words_of(sign_in(hub.joanne).get(PAGE))


def test_who_may_not_change_a_report_is_offered_no_button_for_it(finished, hub, sign_in):
    ReportJob.objects.update(state=State.WAITING)
    address = reverse("evaluation:report-cancel", args=[finished.pk]).encode()
    assert address in sign_in(hub.joanne).get(PAGE).content
    assert address not in sign_in(hub.ruth).get(PAGE).content
    both = person("Kemi Ade", "administrator", programme=hub.liverpool)
    RoleAssignment.objects.create(user=both, role="manager", programme=hub.leeds, starts_on=LONG_AGO)
    assert address not in sign_in(both).get(PAGE).content


def test_who_asks_for_what_a_colleague_waits_for_is_told_so(hub, sign_in):
    ask(sign_in(hub.joanne))
    second = person("Kemi Ade", "manager", programme=hub.liverpool)
    assert "is being made already, for a colleague" in words_of(ask(sign_in(second)))


def test_a_manager_asks_for_the_report_of_a_partner_school_and_of_no_other(hub, sign_in):
    evaluation.country(hub)
    client = sign_in(hub.joanne)
    school = School.objects.get(name="Liverpool School 4")
    assert '<optgroup label="Schools of Liverpool">' in client.get(PAGE).content.decode()
    words = words_of(ask(client, report=f"participation-liverpool-{school.urn}"))
    assert "Participation report 2026-27: Liverpool School 4, Liverpool" in words
    job = ReportJob.objects.get()
    assert (job.programme, job.school) == (hub.liverpool, school)
    assert entry(act="report.requested").details["school"] == str(school.pk)
    few = ask(client, report=f"participation-liverpool-{hub.saltwharf.urn}")
    assert (few.status_code, "Fewer than 10 children have come" in words_of(few)) == (422, True)
    of_leeds = School.objects.get(name="Leeds School 4")
    assert ask(client, report=f"participation-liverpool-{of_leeds.urn}").status_code == 422
    assert ReportJob.objects.count() == 1
