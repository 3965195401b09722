"""Roles given without an invitation: there is one such case."""

from allauth.account.models import EmailAddress
from django.db import transaction

from inharmony.access.roles import OPERATOR
from inharmony.accounts.models import RoleAssignment, User
from inharmony.audit.record import audit


class AppointmentRefusedError(Exception):
    """A person who cannot be appointed; the text says why and what to do."""


@transaction.atomic
def appoint_first_operator(*, email: str, name: str, by: User | None) -> User:
    """Makes the account that invites all others, without a password, and returns it.

    Whoever runs the server asks for it (`by` is then nobody), once: as soon as somebody is operator it is refused, and
    people join by invitation only. The password is set through the link that the sign-in page mails.
    """
    if RoleAssignment.objects.current().filter(role=OPERATOR.name).exists():
        raise AppointmentRefusedError("The portal has an operator. People join by an invitation from the page People.")
    if User.objects.filter(email__iexact=email).exists():
        raise AppointmentRefusedError(f"{email} has an account already. Name an address that has none.")
    user = User.objects.create_user(email, name)
    user.full_clean(exclude=["password"])
    # whoever has the server's commands vouches for the address
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    role = RoleAssignment.objects.create(user=user, role=OPERATOR.name, granted_by=by)
    audit(act="person.appointed", by=by, subject=role, details={"role": role.role, "user": user.pk})
    return user
