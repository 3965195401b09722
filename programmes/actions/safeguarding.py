"""Whom to call about a child: entered, replaced and ended by date."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from programmes.models import Programme, SafeguardingContact
from programmes.queries.safeguarding import ContactPlace

DAY = timedelta(days=1)


class ContactRefusedError(Exception):
    """A contact that cannot be kept as entered; the text says why and what to do."""


class ContactNotYetError(ContactRefusedError):
    """The contact would begin on a day still to come."""


class ContactTooEarlyError(ContactRefusedError):
    """The contact would begin before the one it follows did, or while it was in force."""


@dataclass(frozen=True)
class Caller:
    """Who answers, and how to reach them."""

    name: str
    phone: str
    role: str = ""
    email: str = ""


@transaction.atomic
def keep_contact(*, place: ContactPlace, caller: Caller, starts_on: date, by: User) -> SafeguardingContact:
    """
    Keeps who is called for a place from a day on, and returns the contact; the one before ends the day before.

    A contact entered with the same first day is corrected, and sent twice is kept once. Raises ContactNotYetError,
    ContactTooEarlyError.
    """
    # two people who press at once: the second finds the first one's contact
    Programme.objects.select_for_update().get(pk=place.programme.pk)
    if starts_on > timezone.localdate():
        raise ContactNotYetError(f"{dates.day(starts_on)} is still to come. Enter the contact on the day they begin.")
    last = _last(place)
    if last is not None and last.starts_on == starts_on and last.ends_on is None:
        return _corrected(last, caller, by)
    if last is not None:
        _end_before(last, starts_on)
    made = SafeguardingContact.objects.create(
        programme=place.programme,
        kind=place.kind,
        school=place.school,
        local_authority=place.local_authority,
        starts_on=starts_on,
        recorded_by=by,
        **asdict(caller),
    )
    _audit("safeguarding.contact_kept", made, by, sorted(asdict(caller)))
    return made


def _last(place: ContactPlace) -> SafeguardingContact | None:
    programme, kind, school, authority = place.identity
    return SafeguardingContact.objects.filter(
        programme=programme, kind=kind, school=school, local_authority=authority
    ).first()


def _corrected(contact: SafeguardingContact, caller: Caller, by: User) -> SafeguardingContact:
    changed = [name for name, value in asdict(caller).items() if getattr(contact, name) != value]
    if not changed:
        return contact
    for name in changed:
        setattr(contact, name, getattr(caller, name))
    contact.recorded_by = by
    contact.save(update_fields=[*changed, "recorded_by"])
    _audit("safeguarding.contact_corrected", contact, by, sorted(changed))
    return contact


def _end_before(last: SafeguardingContact, starts_on: date) -> None:
    """Ends the contact before, unless it has ended already."""
    if last.ends_on is None and starts_on > last.starts_on:
        last.ends_on = starts_on - DAY
        last.save(update_fields=["ends_on"])
    elif last.ends_on is None or starts_on <= last.ends_on:
        since = last.starts_on if last.ends_on is None else last.ends_on
        raise ContactTooEarlyError(
            f"Somebody else was called up to {dates.day(since)}. Choose a later day for the new contact to begin."
        )


@transaction.atomic
def end_contact(*, contact: SafeguardingContact, by: User) -> None:
    """
    Lets a contact be called no more from today on; ended twice is ended once.

    One that began today was in force on no day that is over, so it goes.
    """
    locked = SafeguardingContact.objects.select_for_update().filter(pk=contact.pk).first()
    today = timezone.localdate()
    if locked is None or (locked.ends_on is not None and locked.ends_on < today):
        return
    _audit("safeguarding.contact_ended", locked, by, ["ends_on"])
    if locked.starts_on >= today:
        locked.delete()
    else:
        locked.ends_on = today - DAY
        locked.save(update_fields=["ends_on"])


def _audit(act: str, contact: SafeguardingContact, by: User, fields: list[str]) -> None:
    details = {"kind": contact.kind, "school": contact.school_id, "fields": fields}
    audit(act=act, by=by, programme_id=contact.programme_id, subject=contact, details=details)
