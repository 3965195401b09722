"""Shutting accounts that nobody has used for twelve months, with a letter two weeks before."""

from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from inharmony.access.roles import OPERATOR
from inharmony.accounts.actions.account import roles_of, shut
from inharmony.accounts.models import Deactivation, User
from inharmony.accounts.queries.role import is_held_by_others, operators
from inharmony.accounts.queries.unused import Plan, Unused, unused_accounts
from inharmony.audit.record import audit


def disable_unused_accounts(*, by: User | None) -> Plan:
    """Writes to whose account is about to be shut, shuts what was not used for twelve months; returns what was done.

    Each account is done by itself: a letter that cannot be sent, or somebody signing in meanwhile, stops no other.
    """
    today = timezone.localdate()
    plan = unused_accounts(today)
    warned = [account for account in plan.warned if _warn(account, by)]
    disabled = [account for account in plan.disabled if _disable(account, by, today)]
    return Plan(warned, disabled, plan.kept)


@transaction.atomic
def _warn(account: Unused, by: User | None) -> bool:
    locked = _unused_still(account)
    if locked is None:
        return False
    locked.unused_notice_on = timezone.localdate()
    locked.save(update_fields=["unused_notice_on"])
    audit(act="person.unused_notice", by=by, subject=locked, details={"due_on": account.due_on.isoformat()})
    _write(account, "Your In Harmony account will be shut", "emails/unused-soon.txt")
    return True


@transaction.atomic
def _disable(account: Unused, by: User | None, today: date) -> bool:
    roles = roles_of(account.user)
    locked = _unused_still(account)
    # the operator who was to remain may have gone since the plan was made
    if locked is None or any(role.role == OPERATOR.name and not is_held_by_others(role, today) for role in roles):
        return False
    shut(locked, Deactivation.Reason.UNUSED, roles, by=by)
    _write(account, "Your In Harmony account is shut", "emails/unused-now.txt")
    return True


def _unused_still(account: Unused) -> User | None:
    """Returns the account, locked, unless it was used or shut since the plan was made."""
    locked = User.objects.select_for_update().get(pk=account.user.pk)
    is_same = locked.is_active and locked.last_login == account.user.last_login
    return locked if is_same else None


def _write(account: Unused, subject: str, template: str) -> None:
    link = settings.PORTAL_URL + reverse("account_login")
    text = render_to_string(template, {"account": account, "link": link, "operators": operators()})
    transaction.on_commit(lambda: send_mail(subject, text, None, [account.user.email]) and None, robust=True)
