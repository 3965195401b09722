"""The one search: who finds whom, how a name may be written, and what the trail keeps."""

import logging
import re

import pytest

from inharmony.access.scope import scoped
from participants.actions import at_risk
from participants.models import Child
from tests.factories import participants, programmes, schools
from tests.trail import entries, entry


def found(client, words, **more):
    """Returns the names the results page shows, in its order."""
    html = client.get("/search/", {"find": words, **more}).content.decode()
    return [re.sub("<[^>]*>", "", row.split("</th>")[0]).strip() for row in html.split('<th scope="row">')[1:]]


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        ("ruth", ["Amara Adeyemi", "Nadia Begum"]),
        ("joanne", ["Amara Adeyemi", "Nadia Begum"]),
        ("priya", ["Amara Adeyemi"]),
        ("sam", ["Amara Adeyemi"]),
        ("omar", []),
    ],
)
def test_each_role_finds_its_own_children_and_no_others(client, cast, who, finds):
    with scoped(cast.liverpool_scope):
        Child.objects.filter(pk=cast.others[0].pk).update(known_as="Nadia")
    client.force_login(getattr(cast, who))
    assert [*found(client, "adeyemi"), *found(client, "nadia")] == finds


@pytest.mark.parametrize(
    ("who", "ensembles", "of_schools"),
    [
        ("ruth", ["Year 5 Brass"], ["Marigold Street Primary", "Saltwharf Primary"]),
        ("priya", [], ["Marigold Street Primary", "Saltwharf Primary"]),
        ("sam", [], ["Saltwharf Primary"]),
        ("omar", [], ["Kirkfold Primary"]),
    ],
)
def test_each_role_finds_its_own_ensembles_and_schools_and_no_others(client, cast, who, ensembles, of_schools):
    client.force_login(getattr(cast, who))
    assert (found(client, "brass"), found(client, "primary")) == (ensembles, of_schools)


@pytest.mark.parametrize("who", ["nia", "olu", "stranger"])
def test_whoever_sees_no_child_is_refused_and_has_no_field(client, cast, who):
    client.force_login(getattr(cast, who))
    answer = client.get("/search/?find=adeyemi")
    assert (answer.status_code, b"Adeyemi" in answer.content) == (403, False)
    assert b"data-seek" not in client.get("/account/").content


@pytest.mark.parametrize(
    "words",
    ["sian", "SIÂN", "evans price", "Price-Évans", "  siân   price ", "sian prise", "sina evans", "evas", "prixe"],
)
def test_a_name_is_found_however_it_is_written(client, cast, words):
    client.force_login(cast.omar)
    assert found(client, words) == ["Siân Price-Évans"]


@pytest.mark.parametrize(
    "words",
    ["sian ali", "soan evons price ruth", "sin o", "zzzz", "%", "_", "%%%%", "\\", "'", '"', "é" * 300, "x" * 300],
)
def test_what_is_in_no_name_finds_nobody_and_says_what_to_do(client, cast, words):
    client.force_login(cast.omar)
    answer = client.get("/search/", {"find": words})
    html = answer.content.decode()
    assert (answer.status_code, "Try fewer letters" in html, '<th scope="row">' in html) == (200, True, False)
    assert entries(act="children.listed") == []


def test_a_slip_is_forgiven_only_where_nobody_has_the_name(client, cast):
    with scoped(cast.liverpool_scope):
        names = [("Marta", "Lark"), ("Marty", "Lark")]
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
    client.force_login(cast.ruth)
    assert (found(client, "marta"), found(client, "marto")) == (["Marta Lark"], ["Marta Lark", "Marty Lark"])


def test_a_child_is_found_by_the_name_used_in_class_on_both_pages(client, cast):
    with scoped(cast.liverpool_scope):
        Child.objects.filter(pk=cast.children[0].pk).update(known_as="Möna")
    client.force_login(cast.ruth)
    assert found(client, "mona") == ["Möna Adeyemi"]
    assert found(client, "amara") == ["Möna Adeyemi"]
    assert "Möna Adeyemi" in client.get("/children/?find=mona").content.decode()


