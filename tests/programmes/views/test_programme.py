"""The pages on which a hub is brought in: the list, the form, and what one still needs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import gate_of
from inharmony.accounts.models import Invitation, User
from participants.queries.roster import importable_partnerships
from programmes.actions import closing
from programmes.models import Place, Programme, ProgrammeStatus, SharingAgreement
from programmes.views import agreement, partnership, programme
from programmes.views import closing as closing_views
from schools.models import LocalAuthority
from tests.factories import programmes, schools

TODAY = timezone.localdate()


@pytest.fixture
def olu(client, cast):
    LocalAuthority.objects.create(code="926", name="Norfolk")
    client.force_login(cast.olu)
    return client


def asked(**changes):
    fields = {
        "name": "In Harmony Norwich",
        "short_name": "Norwich",
        "slug": "norwich",
        "colour": "#1F4E8C",
        "authority": "926",
        "starts_on": TODAY,
    }
    return fields | changes


def html(client, path):
    return client.get(path).content.decode()


def row_of(page, hub):
    return next(row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if f">{hub}</a>" in row)


def test_acts_on_hubs_ask_for_a_fresh_proof_of_who_it_is():
    acts = [
        *(programme.begin, programme.serve, agreement.record, agreement.end),
        *(closing_views.close, closing_views.reopen, partnership.begin, partnership.end),
    ]
    assert [gate_of(view).fresh for view in acts] == [True] * len(acts)


@pytest.mark.parametrize("who", ["joanne", "ruth", "priya", "sam", "nia", "stranger"])
def test_only_the_operator_keeps_hubs(client, cast, who):
    client.force_login(getattr(cast, who))
    paths = ["/hubs/", "/hubs/new/", "/hubs/liverpool/", "/hubs/liverpool/close/", "/hubs/nowhere/"]
    assert [client.get(path).status_code for path in paths] == [403] * len(paths)
    assert client.post("/hubs/new/", asked()).status_code == 403
    assert Programme.objects.count() == 2


def test_the_list_tells_state_agreement_managers_and_schools(olu, cast):
    SharingAgreement.objects.filter(programme=cast.leeds).delete()
    User.objects.filter(pk=cast.omar.pk).update(is_active=False)
    closing.close(programme=cast.leeds, on=TODAY + timedelta(days=3), by=cast.olu)
    page = html(olu, "/hubs/")
    assert re.findall(r"<td.*?</td>", row_of(page, "Liverpool")) == [
        '<td data-label="State"><span class="tag tag-ok">Running</span></td>',
        '<td data-label="Sharing agreement">In force</td>',
        '<td class="num" data-label="Managers">1</td>',
        '<td class="num" data-label="Partner schools">2</td>',
    ]
    leeds = row_of(page, "Leeds")
    assert ("Closes on" in leeds, "None in force" in leeds, 'data-label="Managers">0<' in leeds) == (True, True, True)


@pytest.mark.parametrize(
    ("status", "starts_in", "words"),
    [("left", -9, "Left In Harmony"), ("pilot", -9, "Pilot"), ("running", 9, "Begins on"), (None, 0, "No status")],
)
def test_the_list_says_what_each_hub_is(olu, cast, status, starts_in, words):
    ProgrammeStatus.objects.filter(programme=cast.leeds).delete()
    if status:
        day = TODAY + timedelta(days=starts_in)
        ProgrammeStatus.objects.create(programme=cast.leeds, status=status, starts_on=day)
    assert words in row_of(html(olu, "/hubs/"), "Leeds")


def test_the_list_asks_the_database_as_often_for_many_hubs_as_for_few(olu, cast):
    counts = []
    for name in ("", "Norwich", "Lambeth"):
        if name:
            programmes.programme(name)
        with CaptureQueriesContext(connection) as queries:
            olu.get("/hubs/")
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


def test_from_a_new_hub_to_its_first_class_list(olu, client, cast, mailoutbox, django_capture_on_commit_callbacks):
    """The whole story: hub, agreement, manager, school, and the manager can bring in a list."""
    larkfold = schools.school("Larkfold Primary", authority="926")
    page = olu.post("/hubs/new/", asked(), follow=True)
    assert page.redirect_chain[-1][0] == "/hubs/norwich/"
    norwich = Programme.objects.get(slug="norwich")
    assert norwich.colour == "#1f4e8c"
    missing = re.findall(r"<h3>([^<]+)</h3>", page.content.decode())
    assert missing == ["Sharing agreement", "First manager", "Partner school"]

    olu.post(
        reverse("programmes:agreement-new", args=["norwich"]),
        {"signed_on": TODAY, "parties": "Hub and trust", "reference": "Shelf 9"},
    )
    invite = re.search(r'href="(/people/invite/\?[^"]+)"', html(olu, "/hubs/norwich/"))[1].replace("&amp;", "&")
    form = html(olu, invite)
    assert re.search(r'value="manager"[^>]*checked', form)
    assert f'<option value="{norwich.pk}" selected>' in form
    with django_capture_on_commit_callbacks(execute=True):
        olu.post(
            "/people/invite/", {"name": "Mo", "email": "mo@hub.example", "role": "manager", "programme": norwich.pk}
        )
    assert "Mo is invited" in html(olu, "/hubs/norwich/")
    olu.post(reverse("programmes:partnership-new", args=["norwich"]), {"urn": larkfold.pk, "starts_on": TODAY})
    path = "/" + next(w for w in mailoutbox[0].body.split() if "/invitation/" in w).split("/", 3)[3]
    client.logout()
    client.post(path, {"name": "Mo Reed", "password": "three words apart"})
    mo = User.objects.get(email="mo@hub.example")
    assert [each.school for each in importable_partnerships(mo, TODAY)] == [larkfold]
    client.force_login(cast.olu)
    page = html(client, "/hubs/norwich/")
    assert ("It has all a hub needs" in page, "Managed by Mo Reed" in page) == (True, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"slug": "Liverpool"}, "Another hub has this address"),
        ({"slug": "new"}, "address of another page"),
        ({"short_name": "liverpool"}, "Another hub has this name"),
        ({"colour": "#ffffff"}, "Choose a darker one"),
        ({"authority": ""}, "Place it serves is missing"),
        ({"name": ""}, "Full name is missing"),
    ],
)
def test_what_a_hub_cannot_be_is_said_at_its_field(olu, changes, words):
    response = olu.post("/hubs/new/", asked(**changes))
    assert (response.status_code, Programme.objects.count()) == (422, 2)
    assert words in response.content.decode()


def test_an_invitation_that_ran_out_is_no_manager_on_the_way(olu, cast):
    norwich = programmes.programme("Norwich")
    Invitation.objects.create(
        email="mo@hub.example",
        name="Mo",
        role="manager",
        programme=norwich,
        secret_hash="0" * 64,
        invited_by=cast.olu,
        expires_at=timezone.now() - timedelta(days=1),
    )
    assert "Nobody who can sign in manages it" in html(olu, "/hubs/norwich/")


def test_a_place_is_added_once(olu, cast):
    path = reverse("programmes:hub-place", args=["leeds"])
    assert olu.post(path, {"authority": "926", "starts_on": TODAY}).status_code == 302
    again = olu.post(path, {"authority": "926", "starts_on": TODAY})
    assert (again.status_code, "serves Norfolk already" in again.content.decode()) == (422, True)
    assert Place.objects.get(programme=cast.leeds).name == "Norfolk"


def test_a_hub_that_is_not_there_is_not_found(olu):
    for name in ("hub", "hub-place", "hub-close", "hub-reopen", "agreement-new", "partnership-new"):
        assert olu.get(reverse(f"programmes:{name}", args=["nowhere"])).status_code == 404
