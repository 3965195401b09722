from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Closing

TODAY = timezone.localdate()


@pytest.fixture
def olu(client, cast):
    client.force_login(cast.olu)
    return client


def address(act):
    return reverse(f"programmes:hub-{act}", args=["leeds"])


def test_a_hub_is_closed_and_opened_again_from_its_page(olu, cast):
    assert "Close Leeds?" in olu.get(address("close")).content.decode()
    assert not Closing.objects.exists()
    page = olu.post(address("close"), {"on": TODAY}, follow=True).content.decode()
    assert ("Closed since" in page, "by Olu Grant" in page, "Open it again" in page) == (True, True, True)
    olu.get(address("reopen"))
    assert Closing.objects.standing().exists()
    page = olu.post(address("reopen"), follow=True).content.decode()
    assert ("Leeds is open" in page, "Close the hub" in page) == (True, True)


def test_a_closing_to_come_is_shown_and_taken_back(olu, cast):
    page = olu.post(address("close"), {"on": TODAY + timedelta(days=5)}, follow=True).content.decode()
    assert ("Closes on" in page, "Take the closing back" in page) == (True, True)


def test_what_cannot_be_is_said(olu, cast):
    response = olu.post(address("close"), {"on": TODAY - timedelta(days=1)})
    assert (response.status_code, Closing.objects.exists()) == (422, False)
    assert "today or on a later day" in response.content.decode()
    assert "Leeds is open, and no closing is set" in olu.post(address("reopen"), follow=True).content.decode()
