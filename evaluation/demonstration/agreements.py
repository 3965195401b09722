"""Sharing agreements of the demonstration, so that its hubs may bring in class lists."""

from collections.abc import Iterable
from datetime import date

from inharmony.accounts.models import User
from programmes.models import Programme, SharingAgreement


def make_agreements(programmes: Iterable[Programme], signed_on: date, by: User) -> None:
    """Writes one agreement a programme, in force until somebody ends it."""
    SharingAgreement.objects.bulk_create(
        SharingAgreement(
            programme=programme,
            signed_on=signed_on,
            parties=f"{programme.name} and its demonstration schools",
            reference="Invented for the demonstration",
            recorded_by=by,
        )
        for programme in programmes
    )
