"""The breach log on its pages: who notes, who reads, who amends; and that nothing of it is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import RoleAssignment, User
from inharmony.audit.actions import breach
from inharmony.audit.models import Breach, BreachVersion
from tests.inharmony.audit.breaches import WHAT, known, sent


@pytest.fixture
def log(cast):
    """A breach of Liverpool, one of Leeds, one of the portal."""
    made = {}
    for name, by, programme in (("liverpool", cast.joanne, cast.liverpool), ("leeds", cast.omar, cast.leeds)):
        with scoped(scope_of(by)):
            made[name] = breach.note(version=known(what=f"Lost in {name}."), programme_id=programme.pk, by=by)
    with scoped(scope_of(cast.olu)):
        made["portal"] = breach.note(version=known(what="Lost by the portal."), programme_id=None, by=cast.olu)
    return made


def versions(cast):
    with scoped(cast.both):
        return list(BreachVersion.objects.order_by("breach_id", "number"))


def address(noted, act=""):
    return f"/breaches/{noted.pk}/{act}"


@pytest.mark.parametrize(
    ("who", "reads"),
    [("joanne", {"liverpool", "portal"}), ("omar", {"leeds", "portal"}), ("olu", {"portal"})],
)
def test_a_hub_reads_its_own_and_the_portals_and_the_operator_the_portals(client, cast, log, who, reads):
    client.force_login(getattr(cast, who))
    html = client.get("/breaches/").content.decode()
    assert {name for name, noted in log.items() if f'href="{address(noted)}"' in html} == reads
    assert {name for name, noted in log.items() if client.get(address(noted)).status_code == 200} == reads
    foreign = [client.get(address(noted)) for name, noted in log.items() if name not in reads]
    absent = client.get("/breaches/999999/")
    assert {(page.status_code, page.content) for page in foreign} == {(404, absent.content)}


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("joanne", {"liverpool": 200, "leeds": 404, "portal": 403}),
        ("olu", {"liverpool": 404, "leeds": 404, "portal": 200}),
        ("ruth", {"liverpool": 403, "leeds": 403, "portal": 403}),
        ("nia", {"liverpool": 403, "leeds": 403, "portal": 403}),
    ],
)
def test_who_reads_and_does_not_answer_for_it_does_not_amend_it(client, cast, log, who, statuses):
    before = len(versions(cast))
    client.force_login(getattr(cast, who))
    changed = sent(known(children_about=1)) | {"seen": 1}
    assert {name: client.get(address(noted, "amend/")).status_code for name, noted in log.items()} == statuses
    answers = {name: client.post(address(noted, "amend/"), changed).status_code for name, noted in log.items()}
    assert answers == {name: 302 if status == 200 else status for name, status in statuses.items()}
    assert len(versions(cast)) == before + list(statuses.values()).count(200)


def test_a_manager_notes_a_breach_of_their_hub(client, cast):
    client.force_login(cast.joanne)
    form = client.get("/breaches/new/").content.decode()
    assert "No name of a child or family" in form
    response = client.post("/breaches/new/", sent(known(), hub=str(cast.liverpool.pk)))
    (made,) = versions(cast)
    assert (response.status_code, response["Location"]) == (302, f"/breaches/{made.breach_id}/")
    assert (made.programme_id, made.what, made.kinds) == (cast.liverpool.pk, WHAT, ["names"])
    assert (made.written_by_id, made.number) == (cast.joanne.pk, 1)


@pytest.mark.parametrize("hub", ["", "leeds", "x"])
def test_nobody_notes_a_breach_where_they_do_not_answer(client, cast, hub):
    client.force_login(cast.joanne)
    named = str(cast.leeds.pk) if hub == "leeds" else hub
    assert client.post("/breaches/new/", sent(known(), hub=named)).status_code == 422
    assert versions(cast) == []


def test_the_operator_notes_a_breach_of_the_portal(client, cast):
    client.force_login(cast.olu)
    assert client.post("/breaches/new/", sent(known(), hub="")).status_code == 302
    assert [each.programme_id for each in versions(cast)] == [None]


def test_who_answers_for_several_chooses(client, cast):
    RoleAssignment.objects.create(user=cast.joanne, role="operator")
    RoleAssignment.objects.create(user=cast.joanne, role="manager", programme=cast.leeds)
    client.force_login(User.objects.get(pk=cast.joanne.pk))
    html = client.get("/breaches/new/").content.decode()
    assert [name in html for name in (">Leeds<", ">Liverpool<", ">The whole portal<")] == [True] * 3
    assert client.post("/breaches/new/", sent(known(), hub=str(cast.leeds.pk))).status_code == 302
    assert [each.programme_id for each in versions(cast)] == [cast.leeds.pk]


def test_a_page_says_what_is_left_and_what_was_known_before(client, cast, log):
    client.force_login(cast.joanne)
    page = client.get(address(log["liverpool"])).content.decode()
    assert "2 days and 22 hours left" in page or "2 days and 23 hours left" in page
    told = {"ico": "tell", "ico_told_at": timezone.now() - timedelta(minutes=5)}
    changed = sent(known(what="Lost in liverpool.", **told)) | {"seen": 1}
    assert client.post(address(log["liverpool"], "amend/"), changed).status_code == 302
    page = client.get(address(log["liverpool"])).content.decode()
    assert "in time." in page
    assert "Changed: whether the ICO is told, when the ICO was told" in page


def test_amending_what_somebody_else_amended_meanwhile_writes_nothing(client, cast, log):
    client.force_login(cast.joanne)
    for children in (5, 6):
        response = client.post(
            address(log["liverpool"], "amend/"),
            sent(known(what="Lost in liverpool.", children_about=children)) | {"seen": 1},
        )
    assert response.status_code == 422
    assert "Somebody else amended this breach" in response.content.decode()
    about = [each.children_about for each in versions(cast) if each.breach_id == log["liverpool"].pk]
    assert about == [30, 5]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"what": ""}, "What happened is missing."),
        ({"kinds": []}, "Which kinds of data is missing."),
        ({"noticed_at": timezone.now() + timedelta(days=1)}, "is still to come"),
        ({"children_about": -1}, "greater than or equal to 0"),
        ({"happened_at": timezone.now() - timedelta(minutes=1)}, "cannot have been noticed before it happened"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(client, cast, changes, words):
    client.force_login(cast.joanne)
    response = client.post("/breaches/new/", sent(known(), hub=str(cast.liverpool.pk), **changes))
    assert (response.status_code, words in response.content.decode()) == (422, True)
    with scoped(cast.both):
        assert not Breach.objects.exists()


def test_the_log_without_an_entry_says_what_to_do(client, cast):
    client.force_login(cast.joanne)
    html = client.get("/breaches/").content.decode()
    assert "No breach is noted" in html
    assert 'href="/breaches/new/"' in html


def test_open_breaches_come_first(client, cast, log):
    told = {"ico": "no", "ico_why": "x", "families": "no", "families_why": "x", "done": "x"}
    with scoped(scope_of(cast.joanne)):
        breach.amend(breach=log["liverpool"], version=known(closed_at=timezone.now(), **told), seen=1, by=cast.joanne)
    client.force_login(cast.joanne)
    html = client.get("/breaches/").content.decode()
    assert html.index(address(log["portal"])) < html.index(address(log["liverpool"]))


@pytest.mark.parametrize("size", [1, 3])
def test_the_log_needs_the_same_statements_whatever_its_length(client, cast, size, django_assert_num_queries):
    with scoped(scope_of(cast.joanne)):
        for _ in range(size):
            breach.note(version=known(), programme_id=cast.liverpool.pk, by=cast.joanne)
    client.force_login(cast.joanne)
    with django_assert_num_queries(8):
        client.get("/breaches/")
