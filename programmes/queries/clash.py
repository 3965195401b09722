"""Sessions of a timetable that stand in each other's way: one venue, one tutor or the same children, twice at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from inharmony.accounts.models import User
from programmes.models import Session
from programmes.queries.leading import Leading, leading
from programmes.queries.shared import Shared, SharedThen, shared_by


@dataclass
class Clashes:
    """What stands in the way of one session: in words, and as children whom another session would need."""

    words: list[str] = field(default_factory=list)
    shared: list[SharedThen] = field(default_factory=list)


def clashes_among(sessions: Sequence[Session], user: User) -> dict[int, Clashes]:
    """
    Returns the clashes of sessions that are still to be held, by the key of each that has some; in two statements.

    The sessions came with their venue, their cover tutor and the ensembles that join them.
    """
    open_ = [one for one in sessions if not one.is_held and not one.is_cancelled]
    pairs = list(_at_once(open_))
    playing = {ensemble for pair in pairs for each in pair for ensemble in each.player_ids}
    led, shared = leading(playing), shared_by(playing, user)
    found: dict[int, Clashes] = defaultdict(Clashes)
    for one, other in pairs:
        for this, that in ((one, other), (other, one)):
            words, children = _words(this, that, led), _children(this, that, shared)
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


def _words(this: Session, that: Session, led: Leading) -> list[str]:
    words = []
    if this.venue_id is not None and this.venue_id == that.venue_id:
        words.append(f"{that.title} is in this venue then")
    if both := led.of(this) & led.of(that):
        words.append(f"{that.title} has {', '.join(sorted(tutor.name for tutor in both))} then")
    return words


def _children(this: Session, that: Session, shared: Shared) -> list[SharedThen]:
    return [] if set(this.player_ids) & set(that.player_ids) else shared.then(this.player_ids, that, this.day)
