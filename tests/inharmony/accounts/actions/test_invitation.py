"""Joining is by invitation only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.accounts.actions import invitation as invitations
from inharmony.accounts.models import Invitation, RoleAssignment, User
from tests.trail import entry


@pytest.fixture
def letter(cast, mailoutbox, django_capture_on_commit_callbacks):
    """An invitation sent to a new coordinator, and the secret of its link."""
    with django_capture_on_commit_callbacks(execute=True):
        sent = invitations.invite(
            invitation=Invitation(
                email="new@hub.example", name="New Colleague", role="coordinator", programme=cast.liverpool
            ),
            by=cast.joanne,
        )
    (mail,) = mailoutbox
    return sent, mail, mail.body.split("/invitation/")[1].split("/")[0]


def test_invite_sends_one_mail_with_a_link_that_works_and_keeps_no_secret(letter):
    sent, mail, secret = letter
    assert (mail.to, mail.subject) == (["new@hub.example"], "Your invitation to In Harmony")
    assert invitations.open_invitation(secret) == sent
    assert secret not in str(Invitation.objects.values_list())


def test_invite_is_in_the_trail_of_the_hub(letter, cast):
    event = entry(act="person.invited")
    assert (event.actor_id, event.programme_id) == (cast.joanne.pk, cast.liverpool.pk)
    assert event.details == {"role": "coordinator", "school": None}


def test_invite_refuses_somebody_who_has_an_account(cast):
    asked = Invitation(email="PRIYA@hub.example", name="Priya", role="coordinator", programme=cast.liverpool)
    with pytest.raises(invitations.InvitationRefusedError, match="has an account already"):
        invitations.invite(invitation=asked, by=cast.joanne)
    assert not Invitation.objects.exists()


def test_accept_makes_the_account_with_its_role_and_a_verified_address(letter, cast):
    sent, _, _ = letter
    user = invitations.accept(invitation=sent, name="Noor Colleague", password="three words apart")
    role = RoleAssignment.objects.get(user=user)
    assert (user.email, user.name, user.check_password("three words apart")) == (
        "new@hub.example",
        "Noor Colleague",
        True,
    )
    assert (role.role, role.programme, role.granted_by) == ("coordinator", cast.liverpool, cast.joanne)
    assert user.emailaddress_set.get().verified


def test_accept_twice_makes_one_account(letter):
    sent, _, _ = letter
    invitations.accept(invitation=sent, name="Noor", password="three words apart")
    with pytest.raises(invitations.InvitationRefusedError, match="taken up"):
        invitations.accept(invitation=sent, name="Noor", password="three words apart")
    assert User.objects.filter(email="new@hub.example").count() == 1


def test_an_invitation_runs_out_after_14_days(letter, time_machine):
    _, _, secret = letter
    time_machine.move_to(timezone.now() + timedelta(days=14, minutes=1))
    assert invitations.open_invitation(secret) is None


def test_accept_refuses_a_second_invitation_to_the_same_address(letter, cast):
    sent, _, _ = letter
    again = Invitation(email="new@hub.example", name="New", role="manager", programme=cast.leeds)
    invitations.invite(invitation=again, by=cast.omar)
    invitations.accept(invitation=sent, name="Noor", password="three words apart")
    with pytest.raises(invitations.InvitationRefusedError, match="ask Omar Khan to give it the role"):
        invitations.accept(invitation=again, name="Noor", password="three words apart")
    assert RoleAssignment.objects.get(user__email="new@hub.example").programme == cast.liverpool
