"""The transaction round every page: scope inside, nothing left behind."""

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from programmes.actions import closing
from tests.clients import SignedInClient
from tests.trail import entries, entry


@pytest.fixture
def pages(settings, cast):
    settings.ROOT_URLCONF = "tests.inharmony.access.pages"
    return cast


def as_user(user, **options):
    client = SignedInClient(**options)
    client.force_login(user)
    return client


def test_a_template_response_is_rendered_inside_the_scope_and_not_empty(pages):
    page = as_user(pages.joanne).get("/late/").content.decode()
    assert page == "".join(f"[{c.name}]" for c in sorted([*pages.children, *pages.others], key=lambda c: c.sort_key))


def test_a_view_that_forgot_to_filter_shows_nothing_of_another_hub(pages):
    shown = as_user(pages.omar).get("/unfiltered/").content.decode()
    assert shown == " ".join(child.name for child in pages.leeds_children)


def test_a_view_that_forgot_to_filter_shows_a_school_lead_their_own_school_only(pages):
    shown = as_user(pages.sam).get("/unfiltered/").content.decode()
    assert shown == " ".join(child.name for child in pages.children)


def test_national_staff_are_refused_by_the_database_itself(pages):
    with pytest.raises(ProgrammingError, match="permission denied for table participants_child"):
        as_user(pages.nia).get("/unfiltered/")


def test_without_a_scope_a_query_of_children_raises_and_is_never_empty(pages):
    with pytest.raises(ProgrammingError, match="without a scope"), transaction.atomic():
        SignedInClient().get("/nobody/")


def test_a_failing_page_leaves_nothing_behind(pages):
    response = as_user(pages.joanne, raise_request_exception=False).get("/breaks/")
    assert response.status_code == 500
    assert entries(act="test.before_failure") == []


def test_a_page_not_found_keeps_what_was_written_down(pages):
    assert as_user(pages.joanne).get("/absent/").status_code == 404
    assert len(entries(act="test.before_404")) == 1


def test_a_page_that_would_write_into_a_closed_hub_leaves_nothing_behind_but_the_refusal(pages):
    closing.close(programme=pages.liverpool, on=timezone.localdate(), by=pages.olu)
    response = as_user(pages.joanne).get("/twice/")
    assert (response.status_code, "Liverpool is closed since" in response.content.decode()) == (403, True)
    assert entries(act="test.before_closing") == []
    assert entry(act="access.refused").actor_id == pages.joanne.pk
    assert as_user(pages.omar).get("/twice/").content == b"done"


def test_a_view_without_a_gate_is_shut_and_the_refusal_is_in_the_trail(pages):
    assert as_user(pages.joanne).get("/undeclared/").status_code == 403
    event = entry(act="access.refused")
    assert (event.actor_id, event.details["method"]) == (pages.joanne.pk, "GET")


def test_what_a_signed_in_person_saw_is_not_stored(pages):
    assert as_user(pages.joanne).get("/late/")["Cache-Control"] == "no-store"


def test_a_page_that_keeps_accounts_reaches_no_child_whoever_it_is(pages):
    for person in (pages.joanne, pages.sam, pages.nia, pages.olu):
        assert as_user(person).get("/own/").content == b"0 web"
