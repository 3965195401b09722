"""The hub decides on what a school says of its class list, thing by thing, through the acts by which it would do it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions import child as children
from participants.actions.roster import lock_imports_of
from participants.models import Child, ListProposal
from participants.queries import list_proposal as reads
from participants.queries.list_proposal import Proposed
from participants.validators.list_check import ListCheckRefusedError, require_open

Kind, State = ListProposal.Kind, ListProposal.State


class DecidedError(ListCheckRefusedError):
    """The proposal was decided otherwise, or replaced, or the child is not where it says."""


class ChangedMeanwhileError(ListCheckRefusedError):
    """What stands now is not what whoever decides has seen."""


@transaction.atomic
def accept(*, proposal: ListProposal, seen: str, by: User, last_day: date | None = None) -> ListProposal:
    """
    Carries out what a school proposed, through the act by which the hub would do it, and returns the proposal.

    `seen` is the mark of what whoever accepts it saw standing: raises ChangedMeanwhileError where that has changed. A
    child who is missing is only written down, to come in by a class list. A `last_day` may take the place of the one
    proposed. Raises DecidedError, and children.LeavingRefusedError for a last day that cannot be.
    """
    found = _locked(proposal, State.ACCEPTED)
    if found.row.state == State.ACCEPTED:
        return found.row
    if found.row.kind != Kind.MISSING:
        if found.now is None:
            raise DecidedError("The child is not enrolled at this school any more. Decline the correction.")
        if found.seen != seen:
            raise ChangedMeanwhileError(
                f"This was changed while you looked: it is now “{found.now_words}”. Look again, then decide."
            )
        _carry_out(found.row, last_day, by)
    return _decide(found.row, State.ACCEPTED, by)


@transaction.atomic
def decline(*, proposal: ListProposal, by: User) -> ListProposal:
    """Leaves everything as it is, and returns the proposal. Raises DecidedError where it was accepted or replaced."""
    found = _locked(proposal, State.DECLINED)
    return found.row if found.row.state == State.DECLINED else _decide(found.row, State.DECLINED, by)


def _locked(proposal: ListProposal, wanted: ListProposal.State) -> Proposed:
    """The proposal, open or decided as wanted already, beside what stands now; nobody changes either meanwhile."""
    require_open(proposal.list_check.programme, timezone.localdate())
    lock_imports_of(proposal.programme_id)
    row = ListProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if row.state not in (State.OPEN, wanted):
        raise DecidedError(f"This was decided already: {row.get_state_display().lower()}.")
    if row.child_id is not None:
        Child.objects.select_for_update().get(pk=row.child_id)
    return reads.beside(row)


def _carry_out(row: ListProposal, last_day: date | None, by: User) -> None:
    check, child = row.list_check, row.child
    stay = reads.stay_at(check.school_id, row.child_id or 0)
    if child is None or stay is None:  # both were there a moment ago, and are locked
        raise DecidedError("The child is not enrolled at this school any more. Decline the correction.")
    if row.kind == Kind.NAME:
        children.rename(child=child, by=by, **row.proposed)
    elif row.kind == Kind.CLASS:
        children.move_class(enrolment=stay, academic_year=check.academic_year, by=by, **row.proposed)
    else:
        children.leave(enrolment=stay, last_day=last_day or date.fromisoformat(row.proposed["ends_on"]), by=by)


def _decide(row: ListProposal, state: ListProposal.State, by: User) -> ListProposal:
    row.state, row.decided_at, row.decided_by = state, timezone.now(), by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    audit(
        act="list_check.accepted" if state == State.ACCEPTED else "list_check.declined",
        by=by,
        programme_id=row.programme_id,
        subject=row.list_check,
        children=[row.child_id] if row.child_id is not None else [],
        details={"kind": row.kind},
    )
    return row
