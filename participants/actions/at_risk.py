"""Children who must not be found by somebody: kept off paper, out of pictures and out of lists, and no longer so."""

from django.db import transaction
from django.db.models import F

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Child


@transaction.atomic
def flag_at_risk(*, child: Child, by: User) -> Child:
    """
    Keeps a child off paper, out of pictures and out of lists from the next request on; returns the child.

    The trail names who did it; why is asked for and kept nowhere.
    """
    return _audited_set(child, is_at_risk=True, act="child.flagged_at_risk", by=by)


@transaction.atomic
def clear_at_risk(*, child: Child, by: User) -> Child:
    """Treats a child like every other again, from the next request on; returns the child."""
    return _audited_set(child, is_at_risk=False, act="child.cleared_at_risk", by=by)


def _audited_set(child: Child, *, is_at_risk: bool, act: str, by: User) -> Child:
    # a form sent twice finds nothing to change
    changed = Child.objects.filter(pk=child.pk, is_at_risk=not is_at_risk).update(
        is_at_risk=is_at_risk, revision=F("revision") + 1
    )
    if changed:
        audit(
            act=act,
            by=by,
            programme_id=child.programme_id,
            subject=child,
            children=[child.pk],
            details={"fields": ["is_at_risk"]},
        )
    child.refresh_from_db(fields=["is_at_risk", "revision"])
    return child
