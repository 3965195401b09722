"""Two editors save one register in any order, some of their answers lost: nothing is overwritten unseen."""

from datetime import time

from django.utils import timezone

from inharmony.access.scope import scoped
from tests.editors import interleave
from tests.factories import participants, programmes
from tests.prove.stage import Outcome, Stage

LEAST = 200


def prove(stage: Stage) -> Outcome:
    """Returns the number of interleavings; wrong is every mark overwritten unseen, lost, or refused without a cause."""
    outcome, cast = Outcome(), stage.cast
    users = [cast.priya, cast.ruth]
    # the coordinator keeps registers for 14 days, and one of today may be corrected without a reason
    band = programmes.ensemble(cast.liverpool, "Two Editors", led_by=cast.strings.tutors.all())
    with scoped(cast.liverpool_scope):
        participants.join(band, cast.children, by=cast.joanne)
        children = [child.pk for child in cast.children]
        while not outcome.wrong and (stage.goes_on or outcome.counted < LEAST) and outcome.counted < 1_400:
            start = time(outcome.counted // 60, outcome.counted % 60)
            session = programmes.session(band, day=timezone.localdate(), starts_at=start, ends_at=time(23, 59, 59))
            outcome.wrong += interleave(stage.rng, session, children, users)
            outcome.counted += 1
    outcome.words = "interleavings of two editors of a register"
    return outcome
