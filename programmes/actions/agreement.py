"""Sharing agreements: recorded once they are signed, and given a last day."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from programmes.models import SharingAgreement


class AgreementRefusedError(Exception):
    """An agreement that cannot be recorded or ended so; the text says why and what to do."""


class NotSignedYetError(AgreementRefusedError):
    """The day of signing is to come."""


class LastDayError(AgreementRefusedError):
    """The last day is before today, or later than the agreement itself says."""


@transaction.atomic
def record_agreement(*, agreement: SharingAgreement, by: User) -> SharingAgreement:
    """Writes down an agreement that was signed, and returns it; class lists can come in from then on."""
    if agreement.signed_on > timezone.localdate():
        raise NotSignedYetError("The day of signing is to come. Record the agreement once it is signed.")
    agreement.recorded_by = by
    agreement.full_clean()
    agreement.save(force_insert=True)
    _audit("agreement.recorded", agreement, by)
    return agreement


@transaction.atomic
def end_agreement(*, agreement: SharingAgreement, on: date, by: User) -> SharingAgreement:
    """Gives an agreement its last day, today or later, and returns it; after that day no class list comes in by it."""
    locked = SharingAgreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)
    if on < timezone.localdate():
        raise LastDayError("An agreement ends today or later: what came in before came in with it.")
    if locked.valid_until is not None and on > locked.valid_until:
        raise LastDayError("The agreement runs out before that day. Record the new one instead.")
    locked.valid_until = on
    locked.save(update_fields=["valid_until"])
    _audit("agreement.ended", locked, by)
    return locked


def _audit(act: str, agreement: SharingAgreement, by: User) -> None:
    details = {
        "signed_on": agreement.signed_on.isoformat(),
        "valid_until": agreement.valid_until.isoformat() if agreement.valid_until else None,
    }
    audit(act=act, by=by, programme_id=agreement.programme_id, subject=agreement, details=details)
