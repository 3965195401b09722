"""Inviting someone, and becoming one of the portal's people by accepting."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.actions import role as roles
from inharmony.accounts.models import Invitation, RoleAssignment, User
from inharmony.accounts.queries.role import hubs_concerned, operators
from inharmony.accounts.validators.role import RoleRefusedError, require_may_give
from inharmony.audit.record import audit

VALID_FOR = timedelta(days=14)


class InvitationRefusedError(Exception):
    """An invitation that cannot be sent or taken up; the text says why and what to do."""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(*, invitation: Invitation, by: User) -> Invitation:
    """Sends an invitation for a role, by mail, valid for 14 days; returns it. The link's secret is not kept.

    Raises InvitationRefusedError for an address that has an account, RoleRefusedError for a role that is not theirs to
    give.
    """
    if somebody := User.objects.filter(email__iexact=invitation.email).first():
        kept = User.objects.visible_to(by).filter(pk=somebody.pk).exists()
        remedy = "Give it the role from the page People" if kept else f"Ask {operators()} to give it the role"
        raise InvitationRefusedError(f"{invitation.email} has an account already. {remedy}.")
    require_may_give(_role_of(invitation), by)
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = _hash(secret)
    invitation.invited_by = by
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.full_clean()
    invitation.save()
    for programme_id in hubs_concerned(_role_of(invitation)):
        audit(
            act="person.invited",
            by=by,
            programme_id=programme_id,
            subject=invitation,
            details={"role": invitation.role, "school": invitation.school_id},
        )
    link = settings.PORTAL_URL + reverse("accounts:accept", args=[secret])
    text = render_to_string("emails/invitation.txt", {"invitation": invitation, "link": link, "by": by})
    subject = "Your invitation to In Harmony"
    transaction.on_commit(lambda: send_mail(subject, text, None, [invitation.email]), robust=True)
    return invitation


def open_invitation(secret: str) -> Invitation | None:
    """Returns the invitation a link's secret belongs to, unless it was taken up or has run out."""
    return _open().filter(secret_hash=_hash(secret)).first()


def still_open(pk: int | None) -> Invitation | None:
    """Returns an invitation whose link somebody opened before, unless it was taken up or has run out since."""
    return _open().filter(pk=pk).first() if pk is not None else None


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at__isnull=True, expires_at__gt=timezone.now())


@transaction.atomic
def accept(*, invitation: Invitation, name: str, password: str | None) -> User:
    """
    Makes the account an invitation is for, with its role, and returns it. Taken up once, whoever presses twice.

    Without a password it is entered through the account of a school that is joined to it. Raises
    InvitationRefusedError, also where whoever sent it may not give the role any more.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at is not None:
        raise InvitationRefusedError("This invitation has been taken up. Sign in with the password you chose.")
    _require_still_given(locked)
    try:
        with transaction.atomic():
            user = User.objects.create_user(locked.email, name, password)
    except IntegrityError as taken:
        # another invitation to the same address was taken up first
        raise InvitationRefusedError(
            f"{locked.email} has an account already. Sign in with it, and ask {locked.invited_by} to give it the role."
        ) from taken
    # the link came by mail to this address: that is the proof of it
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    held = _role_of(locked)
    held.user = user
    role = roles.begin(role=held, by=locked.invited_by)
    locked.accepted_at = timezone.now()
    locked.accepted_by = user
    locked.save(update_fields=["accepted_at", "accepted_by"])
    for programme_id in hubs_concerned(role):
        audit(act="person.joined", by=user, programme_id=programme_id, subject=role, details={"role": role.role})
    return user


def _role_of(invitation: Invitation) -> RoleAssignment:
    """Returns the role an invitation is for, held by nobody yet."""
    return RoleAssignment(role=invitation.role, programme=invitation.programme, school=invitation.school)


def _require_still_given(invitation: Invitation) -> None:
    """What was right when the letter was sent may be wrong by now: who sent it, and which hubs a school works with."""
    sender = invitation.invited_by
    if not sender.is_active:
        raise InvitationRefusedError(
            f"{sender.name}, who sent this invitation, has left. Ask {operators()} for a new one."
        )
    try:
        require_may_give(_role_of(invitation), sender)
    except RoleRefusedError as refusal:
        raise InvitationRefusedError(str(refusal)) from refusal
