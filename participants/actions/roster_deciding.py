"""What a person says of a class list that waits: who is who, who has left, which class joins what, what a cell is."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Case, Value, When

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions.roster import StagedRow, insert, require_waiting
from participants.models import RosterImport, RosterRow

Outcome, Decision = RosterRow.Outcome, RosterRow.Decision


@transaction.atomic
def decide(*, roster_import: RosterImport, decisions: Mapping[int, str], by: User) -> None:
    """Notes what a person says of rows, by their number: a close match is `same` or `another`, any row is left `out`.

    Anything else means later.
    """
    require_waiting(roster_import, by)
    rows = list(RosterRow.objects.filter(roster_import=roster_import, row__in=decisions))
    for row in rows:
        said = decisions[row.row] if row.row is not None else ""
        is_fit = said == Decision.OUT or (said in _OF_CLOSE_MATCHES and "candidate" in row.fields)
        row.decision = said if is_fit else ""
    RosterRow.objects.bulk_update(rows, ["decision"])
    audit(
        act="roster.decided",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=sorted({row.fields["candidate"] for row in rows if row.fields.get("candidate")}),
        details={"rows": sorted(row.row for row in rows if row.row is not None)},
    )


_OF_CLOSE_MATCHES = frozenset({Decision.SAME, Decision.ANOTHER})


@transaction.atomic
def let_leave(*, roster_import: RosterImport, children: Sequence[int], last_day: date, by: User) -> None:
    """Notes who, on roll and not on the list, has left: their enrolments end on the day when the list is accepted."""
    require_waiting(roster_import, by)
    RosterRow.objects.filter(roster_import=roster_import, outcome=Outcome.LEAVER).update(
        decision=Case(When(child__in=children, then=Value(Decision.LEAVES.value)), default=Value(""))
    )
    roster_import.leaves_on = last_day
    roster_import.save(update_fields=["leaves_on"])
    audit(
        act="roster.leavers_chosen",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=sorted(children),
        details={"ends_on": last_day.isoformat()},
    )


@transaction.atomic
def let_join(*, roster_import: RosterImport, joins: Sequence[tuple[str, int]], by: User) -> None:
    """Notes which school classes of the list join which ensembles (by id) when it is accepted."""
    require_waiting(roster_import, by)
    roster_import.joins = [{"school_class": school_class, "ensemble": ensemble} for school_class, ensemble in joins]
    roster_import.save(update_fields=["joins"])
    audit(
        act="roster.joins_chosen",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        details={"ensembles": sorted({ensemble for _, ensemble in joins})},
    )


@transaction.atomic
def mend(*, roster_import: RosterImport, row: RosterRow, now: StagedRow, by: User) -> None:
    """Puts a row in the place of itself, with a cell mended by a person and read again."""
    require_waiting(roster_import, by)
    RosterRow.objects.filter(pk=row.pk).delete()
    # what another row says of the same child is compared when the list is accepted
    roster_import.seen = ""
    children = insert(roster_import, [now])
    roster_import.counts[row.outcome] -= 1
    roster_import.counts[now.outcome] += 1
    roster_import.save(update_fields=["seen", "counts"])
    audit(
        act="roster.mended",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=children,
        details={"row": row.row, "columns": sorted(now.mended)},
    )
