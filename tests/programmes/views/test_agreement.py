from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import SharingAgreement

TODAY = timezone.localdate()


@pytest.fixture
def olu(client, cast):
    client.force_login(cast.olu)
    return client


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signed_on": TODAY + timedelta(days=1)}, "Record the agreement once it is signed"),
        ({"valid_until": TODAY - timedelta(days=1)}, "cannot run out before it was signed"),
        ({"parties": ""}, "Parties is missing"),
        ({"reference": ""}, "Reference is missing"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_field(olu, cast, changes, words):
    sent = {"signed_on": TODAY, "parties": "Hub and trust", "reference": "Shelf 9"} | changes
    response = olu.post(reverse("programmes:agreement-new", args=["leeds"]), sent)
    assert (response.status_code, SharingAgreement.objects.count()) == (422, 2)
    assert words in response.content.decode()


def test_an_agreement_gets_its_last_day(olu, cast):
    standing = SharingAgreement.objects.get(programme=cast.leeds)
    path = reverse("programmes:agreement-end", args=["leeds", standing.pk])
    assert "no class list comes into Leeds" in olu.get(path).content.decode()
    refused = olu.post(path, {"on": TODAY - timedelta(days=1)})
    assert (refused.status_code, "today or later" in refused.content.decode()) == (422, True)
    page = olu.post(path, {"on": TODAY}, follow=True).content.decode()
    assert f"The agreement runs out on {TODAY.day} {TODAY:%B %Y}" in page
    standing.refresh_from_db()
    assert standing.valid_until == TODAY


def test_an_agreement_of_another_hub_is_not_found_here(olu, cast):
    foreign = SharingAgreement.objects.get(programme=cast.leeds)
    path = reverse("programmes:agreement-end", args=["liverpool", foreign.pk])
    assert [olu.get(path).status_code, olu.post(path, {"on": TODAY}).status_code] == [404, 404]
