"""
Names are taken off the answers of a closed wave: what stays says how somebody answered, and nowhere who.

It is done once, in one transaction, by the worker in the role `figures`, which alone may write a sheet. Half of it is
never there: either every slip and response of the wave is, or every sheet.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Sum
from django.utils import timezone

from inharmony.access.scope import figures, scoped
from inharmony.audit.record import audit
from outcomes.measures.structure import Informant
from outcomes.models import AskedGroup, Response, Sheet, Slip, Wave
from outcomes.queries.consent import consenting
from outcomes.queries.wave import answered_of
from participants.models import Attendance, Child
from participants.models.attendance import ATTENDED
from participants.validators.identity import respondent_key
from schools.models import AcademicYear

log = logging.getLogger(__name__)

# rows are written in an order drawn by lot: the number of a sheet says nothing of the slip it came by
_LOT = secrets.SystemRandom()
_CENTS = Decimal("0.01")
# to which hours beside answers are rounded: the step that their slope is told for (analysis/hours.py)
_TENS = 10


class WaveOpenError(Exception):
    """The wave is open: its answers are still to come."""


@dataclass(frozen=True)
class TakenOff:
    """How many sheets were made of how many responses; the rest were of children whose families say no by now."""

    responses: int
    sheets: int


def take_names_off(wave_id: int) -> TakenOff | None:
    """
    Makes a sheet of each response that may be kept, and deletes responses and slips; returns how many were made.

    None where it was done already, however often it is asked for. Of a child whose standing answer about surveys is
    not yes no sheet is made; of two responses of one child (two records became one) the one with more answers is kept,
    and of equals the later. Raises WaveOpenError.
    """
    with scoped(figures()):
        wave = Wave.objects.select_for_update().get(pk=wave_id)
        if wave.closed_at is None:
            raise WaveOpenError(f"Wave {wave_id} is open.")
        if wave.names_off_at is not None:
            return None
        responses = list(answered_of(Response.objects.filter(wave=wave)).select_related("slip__group"))
        sheets = _sheets(wave, _kept(responses))
        Sheet.objects.bulk_create(sheets)
        _count(wave)
        Response.objects.filter(wave=wave).delete()
        Slip.objects.filter(wave=wave).delete()
        wave.names_off_at = timezone.now()
        wave.save(update_fields=["names_off_at"])
        done = TakenOff(len(responses), len(sheets))
        audit(
            act="wave.names_taken_off",
            by=None,
            programme_id=wave.programme_id,
            subject=wave,
            details={"responses": done.responses, "sheets": done.sheets},
        )
    return done


def take_all_names_off() -> int:
    """
    Takes names off every closed wave that has some, each in a transaction of its own; returns of how many.

    One that fails is logged, keeps no other back, and is tried again the next night.
    """
    done = 0
    due = Wave.objects.filter(closed_at__isnull=False, names_off_at__isnull=True).order_by("closed_at")
    for wave_id in due.values_list("pk", flat=True):
        try:
            done += take_names_off(wave_id) is not None
        except Exception:
            log.exception("Names could not be taken off wave %s; it is tried again in the night.", wave_id)
    return done


def _kept(responses: Iterable[Response]) -> list[Response]:
    """Returns the responses that may be kept, one of each child at most."""
    kept: dict[int, Response] = {}
    of_nobody = []
    for response in responses:
        child = response.slip.child_id
        if child is None:
            of_nobody.append(response)
        elif child not in kept or _weight(kept[child]) < _weight(response):
            kept[child] = response
    may = consenting(kept)
    return [*of_nobody, *(response for child, response in kept.items() if child in may)]


def _weight(response: Response) -> tuple[int, object, int]:
    answers = sum(value is not None for value in response.answers.values())
    return answers, response.ended_at or response.begun_at, response.pk


def _sheets(wave: Wave, responses: list[Response]) -> list[Sheet]:
    """
    Returns the sheets of responses, in an order drawn by lot.

    What stands beside the answers of a child (year group, sex, needs, hours to the nearest ten) stands there of a child
    alone. Of a family, of staff and of tutors the portal keeps what they said and at which school, and nothing that
    lays a family's answers together with the child's.
    """
    is_of_child = wave.informant == Informant.CHILD
    ids = [response.slip.child_id for response in responses if response.slip.child_id] if is_of_child else []
    children = Child.objects.in_bulk(ids)
    hours = hours_received(ids, wave)
    sheets = [_sheet(wave, response, children, hours) for response in responses]
    _LOT.shuffle(sheets)
    return sheets


def _sheet(wave: Wave, response: Response, children: Mapping[int, Child], hours: Mapping[int, Decimal]) -> Sheet:
    group = response.slip.group
    sheet = Sheet(
        programme_id=wave.programme_id,
        wave=wave,
        school_id=group.school_id,
        answers=response.answers,
    )
    if child := children.get(response.slip.child_id or 0):
        sheet.respondent, sheet.year_group = respondent_key(child.pk), group.year_group
        sheet.sex, sheet.sen = child.sex, child.sen
        sheet.is_pupil_premium, sheet.is_eal = child.is_pupil_premium, child.is_eal
        sheet.hours = rounded(hours[child.pk]) if child.pk in hours else None
    return sheet


def rounded(hours: Decimal) -> Decimal:
    """
    Returns hours rounded to the nearest ten, five upwards.

    To the hundredth they would be of one child of a school: whoever has the registers could add them up again, and
    know whose a sheet is.
    """
    return (hours / _TENS).quantize(Decimal(1), ROUND_HALF_UP) * _TENS


def hours_received(children: Iterable[int], wave: Wave) -> dict[int, Decimal]:
    """
    Returns the hours of music each child received from 1 September of the wave's academic year to its last day.

    Hours of the sessions that a register says they came to, two decimals. A child whom no register of that time names
    is not among them: of them nothing is known, which is not none. One statement.
    """
    since = AcademicYear(year=wave.academic_year_id).starts_on
    marks = Attendance.objects.filter(child__in=list(children), session__day__range=(since, wave.closes_on))
    length = Sum(F("session__ends_at") - F("session__starts_at"))
    found: dict[int, Decimal] = {}
    for child, mark, lasted in marks.order_by().values_list("child_id", "mark").annotate(lasted=length):
        came = Decimal(lasted.total_seconds()) / 3600 if mark in ATTENDED else Decimal(0)
        found[child] = found.get(child, Decimal(0)) + came
    return {child: hours.quantize(_CENTS) for child, hours in found.items()}


def _count(wave: Wave) -> None:
    """Writes down of each group how many slips and responses there were: who they were of is about to go."""
    slips = Slip.objects.filter(wave=wave).order_by().values_list("group_id").annotate(Count("pk"))
    given = answered_of(Response.objects.filter(wave=wave)).order_by()
    asked, answered = Counter(dict(slips)), Counter(dict(given.values_list("slip__group_id").annotate(Count("pk"))))
    groups = list(AskedGroup.objects.filter(wave=wave))
    for group in groups:
        group.asked, group.answered = asked[group.pk], answered[group.pk]
    AskedGroup.objects.bulk_update(groups, ["asked", "answered"])
