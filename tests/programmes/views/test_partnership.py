from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Partnership
from tests.factories import schools

TODAY = timezone.localdate()


@pytest.fixture
def olu(client, cast):
    client.force_login(cast.olu)
    return client


def add(client, urn, **more):
    return client.post(
        reverse("programmes:partnership-new", args=["leeds"]), {"urn": urn, "starts_on": TODAY} | more, follow=True
    )


def test_a_school_is_added_by_its_urn(olu, cast):
    larkfold = schools.school("Larkfold Primary")
    page = add(olu, larkfold.pk).content.decode()
    assert ("Larkfold Primary works with Leeds from" in page, "only the operator appoints" in page) == (True, False)
    assert Partnership.objects.get(school=larkfold).programme == cast.leeds


def test_a_school_of_two_hubs_is_pointed_out(olu, cast):
    page = add(olu, cast.saltwharf.pk).content.decode()
    assert "works with Leeds and Liverpool: its lead sees the children of each" in page


@pytest.mark.parametrize(
    ("urn", "words"),
    [("12345", "A URN has six figures"), ("899999", "No school here has the URN 899999"), ("", "URN is missing")],
)
def test_a_number_that_names_no_school_is_refused(olu, cast, urn, words):
    response = add(olu, urn)
    assert (response.status_code, Partnership.objects.count()) == (422, 3)
    assert words in response.content.decode()


def test_a_school_that_has_closed_or_works_with_the_hub_is_refused(olu, cast):
    gone = schools.school("Gone Primary", closed_on=TODAY)
    assert "Use the URN of its successor" in add(olu, gone.pk).content.decode()
    assert "at that time already" in add(olu, cast.kirkfold.pk).content.decode()
    assert Partnership.objects.count() == 3


def test_a_partnership_gets_its_last_day(olu, cast):
    standing = Partnership.objects.get(school=cast.kirkfold)
    path = reverse("programmes:partnership-end", args=["leeds", standing.pk])
    assert "Kirkfold Primary" in olu.get(path).content.decode()
    assert olu.post(path, {"on": TODAY - timedelta(days=1)}).status_code == 422
    assert "until" in olu.post(path, {"on": TODAY}, follow=True).content.decode()
    standing.refresh_from_db()
    assert standing.ends_on == TODAY
    foreign = Partnership.objects.get(school=cast.saltwharf)
    assert olu.post(reverse("programmes:partnership-end", args=["leeds", foreign.pk]), {"on": TODAY}).status_code == 404
