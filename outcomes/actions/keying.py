"""
Answers on paper, keyed in by the office: the sheet carries a number, and never a name.

Where a licence lets no item be here, a person scores the publisher's own form, and the score of each part is keyed in
its place: by the same rules, and kept as the answers are.

Who keyed it in is kept until names are taken off. The trail says of which group a sheet was keyed in, not whose it
was: who answered is nobody's business. What somebody answered on a screen is shown to nobody who keys in, nor whether
it is what they keyed: else who has the numbers could read, or guess, what a child said.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from outcomes.measures.scoring import faults_of_keyed
from outcomes.measures.structure import Measure
from outcomes.models import Response, Slip, Wave
from outcomes.queries.consent import consenting
from outcomes.queries.measures import asked
from outcomes.validators.wave import WaveRefusedError, WaveShutError, is_refusal, require_open

# by key of item, or of part where only scores are kept; a text is what was typed and is no number
Answers = Mapping[str, int | str | None]
Given = Mapping[str, int | None]


class NotKeyedError(WaveRefusedError):
    """A sheet that cannot be keyed in; the text says why and what to do."""


class FaultyScoresError(NotKeyedError):
    """Scores that cannot stand; `faults` say why, by key of part or "total"."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True)
class Difference:
    """An item, or a score, that stands otherwise than it was keyed: its key, what stands, and what was keyed."""

    item: str
    was: int | None
    becomes: int | None


class MeanwhileError(NotKeyedError):
    """Somebody answered by the slip while the sheet was keyed in."""


class DiffersError(NotKeyedError):
    """
    There are other answers by this slip. `seen` is what stands, by which a second press says that it was seen.

    `differences` are told of answers that were keyed in; of those given on a screen there are none.
    """

    def __init__(self, differences: list[Difference], seen: str) -> None:
        super().__init__("By this slip there are other answers already. Look at what differs, and decide.", "number")
        self.differences = differences
        self.seen = seen


def key_in(*, slip: Slip, answers: Answers, seen: str = "", by: User) -> bool:
    """
    Writes down the answers or scores of a paper sheet; returns whether anything is new by that. What is blank is None.

    A "total" among scores is compared with what they add up to, and not kept: it follows from them.

    Answers that stand already and are others, or were given on a screen, are replaced only where `seen` says that the
    office knows of them. Raises NotKeyedError, FaultyScoresError, MeanwhileError, DiffersError (which the trail keeps)
    and what `require_open` raises.
    """
    try:
        return _key_in(slip, answers, seen, by)
    except DiffersError:
        # by itself, for what was begun is taken back; and without a value, as everything of answers
        details = {"group": slip.group_id}
        audit(act="wave.sheet_differs", by=by, programme_id=slip.programme_id, subject=slip.wave, details=details)
        raise


@transaction.atomic
def _key_in(slip: Slip, answers: Answers, seen: str, by: User) -> bool:
    wave = Wave.objects.select_related("programme").get(pk=slip.wave_id)
    _require_now(wave)
    given = _given(wave, answers)
    # Two who key the same sheet at once: the second sees what the first has written. No lock of its key, for which an
    # answer that its holder gives just now would wait, and this act for that answer.
    locked = Slip.objects.select_for_update(no_key=True).get(pk=slip.pk)
    _require_consent(locked)
    standing = Response.objects.select_for_update().filter(slip=locked).first()
    if standing is not None and standing.answers:
        differences = _differences(standing.answers, given) if standing.keyed_by_id else []
        if standing.keyed_by_id and not differences:
            return False
        if seen != _mark(standing):
            raise DiffersError(differences, _mark(standing))
    _write(locked, standing, given, by)
    audit(
        act="wave.sheet_keyed",
        by=by,
        programme_id=locked.programme_id,
        subject=wave,
        details={"group": locked.group_id, "answers": sum(value is not None for value in given.values())},
    )
    return True


def _mark(standing: Response) -> str:
    """Returns 64 letters that differ where what stands does, and by which nobody finds out what that is."""
    # with the key of this server: all answers there can be are soon tried through a plain hash
    facts = json.dumps([standing.slip_id, standing.keyed_by_id, standing.answers], sort_keys=True)
    return salted_hmac("outcomes.keying", facts, algorithm="sha256").hexdigest()


def _write(slip: Slip, standing: Response | None, given: Given, by: User) -> None:
    now = timezone.now()
    response = standing or Response(programme_id=slip.programme_id, wave_id=slip.wave_id, slip=slip, begun_at=now)
    response.answers, response.ended_at, response.keyed_by = dict(given), now, by
    try:
        with transaction.atomic():
            response.save()
    except IntegrityError as error:
        raise MeanwhileError(
            "Somebody has answered by this slip just now. The sheet is not keyed in. Save it again, and decide whether "
            "to replace their answers.",
            "number",
        ) from error
    except DatabaseError as error:
        if is_refusal(error):
            raise WaveShutError("The wave was closed meanwhile. This sheet is not keyed in.") from error
        raise


def _require_now(wave: Wave) -> None:
    today = timezone.localdate()
    require_open(wave, today)
    if today < wave.opens_on:
        raise NotKeyedError("This wave is not open yet: nothing can be answered before its first day.")


def _given(wave: Wave, answers: Answers) -> Given:
    """Returns what is written down: of each item, or of each part where only scores are kept, a number or None."""
    measure = asked(wave)
    if measure.is_scores_only:
        return _scores(measure, answers)
    values = measure.scale.values if measure.scale else ()
    if any(value is not None and value not in values for value in answers.values()) or set(answers) - {
        item.key for item in measure.items
    }:
        raise NotKeyedError(f"This is no answer to {measure.name}. Key the sheet in again.")
    if all(value is None for value in answers.values()):
        raise NotKeyedError("No answer is ticked. A sheet that was handed in empty is left out.")
    return {item.key: _number(answers.get(item.key)) for item in measure.items}


def _scores(measure: Measure, scores: Answers) -> Given:
    if faults := faults_of_keyed(measure, scores):
        raise FaultyScoresError(faults)
    given = {part.key: _number(scores.get(part.key)) for part in measure.parts}
    if all(value is None for value in given.values()):
        raise NotKeyedError("No score is keyed. A form that was handed in empty is left out.")
    return given


def _number(value: int | str | None) -> int | None:
    return value if isinstance(value, int) else None


def _require_consent(slip: Slip) -> None:
    if slip.child_id is not None and slip.child_id not in consenting([slip.child_id]):
        raise NotKeyedError(
            "The family does not agree to surveys by now. Shred the sheet; it is not keyed in.", "number"
        )


def _differences(was: Given, becomes: Given) -> list[Difference]:
    return [Difference(item, was.get(item), value) for item, value in becomes.items() if was.get(item) != value]
