"""Children who may have moved to another hub: found at night, over all hubs; answered by the people of one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from inharmony.access.scope import Scope, figures, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions.destination import Going, leave_hub
from participants.actions.roster import lock_imports_of
from participants.models import Destination, HubMove
from participants.queries.hub_move import Moved, moved_between_hubs
from programmes.models import Closing

State = HubMove.State
# what can be asked again: where the child was let go on here, or the other enrolment is there again
_ASKED_AGAIN = (State.LEFT, State.OVER)


class HubMoveRefusedError(Exception):
    """An answer that cannot be taken; the text says why and what to do."""


class AnsweredAlreadyError(HubMoveRefusedError):
    """The question does not wait any more."""


def find_hub_moves() -> int:
    """
    Asks every open hub about its children who may have moved to another; returns how many questions are new.

    Whoever runs it must have been granted the `figures` role (worker and loader are). The hashes are read in that role;
    each hub's questions are written within its own wall. However often it runs, a pair is one question.
    """
    today = timezone.localdate()
    with scoped(figures()):
        found: dict[int, list[Moved]] = defaultdict(list)
        for moved in moved_between_hubs(today):
            found[moved.programme_id].append(moved)
        waiting = HubMove.objects.filter(state=State.WAITING).order_by().values_list("programme_id", flat=True)
        concerned = {*found, *waiting.distinct()}
    closed = set(Closing.objects.on(today).values_list("programme_id", flat=True))
    return sum(_ask(programme_id, found[programme_id]) for programme_id in sorted(concerned - closed))


def _ask(programme_id: int, found: Sequence[Moved]) -> int:
    """Brings a hub's questions in line with what was found."""
    with scoped(Scope(frozenset({programme_id}))):
        lock_imports_of(programme_id)
        kept = {(move.child_id, move.pair): move for move in HubMove.objects.filter(programme_id=programme_id)}
        standing = {(moved.child_id, moved.pair): moved for moved in found}
        changed = []
        for key, move in kept.items():
            moved = standing.get(key)
            if moved is None and move.state == State.WAITING:
                move.state = State.OVER
                changed.append(move)
            elif moved is not None and move.state in _ASKED_AGAIN:
                move.state, move.answered_at, move.answered_by = State.WAITING, None, None
                move.counts_from = moved.counts_from
                changed.append(move)
        HubMove.objects.bulk_update(changed, ["state", "counts_from", "answered_at", "answered_by"])
        made = HubMove.objects.bulk_create(
            HubMove(programme_id=programme_id, child_id=moved.child_id, pair=moved.pair, counts_from=moved.counts_from)
            for key, moved in standing.items()
            if key not in kept
        )
        asked = sorted({move.child_id for move in (*made, *changed) if move.state == State.WAITING})
        if asked:
            audit(act="hub_move.asked", by=None, programme_id=programme_id, children=asked)
    return len(made)


@transaction.atomic
def has_left(*, move: HubMove, last_day: date, by: User) -> HubMove:
    """
    Ends a child's enrolment here, with the ensembles and the instrument, because they are in another hub; returns it.

    It is undone like every leaving, on the page of the turn of the year. Raises AnsweredAlreadyError, and what
    `leave_hub` refuses: a day before the enrolment or after today, or before something of the child.
    """
    waiting = _locked(move)
    going = Going(Destination.GoesTo.AWAY, Destination.Plays.UNKNOWN)
    leave_hub(child=waiting.child, going=going, last_day=last_day, by=by)
    return _answered(waiting, State.LEFT, by)


@transaction.atomic
def is_still_here(*, move: HubMove, by: User) -> HubMove:
    """Writes down that the child is with this hub still, which is not asked again. Raises AnsweredAlreadyError."""
    return _answered(_locked(move), State.HERE, by)


def _locked(move: HubMove) -> HubMove:
    lock_imports_of(move.programme_id)
    found = HubMove.objects.select_for_update(of=("self",)).select_related("child__programme").get(pk=move.pk)
    if found.state != State.WAITING:
        raise AnsweredAlreadyError("This was answered meanwhile, or is not to be asked any more.")
    return found


def _answered(move: HubMove, state: HubMove.State, by: User) -> HubMove:
    move.state, move.answered_at, move.answered_by = state, timezone.now(), by
    move.save(update_fields=["state", "answered_at", "answered_by"])
    audit(
        act="hub_move.answered",
        by=by,
        programme_id=move.programme_id,
        subject=move,
        children=[move.child_id],
        details={"answer": state.value},
    )
    return move
