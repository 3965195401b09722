"""Who plays in which ensemble."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Child, Membership
from programmes.models import Ensemble


class EnsembleEndedError(Exception):
    """The ensemble does not play any more on the day children would join; the text says since when."""


@transaction.atomic
def join(*, ensemble: Ensemble, children: Sequence[Child], starts_on: date, by: User) -> list[Membership]:
    """
    Takes children into an ensemble from a day on; returns the memberships made.

    Who is in it already, or will be from a later day, stays so. Raises EnsembleEndedError.
    """
    # two people who press at once: the second finds the first one's children in it
    locked = Ensemble.objects.select_for_update().get(pk=ensemble.pk)
    if locked.ends_on is not None and locked.ends_on < starts_on:
        raise EnsembleEndedError(
            f"{locked.name} ended on {locked.ends_on:%-d %B %Y}: nobody can join it any more. Choose another ensemble."
        )
    in_it = set(
        Membership.objects.filter(ensemble=ensemble, child__in=children)
        .exclude(ends_on__lt=starts_on)
        .values_list("child_id", flat=True)
    )
    made = Membership.objects.bulk_create(
        [
            Membership(programme_id=ensemble.programme_id, ensemble=ensemble, child=child, starts_on=starts_on)
            for child in children
            if child.pk not in in_it
        ]
    )
    audit(
        act="ensemble.joined",
        by=by,
        programme_id=ensemble.programme_id,
        subject=ensemble,
        children=[membership.child_id for membership in made],
        details={"starts_on": starts_on.isoformat()},
    )
    return made
