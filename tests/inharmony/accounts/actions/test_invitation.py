"""Joining is by invitation only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.accounts.actions import invitation as invitations
from inharmony.accounts.models import Invitation, RoleAssignment, User
from inharmony.accounts.validators import role as refusals
from tests.factories import programmes
from tests.trail import entries, entry


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


def asked(**changes):
    """An invitation not sent yet."""
    return Invitation(**{"email": "new@hub.example", "name": "New Colleague"} | changes)


def refused_to_accept(sent, words):
    """Taking it up is refused in these words, and makes no account."""
    before = len(entries())
    with pytest.raises(invitations.InvitationRefusedError, match=words):
        invitations.accept(invitation=sent, name="Noor", password="three words apart")
    sent.refresh_from_db()
    assert (sent.accepted_at, User.objects.filter(email=sent.email).exists(), len(entries())) == (None, False, before)


@pytest.mark.parametrize("name", ["national", "operator"])
def test_invite_refuses_a_role_beyond_the_senders_own_hub(cast, name):
    for wanted in (asked(role=name), asked(role="coordinator", programme=cast.leeds)):
        with pytest.raises(refusals.BeyondReachError, match="Joanne Carter cannot give"):
            invitations.invite(invitation=wanted, by=cast.joanne)
    assert (Invitation.objects.count(), entries(act__startswith="person.")) == (0, [])


def test_invite_says_whom_to_ask_for_an_account_of_another_hub(cast):
    with pytest.raises(invitations.InvitationRefusedError, match=r"Ask Olu Grant, olu@hub.example to give it the role"):
        invitations.invite(
            invitation=asked(email=cast.omar.email, role="coordinator", programme=cast.liverpool), by=cast.joanne
        )


def test_no_manager_invites_the_lead_of_a_school_of_two_hubs(cast):
    programmes.partner(cast.leeds, cast.marigold)
    wanted = {"role": "school_lead", "school": cast.marigold}
    for manager in (cast.joanne, cast.omar):
        with pytest.raises(refusals.SharedSchoolError, match=r"works with Leeds and Liverpool.*Olu Grant"):
            invitations.invite(invitation=asked(**wanted), by=manager)
    assert (Invitation.objects.count(), entries(act__startswith="person.")) == (0, [])
    sent = invitations.invite(invitation=asked(**wanted), by=cast.olu)
    user = invitations.accept(invitation=sent, name="Lena Hall", password="three words apart")
    assert user.reach.schools == {cast.marigold.pk}
    assert {event.programme_id for event in entries(act="person.joined")} == {cast.liverpool.pk, cast.leeds.pk}


def test_accept_looks_again_at_how_many_hubs_the_school_works_with(cast):
    sent = invitations.invite(invitation=asked(role="school_lead", school=cast.marigold), by=cast.joanne)
    programmes.partner(cast.leeds, cast.marigold)
    refused_to_accept(sent, r"works with Leeds and Liverpool.*ask the operator, Olu Grant")


def test_accept_looks_again_at_whether_the_school_is_a_partner(cast):
    sent = invitations.invite(invitation=asked(role="school_lead", school=cast.marigold), by=cast.joanne)
    cast.marigold.partnerships.update(ends_on=timezone.localdate() - timedelta(days=1))
    refused_to_accept(sent, "Joanne Carter cannot give the role School lead, Marigold Street Primary")


def test_accept_refuses_what_its_sender_may_not_give_any_more(letter, cast):
    sent, _, _ = letter
    RoleAssignment.objects.filter(user=cast.joanne).update(role="administrator")
    refused_to_accept(sent, "Joanne Carter cannot give the role Coordinator, Liverpool")


def test_accept_refuses_when_its_sender_has_left(letter, cast):
    sent, _, _ = letter
    User.objects.filter(pk=cast.joanne.pk).update(is_active=False)
    refused_to_accept(sent, "Joanne Carter, who sent this invitation, has left. Ask Olu Grant")
