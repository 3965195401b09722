"""The weekly mail about registers that were never taken."""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from inharmony.access.roles import ADMINISTRATOR, COORDINATOR
from inharmony.accounts.models import User
from programmes.models import RegisterReminder
from programmes.queries.session import MissingOfEnsemble, missing_by_ensemble


def remind_of_registers(*, today: date | None = None) -> list[RegisterReminder]:
    """
    Writes to each coordinator and hub administrator of whose sessions a register is missing; returns what was written.

    Once a week and person, however often it runs: each is done by itself, and one that was done is passed over.
    """
    day = today or timezone.localdate()
    week = day - timedelta(days=day.weekday())
    concerned = User.objects.filter(is_active=True, role_assignments__role__in=[COORDINATOR.name, ADMINISTRATOR.name])
    reminded = RegisterReminder.objects.filter(week=week).values("user")
    made = [_remind(user, week, day) for user in concerned.exclude(pk__in=reminded).distinct().order_by("pk")]
    return [reminder for reminder in made if reminder is not None]


def _remind(user: User, week: date, day: date) -> RegisterReminder | None:
    # roles that are over or not begun see no session
    missing = missing_by_ensemble(day, user)
    if not missing:
        return None
    many = sum(len(each.days) for each in missing)
    try:
        with transaction.atomic():
            reminder = RegisterReminder.objects.create(user=user, week=week, registers=many)
            _write(user, missing, many)
    except IntegrityError:
        # another worker was first
        return None
    return reminder


def _write(user: User, missing: list[MissingOfEnsemble], many: int) -> None:
    subject = f"{many} register{'s' * (many != 1)} to take"
    link = settings.PORTAL_URL + reverse("programmes:today")
    text = render_to_string("emails/registers-missing.txt", {"user": user, "missing": missing, "link": link})
    transaction.on_commit(lambda: send_mail(subject, text, None, [user.email]) and None, robust=True)
