"""The page on which a manager says which ensembles somebody leads."""

import pytest
from django.urls import reverse

from inharmony.access.gates import gate_of
from inharmony.accounts.models import RoleAssignment
from programmes.models import Ensemble, Tutor
from programmes.views.tutor import leads
from tests.factories import programmes
from tests.people import person


@pytest.fixture
def noor(cast):
    return person("Noor New", "coordinator", programme=cast.liverpool)


def address(person_, programme):
    return reverse("programmes:leads", args=[person_.pk, programme.slug])


def led_by(user):
    return sorted(Ensemble.objects.filter(tutors__user=user).values_list("name", flat=True))


def test_it_asks_for_a_fresh_proof_of_who_it_is():
    assert gate_of(leads).fresh


def test_the_persons_page_leads_here_and_back(client, cast, noor):
    client.force_login(cast.joanne)
    assert address(noor, cast.liverpool) in client.get(reverse("accounts:person", args=[noor.pk])).content.decode()
    html = client.get(address(noor, cast.liverpool)).content.decode()
    assert ("Year 4 Strings" in html, "Kirkfold Strings" in html) == (True, False)
    page = client.post(address(noor, cast.liverpool), {"ensembles": [cast.strings.pk]}, follow=True)
    assert ("Leads Year 4 Strings" in page.content.decode(), led_by(noor)) == (True, ["Year 4 Strings"])


def test_a_tutor_without_an_account_is_offered_once(client, cast, noor):
    known = programmes.tutor(cast.liverpool, "N. New")
    client.force_login(cast.joanne)
    assert "N. New" in client.get(address(noor, cast.liverpool)).content.decode()
    client.post(address(noor, cast.liverpool), {"tutor": known.pk, "ensembles": [cast.brass.pk]})
    assert Tutor.objects.get(user=noor) == known
    assert 'name="tutor"' not in client.get(address(noor, cast.liverpool)).content.decode()


def test_an_ensemble_of_the_hub_next_door_is_refused_at_its_field(client, cast, noor):
    client.force_login(cast.joanne)
    response = client.post(address(noor, cast.liverpool), {"ensembles": [cast.leeds_strings.pk]})
    assert (response.status_code, led_by(noor)) == (422, [])


def test_beyond_ones_people_and_hubs_nothing_is_found(client, cast, noor):
    client.force_login(cast.joanne)
    lost = [address(cast.omar, cast.leeds), address(noor, cast.leeds), address(cast.sam, cast.liverpool)]
    assert [client.post(path, {"ensembles": [cast.strings.pk]}).status_code for path in lost] == [404, 404, 404]
    client.force_login(cast.olu)
    assert client.get(address(noor, cast.liverpool)).status_code == 404


def test_who_coordinates_the_hub_but_does_not_manage_it_may_not(client, cast, noor):
    for somebody in (cast.priya, cast.ruth):
        client.force_login(somebody)
        assert client.post(address(noor, cast.liverpool), {"ensembles": [cast.strings.pk]}).status_code == 403
    RoleAssignment.objects.create(user=cast.omar, role="coordinator", programme=cast.liverpool)
    client.force_login(cast.omar)
    assert client.post(address(noor, cast.liverpool), {"ensembles": [cast.strings.pk]}).status_code == 404
    # somebody Omar keeps in Leeds, in the hub he does not manage
    RoleAssignment.objects.create(user=noor, role="coordinator", programme=cast.leeds)
    assert client.post(address(noor, cast.liverpool), {"ensembles": [cast.strings.pk]}).status_code == 403
    assert led_by(noor) == []


def test_a_hub_without_ensembles_says_so(client, cast, noor):
    Ensemble.objects.filter(programme=cast.liverpool).update(ends_on="2021-01-01")
    client.force_login(cast.joanne)
    assert "No ensemble yet" in client.get(address(noor, cast.liverpool)).content.decode()
