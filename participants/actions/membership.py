"""Who plays in which ensemble."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Child, Membership
from programmes.models import Ensemble


@transaction.atomic
def join(*, ensemble: Ensemble, children: Sequence[Child], starts_on: date, by: User) -> list[Membership]:
    """Takes children into an ensemble from a day on; returns the memberships made. Who is in it already stays so."""
    in_it = set(
        Membership.objects.filter(ensemble=ensemble, child__in=children)
        .on(starts_on)
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
        details={"children": [membership.child_id for membership in made], "starts_on": starts_on.isoformat()},
    )
    return made
