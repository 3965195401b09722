from typing import ClassVar

from django.db import models

from inharmony.access.privacy import Privacy, Rights, Wall


class Identity(models.Model):
    """What links the rows of one child across programmes: keyed hashes, no name. Only the `figures` role reads it."""

    privacy: ClassVar = Privacy(
        plain="child programme",
        personal="upn_hash person_hash",
        wall=Wall.SEALED,
        rights=Rights.SEALED,
    )

    child = models.OneToOneField(
        "participants.Child", models.CASCADE, primary_key=True, related_name="identity", db_constraint=False
    )
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    upn_hash = models.CharField(max_length=64, blank=True)
    # of forename, surname (folded) and date of birth
    person_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "identities"
        indexes: ClassVar = [
            models.Index(fields=["upn_hash"], name="identity_by_upn", condition=~models.Q(upn_hash="")),
            models.Index(fields=["person_hash"], name="identity_by_person"),
        ]
