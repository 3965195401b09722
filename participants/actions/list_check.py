"""A hub asks schools whether their class lists are right, ends the link, and forgets what came of it on its date."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions.roster import lock_imports_of
from participants.models import ListCheck, ListProposal
from participants.queries import list_check as reads
from participants.queries.list_by_link import listed
from participants.validators.list_check import (
    NotAskedError,
    WrongAddressError,
    is_lead,
    require_address,
    require_askable,
    require_open,
)
from programmes.models import Programme
from programmes.queries.feed import hash_of
from schools.models import AcademicYear, School

DAYS = timedelta(days=7)
# a form sent twice must not kill the link that the first one made
SAME_PRESS = timedelta(minutes=1)
# what was said of a child is kept so long after it was decided, and so long where nobody decides
KEPT_DECIDED, KEPT_OPEN = timedelta(days=30), timedelta(days=90)
# so long a dead link still says that it is dead, and whom to ask
KEPT_LINK = timedelta(days=30)
State = ListProposal.State


@transaction.atomic
def ask(*, programme: Programme, school: School, email: str, lead: User | None = None, by: User) -> ListCheck:
    """
    Writes to an address of a school, asking whether its class list of this year is right; returns the check.

    The link opens the list for seven days. An address that was asked before gets a new link, and the old one is dead;
    within a minute it is the same press, and nothing is written. Raises NotAskedError and WrongAddressError.
    """
    today, now = timezone.localdate(), timezone.now()
    require_askable(programme, school, today)
    year = AcademicYear.objects.get_or_create(year=AcademicYear.year_of(today))[0]
    email = email.strip().lower()
    if lead is None:
        require_address(email, school)
    elif not is_lead(lead.pk, school.pk):
        raise WrongAddressError(f"{lead.name} does not lead {school.name} in this portal.")
    lock_imports_of(programme.pk)
    which: dict[str, Any] = {"programme": programme, "school": school, "academic_year": year, "email": email}
    found = ListCheck.objects.filter(**which).first()
    if found is not None and found.ended_at is None and found.asked_at > now - SAME_PRESS:
        return found
    secret = secrets.token_urlsafe(32)
    check, is_first = ListCheck.objects.update_or_create(
        **which,
        defaults={
            "lead": lead,
            "secret_hash": hash_of(secret),
            "asked_by": by,
            "asked_at": now,
            "ends_on": today + DAYS,
            "ended_at": None,
            "ended_by": None,
        },
    )
    if not listed(check, today):
        raise NotAskedError(f"No child of {programme.short_name} is at {school.name} today: there is no list to check.")
    details = {"school": school.pk, "replaced": not is_first}
    audit(act="list_check.asked", by=by, programme_id=programme.pk, subject=check, details=details)
    _write(check, secret)
    return check


@transaction.atomic
def ask_leads(*, programme: Programme, by: User) -> list[ListCheck]:
    """
    Asks the leads of all partner schools that have neither answered this year nor a live link; returns the checks.

    Schools that nobody leads in the portal are left: whom to ask there, a person says. Raises NotAskedError.
    """
    today = timezone.localdate()
    require_open(programme, today)
    states = reads.school_states(programme, AcademicYear(year=AcademicYear.year_of(today)), by, today)
    return [
        ask(programme=programme, school=school, email=lead.email, lead=lead, by=by)
        for school, leads in reads.leads_to_ask(states).items()
        for lead in leads
    ]


def _write(check: ListCheck, secret: str) -> None:
    link = settings.PORTAL_URL + reverse("participants:list-link", args=[secret])
    text = render_to_string("emails/list-check.txt", {"check": check, "link": link})
    subject = f"Is the class list of {check.school.name} right?"
    transaction.on_commit(lambda: send_mail(subject, text, None, [check.email]) and None, robust=True)


@transaction.atomic
def end(*, check: ListCheck, by: User) -> bool:
    """Ends a link from this moment on, and returns whether it was still alive; also in a closed hub."""
    ended = ListCheck.objects.filter(pk=check.pk, ended_at__isnull=True).update(ended_at=timezone.now(), ended_by=by)
    if ended:
        audit(act="list_check.ended", by=by, programme_id=check.programme_id, subject=check)
    return bool(ended)


@transaction.atomic
def forget(*, today: date) -> int:
    """
    Deletes what is past its date, of every hub, and returns how many rows went: once a night; harmless twice.

    What was said of a child goes 30 days after it was decided, undecided after 90. A link that is over for 30 days
    loses its hash, and its address where nobody answered by it; answers go a year after their academic year.
    """
    every = frozenset(Programme.objects.values_list("pk", flat=True))
    with scoped(Scope(every)):
        said = ListProposal.objects.filter(
            Q(decided_at__date__lt=today - KEPT_DECIDED) | Q(state=State.OPEN, sent_at__date__lt=today - KEPT_OPEN)
        )
        gone = said.delete()[0]
        over = ListCheck.objects.filter(Q(ends_on__lt=today - KEPT_LINK) | Q(ended_at__date__lt=today - KEPT_LINK))
        gone += over.filter(answers__isnull=True).delete()[0]
        over.filter(secret_hash__isnull=False).update(secret_hash=None)
        long_over = AcademicYear.year_of(today) - 1
        return gone + over.filter(academic_year__lt=long_over).delete()[0]
