"""The page of children who stopped coming, and the line about them on the hub's page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from participants.actions import at_risk
from tests.factories import evaluation, programmes
from tests.trail import entry


@pytest.fixture
def stopped(cast):
    """Two of three children of the strings missed the last three sessions."""
    today = timezone.localdate()
    with scoped(cast.liverpool_scope):
        for weeks in (3, 2, 1):
            session = programmes.session(cast.strings, day=today - timedelta(weeks=weeks))
            evaluation.register(session, "arp", by=cast.joanne)
    return cast


def page(client, who, path="/in-a-row/"):
    client.force_login(who)
    return client.get(path)


def test_the_page_names_who_to_ask_after_and_leaves_an_entry(client, stopped):
    html = page(client, stopped.priya).content.decode()
    first, second, third = (child.name for child in stopped.children)
    assert first in html
    assert second in html
    assert third not in html
    assert html.count('data-label="Sessions missed">3<') == 2
    assert sorted(entry(act="children.listed").children) == sorted(child.pk for child in stopped.children[:2])


def test_nobody_away_says_so(client, cast):
    assert "Nobody is away so long" in page(client, cast.priya).content.decode()


@pytest.mark.parametrize(("who", "status"), [("joanne", 200), ("omar", 200), ("sam", 403), ("nia", 403), ("olu", 403)])
def test_each_person_sees_their_own_hub_or_is_refused(client, stopped, who, status):
    found = page(client, getattr(stopped, who))
    assert found.status_code == status
    assert (stopped.children[0].name in found.content.decode()) == (who == "joanne")


def test_a_child_at_risk_stands_on_no_paper_and_in_no_list_of_a_coordinator(client, stopped):
    with scoped(stopped.liverpool_scope):
        at_risk.flag_at_risk(child=stopped.children[0], by=stopped.ruth)
    assert stopped.children[0].name not in page(client, stopped.priya).content.decode()
    html = page(client, stopped.ruth).content.decode()
    assert f'<tr class="off-paper"><th scope="row"><a href="/children/{stopped.children[0].pk}/">' in html
    assert "1 child is not printed" in html


def test_the_hub_says_how_many_stopped_coming_and_names_none(client, stopped):
    html = page(client, stopped.joanne, "/hub/").content.decode()
    assert "2 children missed three sessions or more in a row" in html
    assert 'href="/in-a-row/"' in html
    assert stopped.children[0].name not in html


def test_a_hub_where_everybody_comes_says_nothing_of_it(client, cast):
    assert "stopped coming" not in page(client, cast.joanne, "/hub/").content.decode()


def test_they_go_out_as_a_spreadsheet_but_whom_no_paper_shows(client, stopped):
    first, second, _ = stopped.children
    with scoped(stopped.liverpool_scope):
        at_risk.flag_at_risk(child=second, by=stopped.ruth)
    client.force_login(stopped.ruth)
    assert "/in-a-row/export/" in client.get("/in-a-row/").content.decode()
    (sheet,) = read(client.post("/in-a-row/export/", {"kind": "ods"}).content, "away.ods").sheets
    (row,) = sheet.rows[1:]
    assert row.cells[:2] == (first.forename, first.surname)
    assert row.cells[3:5] == (stopped.strings.name, 3)
    assert entry(act="absences.exported").children == [first.pk]
