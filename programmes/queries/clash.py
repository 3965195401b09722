"""Sessions of a timetable that stand in each other's way: one venue, one tutor or the same children, twice at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from inharmony.accounts.models import User
from programmes.models import Session, Tutor
from programmes.queries.shared import Shared, SharedThen, shared_by


@dataclass
class Clashes:
    """What stands in the way of one session: in words, and as children whom another session would need."""

    words: list[str] = field(default_factory=list)
    shared: list[SharedThen] = field(default_factory=list)


def clashes_among(sessions: Sequence[Session], user: User) -> dict[int, Clashes]:
    """
    Returns the clashes of sessions that are still to be held, by the key of each that has some; in one statement.

    The sessions came with their venue, their cover tutor and the tutors of their ensemble.
    """
    open_ = [one for one in sessions if not one.is_held and not one.is_cancelled]
    pairs = list(_at_once(open_))
    shared = shared_by({each.ensemble_id for pair in pairs for each in pair}, user)
    found: dict[int, Clashes] = defaultdict(Clashes)
    for one, other in pairs:
        for this, that in ((one, other), (other, one)):
            words, children = _words(this, that), _children(this, that, shared)
            if words or children:
                found[this.pk].words += words
                found[this.pk].shared += children
    return dict(found)


def _at_once(sessions: Sequence[Session]) -> Iterator[tuple[Session, Session]]:
    by_day: dict[object, list[Session]] = defaultdict(list)
    for session in sessions:
        by_day[session.day].append(session)
    for on_day in by_day.values():
        for one, other in combinations(on_day, 2):
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                yield one, other


def _words(this: Session, that: Session) -> list[str]:
    words = []
    if this.venue_id is not None and this.venue_id == that.venue_id:
        words.append(f"{that.ensemble.name} is in this venue then")
    if both := _leading(this) & _leading(that):
        words.append(f"{that.ensemble.name} has {', '.join(sorted(tutor.name for tutor in both))} then")
    return words


def _leading(session: Session) -> set[Tutor]:
    return {session.tutor} if session.tutor is not None else set(session.ensemble.tutors.all())


def _children(this: Session, that: Session, shared: Shared) -> list[SharedThen]:
    return shared.then(this.ensemble, that, this.day) if this.ensemble_id != that.ensemble_id else []
