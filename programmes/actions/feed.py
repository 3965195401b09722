"""The secret address at which a person's calendar is read: made, replaced, ended by the person and nobody else."""

import secrets

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from programmes.models import CalendarFeed
from programmes.queries.feed import hash_of


@transaction.atomic
def make(*, by: User) -> str:
    """Makes the address of a person's calendar and returns its secret, which is not kept; the old one is dead."""
    secret = secrets.token_urlsafe(32)
    feed, is_first = CalendarFeed.objects.update_or_create(
        user=by, defaults={"secret_hash": hash_of(secret), "made_at": timezone.now()}
    )
    audit(act="calendar.address_made", by=by, subject=feed, details={"replaced": not is_first})
    return secret


@transaction.atomic
def end(*, by: User) -> bool:
    """Ends the address of a person's calendar; returns whether there was one."""
    feed = CalendarFeed.objects.select_for_update().filter(user=by).first()
    if feed is None:
        return False
    audit(act="calendar.address_ended", by=by, subject=feed)
    feed.delete()
    return True
