"""
Somebody answers a question of an open wave by their slip, or skips it.

No entry in the trail: it says who did what, and an answer is nobody's. With an entry for each, the trail would tell
when the holder of a slip sat where, for longer than slips are kept; that a child was asked stands in the slip, and that
is destroyed when names are taken off.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from outcomes.measures.structure import Measure
from outcomes.models import Slip
from outcomes.queries.answering import Opening, may_answer, opening_of
from outcomes.queries.measures import asked

# as the database refuses an answer to a wave that is closed (migration 0001), and one behind the wall: after midnight
# a slip opens nothing
CLOSED, BEHIND_THE_WALL = "IH004", "42501"
PICK = "Pick one of the answers, or press Skip."
# One statement, so that two tabs, or one answer sent twice at once, wait for each other and nothing is lost: what is
# said is laid over what was said, item by item. The first time all were left behind is when it ended. What was keyed in
# and then answered by its holder is theirs: it is shown to the office no more (actions/keying.py).
_KEEP = """
INSERT INTO outcomes_response AS r (programme_id, wave_id, slip_id, answers, begun_at, ended_at)
VALUES (%(programme)s, %(wave)s, %(slip)s, %(said)s, %(now)s, CASE WHEN %(said)s ?& %(items)s THEN %(now)s END)
ON CONFLICT (slip_id) DO UPDATE SET
  answers = r.answers || excluded.answers,
  keyed_by_id = NULL,
  ended_at = coalesce(r.ended_at, CASE WHEN r.answers || excluded.answers ?& %(items)s THEN excluded.begun_at END)
RETURNING answers
"""


class AnswerRefusedError(Exception):
    """An answer that is not taken; the text says why and what to do."""


class WaveShutError(AnswerRefusedError):
    """The wave takes no answers: not yet, or not any more."""


class NoConsentError(AnswerRefusedError):
    """No consent to surveys stands for the child of the slip."""


class UnknownAnswerError(AnswerRefusedError):
    """Something that is not asked, or an answer that is not among those to choose from."""


def answer(*, slip: Slip, item: str, value: int | None) -> Mapping[str, int | None]:
    """
    Keeps what the holder of a slip says of one item (None: skipped), and returns all they said so far.

    The same sent again changes nothing; of two answers to one item the later stands. Within the scope of the slip.
    """
    measure = asked(slip.wave)
    require_open(slip, timezone.localdate())
    if not may_answer(slip):
        raise NoConsentError("Nobody may be asked by this slip. Please give it back.")
    require_known(measure, item, value)
    try:
        return _keep(slip, measure, {item: value})
    except DatabaseError as error:
        if _is_shut(slip, getattr(error.__cause__, "sqlstate", "")):
            raise WaveShutError("This is over. What you said before is kept.") from error
        raise


def require_open(slip: Slip, today: date) -> None:
    """Raises WaveShutError on a day on which the wave of a slip takes no answers."""
    opening = opening_of(slip.wave, today)
    if opening is Opening.NOT_YET:
        raise WaveShutError("This is not open yet.")
    if opening is Opening.OVER:
        raise WaveShutError("This is over. What you said before is kept.")


def require_known(measure: Measure, item: str, value: int | None) -> None:
    """Raises UnknownAnswerError for an item that a measure does not ask, or a value that its scale does not have."""
    if item not in {one.key for one in measure.items}:
        raise UnknownAnswerError("That is not asked here.")
    if value is not None and (measure.scale is None or value not in measure.scale.values):
        raise UnknownAnswerError(PICK)


def _is_shut(slip: Slip, sqlstate: str) -> bool:
    """Whether the database refused because it is too late; nothing can be asked of it in that transaction any more."""
    is_on_a_day = slip.wave.opens_on <= timezone.localdate() <= slip.wave.closes_on
    return sqlstate == CLOSED or (sqlstate == BEHIND_THE_WALL and not is_on_a_day)


def _keep(slip: Slip, measure: Measure, said: dict[str, int | None]) -> Mapping[str, int | None]:
    values: dict[str, Any] = {
        "programme": slip.programme_id,
        "wave": slip.wave_id,
        "slip": slip.pk,
        "said": Jsonb(said),
        "now": timezone.now(),
        "items": [item.key for item in measure.items],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
        ((answers,),) = cursor.fetchall()
    kept: dict[str, int | None] = json.loads(answers)
    return kept
