"""Who leads sessions: the tutors of every ensemble that plays in one, or whoever covers it."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from programmes.models import Ensemble, Session, Tutor


class Leading:
    """Some tutors, and which ensembles they lead."""

    def __init__(self, rows: Iterable[tuple[int, Tutor]], covers: Iterable[Tutor]) -> None:
        self.tutors = set(covers)
        self._by_ensemble: dict[int, set[Tutor]] = defaultdict(set)
        for ensemble, tutor in rows:
            self.tutors.add(tutor)
            self._by_ensemble[ensemble].add(tutor)

    @property
    def ensembles(self) -> Collection[int]:
        """The ids of the ensembles that one of them leads."""
        return self._by_ensemble.keys()

    def then(self, cover: Tutor | None, playing: Iterable[int]) -> set[Tutor]:
        """Returns who of them leads a session: its cover, else those of the ensembles that play in it."""
        if cover is not None:
            return {cover}
        return {tutor for ensemble in playing for tutor in self._by_ensemble.get(ensemble, ())}

    def of(self, session: Session) -> set[Tutor]:
        """Returns who of them leads a session that came with its cover tutor and the ensembles that join it."""
        return self.then(session.tutor, session.player_ids)


def leading(ensembles: Collection[int], covers: Collection[Tutor] = ()) -> Leading:
    """Returns those who lead some ensembles, given by id, or cover there, and all that they lead; one statement."""
    led = Ensemble.tutors.through.objects
    who = Q(tutor__in=led.filter(ensemble__in=ensembles).values("tutor")) | Q(tutor__in=covers)
    return Leading(((row.ensemble_id, row.tutor) for row in led.filter(who).select_related("tutor")), covers)