def test_a_child_is_never_found_by_their_upn(client, cast):
    upn = "T999000000011"
    with scoped(cast.liverpool_scope):
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=[("Bo", "Wren")], upn=upn)
    client.force_login(cast.ruth)
    assert (found(client, "wren"), found(client, upn), found(client, upn[1:8])) == (["Bo Wren"], [], [])


@pytest.mark.parametrize(("who", "finds"), [("ruth", True), ("joanne", True), ("priya", False), ("sam", False)])
def test_a_child_at_risk_is_found_by_staff_of_the_whole_hub_only(client, cast, who, finds):
    with scoped(cast.liverpool_scope):
        hidden = at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)
    client.force_login(getattr(cast, who))
    html = client.get(f"/search/?find={hidden.surname}").content.decode()
    assert (hidden.name in html, "off-paper" in html, "Protected children are not listed here" in html) == (
        finds,
        finds,
        not finds,
    )


def test_only_the_children_shown_are_in_the_trail_as_seen_and_never_the_words(client, cast):
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Wren") for n in range(10)]
        flock = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
    client.force_login(cast.ruth)
    html = client.get("/search/?find=wren").content.decode()
    seen = entry(act="children.listed")
    assert (seen.programme_id, sorted(seen.children)) == (cast.liverpool.pk, sorted(c.pk for c in flock[:8]))
    assert (seen.actor_id, "wren" in str(seen.details)) == (cast.ruth.pk, False)
    assert (html.count('<th scope="row">'), '<a href="/children/?find=wren">All 10 children</a>' in html) == (8, True)


def test_of_many_ensembles_and_schools_a_few_are_shown_and_all_in_one_press(client, cast):
    for n in range(10):
        programmes.ensemble(cast.liverpool, f"Wren Choir {n}")
        programmes.partner(cast.liverpool, schools.school(f"Wren Lane {n}"))
    client.force_login(cast.ruth)
    both = [*(f"Wren Choir {n}" for n in range(8)), *(f"Wren Lane {n}" for n in range(8))]
    assert found(client, "wren") == both
    assert len(found(client, "wren", only="ensembles")) == 10 + 8
    assert len(found(client, "wren", only="schools")) == 8 + 10
    assert found(client, "wren", only="<children>") == both


def test_an_empty_search_asks_for_a_name_and_shows_nobody(client, cast):
    client.force_login(cast.ruth)
    for address in ("/search/", "/search/?find=", "/search/?find=%20%00"):
        html = client.get(address).content.decode()
        assert ("Part of a name is enough" in html, '<th scope="row">' in html, "Try fewer" in html) == (
            True,
            False,
            False,
        )
    assert entries(act="children.listed") == []


@pytest.mark.parametrize("page", ["/search/", "/children/"])
def test_the_words_go_into_no_log_and_no_referrer(client, cast, caplog, page):
    client.force_login(cast.ruth)
    with caplog.at_level(logging.DEBUG):
        answer = client.get(page, {"find": "adeyemi"})
    # to the portal's own pages too, only where it stands
    assert answer["Referrer-Policy"] == "strict-origin"
    said = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert [line for line in said if "adeyemi" in line] == []


def test_what_was_searched_for_is_written_as_words_not_as_a_page(client, cast):
    client.force_login(cast.ruth)
    html = client.get("/search/", {"find": '"><b>&'}).content.decode()
    assert ("<b>&" in html, "&quot;&gt;&lt;b&gt;&amp;" in html) == (False, True)


def test_every_page_but_the_search_itself_has_the_field_in_its_masthead(client, cast):
    client.force_login(cast.sam)
    field = 'action="/search/" method="get"'
    assert (
        field in client.get("/children/").content.decode(),
        client.get("/search/").content.decode().count("data-seek"),
    ) == (
        True,
        1,
    )
    assert field not in client.get("/search/").content.decode()


@pytest.mark.parametrize("size", [1, 12])
def test_the_search_needs_the_same_statements_whatever_it_finds(client, cast, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Wren") for n in range(size)]
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
    for n in range(size):
        programmes.ensemble(cast.liverpool, f"Wren Choir {n}")
        programmes.partner(cast.liverpool, schools.school(f"Wren Lane {n}"))
    client.force_login(cast.ruth)
    # session, user, roles; savepoint, scope; names, children, count, trail, care; ensembles; schools; scope back
    with django_assert_num_queries(14):
        client.get("/search/?find=wren")
