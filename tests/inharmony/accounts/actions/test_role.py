"""The first account of a new portal."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from inharmony.accounts.actions.role import AppointmentRefusedError, appoint_first_operator
from inharmony.accounts.models import User
from tests.trail import entries, entry


def appoint(email="olu@portal.example", name="Olu Grant"):
    return appoint_first_operator(email=email, name=name, by=None)


def test_appoint_first_operator_makes_an_account_that_may_invite_and_is_in_the_trail(db):
    user = appoint()
    assert user.reach.titles() == ["Operator"]
    event = entry()
    assert (event.act, event.actor_id, event.details) == (
        "person.appointed",
        None,
        {"role": "operator", "user": user.pk},
    )


def test_appoint_first_operator_leads_to_a_password_by_mail(db, client, mailoutbox):
    user = appoint()
    assert not user.has_usable_password()
    client.post(reverse("account_reset_password"), {"email": user.email})
    (letter,) = mailoutbox
    path = "/password/reset/" + letter.body.split("/password/reset/")[1].split()[0]
    page = client.get(path, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "five quiet violas", "password2": "five quiet violas"})
    assert client.login(email=user.email, password="five quiet violas")


def test_appoint_first_operator_refuses_a_second_one(db):
    appoint()
    with pytest.raises(AppointmentRefusedError, match="The portal has an operator"):
        appoint("other@portal.example", "Other")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "refusal", "words"),
    [
        ("PRIYA@hub.example", AppointmentRefusedError, "has an account already"),
        ("no address", ValidationError, "Enter a valid email address"),
    ],
)
def test_appoint_first_operator_refuses_an_address_that_cannot_be_theirs(cast, email, refusal, words):
    cast.olu.role_assignments.all().delete()
    before = (User.objects.count(), len(entries()))
    with pytest.raises(refusal, match=words):
        appoint(email)
    assert (User.objects.count(), len(entries())) == before
