"""
A hub's figures as they were last counted, and how one knows whether they still are what the rows say.

Whatever changes a row that figures or pages are made of leaves a change beside it, in the same transaction (migrations
0003 and 0004): an addition, which waits for nobody. Their sum is the version of the hub's rows. It only ever grows, and
it grows for a reader in the same moment in which the rows change for them: who finds the version that a count was kept
under finds the rows it was made of.
"""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class HubChange(models.Model):
    """That rows of a hub changed, and how many times: several are put together in one, and the sum stays the same."""

    # no wall: whoever changes a partnership or a school writes here too; it says of nobody what was changed
    privacy: ClassVar = Privacy(
        plain="id programme changes", national=National.ADD, figures_may="SELECT, INSERT", closes_with_hub=False
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+", db_constraint=False)
    changes = models.BigIntegerField(default=1, db_default=1)

    def __str__(self) -> str:
        return f"{self.changes} changes of programme {self.programme_id}"


class KeptFiguresQuerySet(models.QuerySet["KeptFigures"]):
    def visible_to(self, user: "User") -> "KeptFiguresQuerySet":
        """Returns what is kept of the programmes that the person sees whole."""
        return self.filter(programme_id__in=user.reach.whole_programmes)


class KeptFigures(models.Model):
    """
    What was counted of a hub's whole rows in a period, under the version of these and on the day it was counted.

    Good while both stand; the day no longer matters once the period is over. Written by whoever looks, in a closed hub
    too: it follows the rows, and is no change of any.
    """

    class Kind(models.TextChoices):
        CELLS = "cells", "the tables of the menu"
        SUMS = "sums", "what the hub's own page is made of"

    privacy: ClassVar = Privacy(
        plain="id programme kind year term starts_on ends_on version counted_on edition figures",
        wall=Wall.PROGRAMME,
        closes_with_hub=False,
    )

    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=5, choices=Kind)
    # of the period, as `figures.period` has it
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=6, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.BigIntegerField()
    counted_on = models.DateField()
    # of the code that counted
    edition = models.CharField(max_length=16)
    figures = models.JSONField()

    objects = KeptFiguresQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "kept figures"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "kind", "year", "term", "starts_on", "ends_on"], name="evaluation_keptfigures_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.starts_on} to {self.ends_on}"
