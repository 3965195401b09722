"""What came from the files of class lists is destroyed on its date: thirty days, in which a list could be undone.

The entry that a list came in, by whom and with which counts, stays; who its children are stands with the children.
"""

from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.access.closing import refusal_of
from inharmony.access.scope import Scope, scoped
from inharmony.audit.record import audit
from participants.actions.roster_undo import DAYS
from participants.models import RosterImport, RosterRow, RosterSheet
from programmes.models import Programme

State = RosterImport.State


def destroy_due(*, today: date | None = None) -> int:
    """Destroys, in every programme, what its date has come for; returns how many lists that were.

    A list that still waits goes altogether. In a hub that is closed the rows go and the entry stays as it is.
    """
    until = (today or timezone.localdate()) - timedelta(days=DAYS)
    done = 0
    for programme in Programme.objects.order_by("pk").values_list("pk", flat=True):
        with scoped(Scope(programmes=frozenset({programme}))):
            done += sum(_destroy(each) for each in _due(programme, until))
    return done


def _due(programme_id: int, until: date) -> list[RosterImport]:
    accepted = Q(state__in=(State.ACCEPTED, State.UNDONE), accepted_at__date__lt=until)
    other = Q(state__in=(State.ASKING, State.PREVIEW, State.REFUSED), uploaded_at__date__lt=until)
    lists = RosterImport.objects.filter(accepted | other, programme_id=programme_id, destroyed_at__isnull=True)
    return list(lists.order_by("pk"))


def _destroy(roster_import: RosterImport) -> bool:
    sheets, _ = RosterSheet.objects.filter(roster_import=roster_import).delete()
    rows, _ = RosterRow.objects.filter(roster_import=roster_import).delete()
    try:
        with transaction.atomic():
            audit(act="roster.destroyed", by=None, programme_id=roster_import.programme_id, subject=roster_import)
            if roster_import.state in {State.ASKING, State.PREVIEW}:
                roster_import.delete()
            else:
                roster_import.notes = []
                roster_import.destroyed_at = timezone.now()
                roster_import.save(update_fields=["notes", "destroyed_at"])
    except DatabaseError as error:
        if not refusal_of(error):
            raise
    return bool(sheets or rows)
