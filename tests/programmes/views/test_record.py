"""The record as whoever keeps it reads it: all kinds, lists, one entry with its versions; and whose entries are whose."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inharmony.spreadsheets import read
from programmes.actions import entry as acts
from programmes.kinds import KINDS, Shown
from programmes.models import EntryVersion, ProgrammeStatus
from tests.architecture.test_urls import plain_addresses
from tests.factories import record
from tests.programmes.records import of_each_kind

RECORD = reverse("programmes:record")
PEOPLE = ("priya", "ruth", "joanne", "sam", "omar", "nia", "olu", "stranger")


def page_of(kind, row, act=""):
    return reverse(f"programmes:entry{act}", args=[kind, row.pk])


def listed(kind):
    return reverse("programmes:entries", args=[kind])


@pytest.fixture
def joanne(client, cast):
    """Who manages Liverpool, signed in."""
    client.force_login(cast.joanne)
    return client


def test_a_manager_keeps_what_is_of_their_hub_and_nothing_else_of_any_kind(client, cast):
    own, theirs, whole = of_each_kind(cast.liverpool), of_each_kind(cast.leeds), of_each_kind(None)
    assert set(own) == set(theirs) == set(KINDS)
    for who, expected in (("joanne", (200, 404, 404)), ("omar", (404, 200, 404)), ("olu", (200, 200, 200))):
        client.force_login(getattr(cast, who))
        for key in KINDS:
            rows = [own[key], theirs[key], whole.get(key)]
            answers = [client.get(page_of(key, row)).status_code if row else None for row in rows]
            assert (who, key, answers) == (
                who,
                key,
                [s if row else None for s, row in zip(expected, rows, strict=True)],
            )


def test_what_several_hubs_did_and_bodies_of_several_hubs_the_operator_keeps(client, cast):
    joint, body = record.collaboration(cast.liverpool, cast.leeds), record.organisation()
    record.role(body, cast.liverpool)
    client.force_login(cast.joanne)
    assert client.get(page_of("organisation", body)).status_code == 200
    record.role(body, cast.leeds)
    rows = (("collaboration", joint), ("organisation", body))
    assert [client.get(page_of(key, row)).status_code for key, row in rows] == [404, 404]
    client.force_login(cast.olu)
    assert [client.get(page_of(key, row)).status_code for key, row in rows] == [200, 200]


def test_a_body_that_pays_in_another_hub_is_not_a_managers(client, cast):
    payer = record.organisation()
    record.agreement(payer, cast.leeds)
    client.force_login(cast.joanne)
    assert client.get(page_of("organisation", payer)).status_code == 404


@pytest.mark.parametrize("who", PEOPLE)
def test_the_record_is_for_operator_and_managers(client, cast, who):
    person, row = getattr(cast, who), record.figure(cast.liverpool)
    client.force_login(person)
    pages = [RECORD, listed("figure"), reverse("programmes:entry-new", args=["figure"])]
    pages += [page_of("figure", row, act) for act in ("", "-change", "-withdraw")]
    pages.append(page_of("figure", row, "-restore") + "?version=1")
    answers = {client.get(page).status_code for page in pages}
    expected = {"joanne": {200, 404}, "olu": {200, 404}, "omar": {200, 404}}.get(who, {403})
    assert answers == expected
    posts = [page_of("figure", row, act) for act in ("-publish", "-withdraw")]
    posted = {client.post(page, {"why": "", "version": 0}).status_code for page in posts}
    assert posted == {"joanne": {422}, "olu": {422}, "omar": {404}}.get(who, {403})
    assert not EntryVersion.objects.exists()


@pytest.mark.parametrize(
    "address", ["/record/nothing/", "/record/nothing/new/", "/record/figure/999999983/", "/record/hub/new/"]
)
def test_what_is_not_there_is_not_found(joanne, address):
    assert joanne.get(address).status_code == 404


def test_the_first_page_counts_what_the_person_keeps_and_says_what_changed_last(client, cast):
    for hub in (cast.liverpool, cast.leeds, None):
        record.figure(hub, label=f"of {hub}")
    figure, withdrawn = record.figure(cast.liverpool), record.figure(cast.liverpool, label="Gone")
    client.force_login(cast.joanne)
    page = client.get(RECORD).content.decode()
    assert "Nothing yet: all of it says what came with the portal." in page
    acts.keep(kind=KINDS["figure"], row=figure, values={"value": Decimal(720)}, why="Says 720", by=cast.joanne)
    acts.withdraw(kind=KINDS["figure"], row=withdrawn, why="Twice", version=0, by=cast.olu)
    page = client.get(RECORD).content.decode()
    assert re.search(r'href="/record/figure/".*?shelf-count">2<', page, re.DOTALL)
    assert ("“Says 720”" in page, "Olu Grant" in page, page_of("figure", figure) in page) == (True, True, True)
    client.force_login(cast.omar)
    page = client.get(RECORD).content.decode()
    assert ("Says 720" in page, "Gone" in page) == (False, False)


def test_a_list_is_searched_narrowed_and_sorted(client, cast):
    rows = [
        record.figure(cast.liverpool, label="Cellos", value=9, as_at=date(2019, 1, 1)),
        record.figure(cast.liverpool, label="Violins", value=40, as_at=None),
        record.figure(cast.leeds, label="Horns", value=12, as_at=date(2015, 1, 1)),
        record.figure(None, label="Cellos of all", value=80, as_at=date(2012, 1, 1)),
    ]
    client.force_login(cast.olu)

    def found(query=""):
        html = client.get(listed("figure") + query).content.decode()
        return re.findall(r'<th scope="row"><a href="[^"]*">(\w[^:<]*)', html)

    assert found() == ["Cellos of all", "Horns", "Cellos", "Violins"]
    assert found("?sort=-value") == ["Cellos of all", "Violins", "Horns", "Cellos"]
    assert found("?find=cello") == ["Cellos of all", "Cellos"]
    assert found(f"?hub={cast.leeds.pk}") == ["Horns"]
    assert found("?hub=0") == ["Cellos of all"]
    assert found("?sort=nonsense&hub=x&state=y&page=99") == found()
    assert found("?find=oboe") == []
    assert "Nothing fits" in client.get(listed("figure") + "?find=oboe").content.decode()
    acts.withdraw(kind=KINDS["figure"], row=rows[0], why="w", version=0, by=cast.olu)
    assert (found("?find=cello"), found("?state=withdrawn"), len(found("?state=all"))) == (
        ["Cellos of all"],
        ["Cellos"],
        4,
    )


def test_a_kind_without_entries_says_what_to_do(joanne):
    page = joanne.get(listed("film")).content.decode()
    assert ("None yet" in page, reverse("programmes:entry-new", args=["film"]) in page) == (True, True)


def test_a_list_goes_out_with_the_same_filters(joanne, cast):
    record.figure(cast.liverpool, label="Cellos", note="=1+1")
    record.figure(cast.liverpool, label="Violins")
    record.figure(cast.leeds, label="Cellos of Leeds")
    export = reverse("programmes:entries-export", args=["figure"])
    assert f'action="{export}?find=cello"' in joanne.get(listed("figure") + "?find=cello").content.decode()
    (sheet,) = read(joanne.post(f"{export}?find=cello", {"kind": "csv"}).content, "figures.csv").sheets
    assert [row.cells[1] for row in sheet.rows] == ["What is counted", "Cellos"]


def test_an_entry_says_what_it_says_who_changed_what_and_where_it_is_shown(joanne, cast):
    row = record.figure(cast.liverpool)
    page = joanne.get(page_of("figure", row)).content.decode()
    assert "nobody has changed it" in page
    values = {"value": Decimal(720), "precision": "month", "note": "<b>bold</b>"}
    acts.keep(kind=KINDS["figure"], row=row, values=values, why="It says <i>720</i>", by=cast.joanne)
    page = joanne.get(page_of("figure", row)).content.decode()
    changed = re.findall(r'<dt>([^<]*)</dt><dd><span class="was">([^<]*)</span> <span class="becomes">([^<]*)<', page)
    assert sorted(changed) == [
        ("First day of that time: how much is in print", "Only the year", "Only the month"),
        ("More about it", "nothing", "&lt;b&gt;bold&lt;/b&gt;"),
        ("Number", "702", "720"),
    ]
    assert ("It came with the portal" in page, "Joanne Carter" in page, "<i>720" in page) == (True, True, False)
    assert page_of("figure", row, "-restore") + "?version=1" in page


def test_what_is_not_public_says_so(joanne, cast):
    agreement = record.agreement(record.organisation(), cast.liverpool)
    page = joanne.get(page_of("funding", agreement)).content.decode()
    assert ("Not public" in page, "On no public page" in page, "Report each term" in page) == (True, True, True)


def test_what_is_not_public_is_on_no_public_page(client, cast):
    body = record.organisation()
    for hub in (cast.liverpool, None):
        shut = record.agreement(body, hub, title="Untold grant", conditions="Untold condition", amount=Decimal(654321))
        shown = record.agreement(body, hub, title="Grant in print", conditions="Untold condition", is_public=True)
        for agreement in (shut, shown):
            record.condition(agreement, words="Untold report", note="Untold note", amount=Decimal(987654))
    pages = [path for _, view, path in plain_addresses() if getattr(view, "is_public", False)]
    pages += [page for name in ("programme",) if (page := Shown("", f"public:{name}", (cast.liverpool.slug,)).href)]
    assert "/about/" in pages
    for page in pages:
        html = client.get(page).content.decode("utf-8", "replace")
        assert (page, re.findall(r"Untold \w+|654,?321|987,?654", html)) == (page, [])
    client.force_login(cast.joanne)
    agreements = client.get(listed("funding")).content.decode()
    assert ("Untold grant" in agreements, "654,321" in agreements) == (True, True)


def versions_of(row, cast, many):
    for number in range(many):
        acts.keep(
            kind=KINDS["figure"],
            row=row,
            values={"value": Decimal(number)},
            why="w",
            version=number and number + 1,
            by=cast.joanne,
        )


@pytest.mark.parametrize("size", [1, 3])
def test_pages_need_the_same_statements_whatever_there_is(joanne, cast, size):
    for number in range(size):
        row = record.figure(cast.liverpool, label=f"Figure {number}")
        record.collaboration(cast.liverpool, title=f"Project {number}")
        versions_of(row, cast, size)
    pages = {RECORD: 26, listed("figure"): 11, listed("collaboration"): 12, page_of("figure", row): 11}
    counted = {}
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            joanne.get(page)
        counted[page] = len(asked)
    assert counted == pages


def test_a_closed_hub_is_read_and_says_so(joanne, cast):
    status = ProgrammeStatus.objects.get(programme=cast.liverpool)
    cast.liverpool.closings.create(closed_on=timezone.localdate() - timedelta(days=1), closed_by=cast.olu)
    assert joanne.get(page_of("status", status)).status_code == 200
