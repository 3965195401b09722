"""Noting a breach of personal data, and amending what is known of it: always by adding, never by changing."""

from django.db import IntegrityError, transaction

from inharmony.accounts.models import User
from inharmony.audit.models import Breach, BreachVersion
from inharmony.audit.queries.breach import changed
from inharmony.audit.record import audit


class BreachRefusedError(Exception):
    """What cannot be written down; the text says why and what to do."""


class BreachAmendedError(BreachRefusedError):
    """Somebody amended the breach since the page was opened; nothing was overwritten."""


class NothingAmendedError(BreachRefusedError):
    """Everything stands already as it was sent."""


@transaction.atomic
def note(*, version: BreachVersion, programme_id: int | None, by: User) -> Breach:
    """Begins the record of a breach of a hub, or of the portal when no programme is named; returns it."""
    breach = Breach.objects.create(programme_id=programme_id, noted_by=by)
    _write(breach, version, number=1, by=by)
    audit(act="breach.noted", by=by, programme_id=programme_id, subject=breach)
    return breach


@transaction.atomic
def amend(*, breach: Breach, version: BreachVersion, seen: int, by: User) -> BreachVersion:
    """Adds what is known of a breach now to what was known, and returns it. `seen` is the version the person saw."""
    last = BreachVersion.objects.filter(breach=breach).order_by("-number")[0]
    if last.number != seen:
        raise BreachAmendedError(
            "Somebody else amended this breach after you opened it. Nothing of yours has been written: open it again, "
            "look at what stands now, and amend that."
        )
    fields = changed(last, version)
    if not fields:
        raise NothingAmendedError("Nothing is different from what stands already. Change something, or go back.")
    _write(breach, version, number=last.number + 1, by=by)
    audit(act="breach.amended", by=by, programme_id=breach.programme_id, subject=breach, details={"fields": fields})
    return version


def _write(breach: Breach, version: BreachVersion, *, number: int, by: User) -> None:
    version.pk = None
    version.breach, version.programme_id = breach, breach.programme_id
    version.number, version.written_by = number, by
    version.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        raise BreachAmendedError(
            "Somebody else amended this breach at the same moment. Nothing of yours has been written: open it again."
        ) from error
