"""Accounts nobody uses: whose twelve months are over, and whose are about to be."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from inharmony.access.roles import OPERATOR
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.months import months_after

MONTHS = 12
NOTICE = timedelta(days=14)


@dataclass(frozen=True)
class Unused:
    """An account that was not used since a day, and the day on which it is deactivated."""

    user: User
    since: date
    due_on: date


@dataclass(frozen=True)
class Plan:
    """What is to be done today: whom to write to, whose account to shut, and the last operator, whose stays open."""

    warned: list[Unused]
    disabled: list[Unused]
    kept: list[Unused]


def unused_accounts(today: date) -> Plan:
    """Returns what is to be done on a day, counted in London days from the last sign-in, joining or opening again."""
    operators = set(
        RoleAssignment.objects.current()
        .filter(role=OPERATOR.name, user__is_active=True)
        .values_list("user_id", flat=True)
    )
    plan = Plan([], [], [])
    for account in _by_last_use():
        is_last = operators == {account.user.pk}
        if account.due_on <= today:
            (plan.kept if is_last else plan.disabled).append(account)
            if not is_last:
                operators.discard(account.user.pk)
        elif account.due_on - NOTICE <= today and not is_last and not _is_told(account):
            plan.warned.append(account)
    return plan


def _by_last_use() -> list[Unused]:
    users = User.objects.filter(is_active=True).annotate(opened_at=Max("deactivations__reactivated_at"))
    accounts = [_account(user, user.last_login, user.joined_at, user.opened_at) for user in users]
    return sorted(accounts, key=lambda account: (account.since, account.user.pk))


def _account(user: User, *moments: datetime | None) -> Unused:
    since = timezone.localdate(max(moment for moment in moments if moment is not None))
    return Unused(user, since, months_after(since, MONTHS))


def _is_told(account: Unused) -> bool:
    """Whether the person has been written to since they last used it."""
    told = account.user.unused_notice_on
    return told is not None and told > account.since
