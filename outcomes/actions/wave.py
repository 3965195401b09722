"""
Waves: made, given out, closed. A wave that was given out asks the same to its end, and a closed one stays as it is.

Names are taken off afterwards, by the worker (actions/names.py).
"""

import logging
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.broker import tell
from outcomes.measures.structure import Informant, Measure
from outcomes.models import AskedGroup, Slip, Wave
from outcomes.models.wave import NUMBER_LENGTH
from outcomes.queries.wave import YEAR_GROUPS, Place, children_to_ask, place_of
from outcomes.validators.wave import (
    WaveRefusedError,
    is_of_children,
    require_askable,
    require_days,
    require_number,
    require_open,
    require_open_hub,
    require_order,
    require_seldom,
    require_year_groups,
)
from programmes.models import Programme
from schools.models import AcademicYear, School

log = logging.getLogger(__name__)

TAKE_NAMES_OFF = "outcomes.take_names_off"
_NUMBERS = range(10 ** (NUMBER_LENGTH - 1), 10**NUMBER_LENGTH)
# drawn by lot, so that a child does not know the next one's number by its own
_LOT = secrets.SystemRandom()


@dataclass(frozen=True)
class Plan:
    """What a wave is to ask, whom, and when."""

    measure: Measure
    informant: Informant
    moment: Wave.Moment
    name: str
    year_groups: tuple[str, ...]
    opens_on: date
    closes_on: date

    def facts(self) -> dict[str, Any]:
        """Returns the columns of the wave."""
        return {
            "measure": self.measure.key,
            "version": self.measure.version,
            "informant": self.informant.value,
            "moment": self.moment,
            "name": self.name,
            "year_groups": sorted(self.year_groups) if self.informant in (Informant.CHILD, Informant.FAMILY) else [],
            "opens_on": self.opens_on,
            "closes_on": self.closes_on,
        }


@transaction.atomic
def make(*, programme: Programme, plan: Plan, by: User) -> Wave:
    """
    Makes a wave with a group for each school class that is asked and a slip for each child who may be; returns it.

    Of adults nobody has a slip yet: `give_to_adults`. The same wave, sent again, is returned as it is. Raises
    WaveRefusedError with what is wrong.
    """
    today = timezone.localdate()
    require_open_hub(programme, today)
    require_askable(plan.measure, plan.informant)
    require_days(plan.opens_on, plan.closes_on, today)
    require_year_groups(plan.informant, plan.year_groups)
    # two presses at once: the second waits here and sees what the first has made
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    year = AcademicYear.objects.get_or_create(year=AcademicYear.year_of(plan.opens_on))[0]
    same = Wave.objects.filter(programme=programme, academic_year=year, measure=plan.measure.key, name=plan.name)
    facts = plan.facts()
    if standing := same.first():
        if standing.closed_at is None and all(getattr(standing, key) == value for key, value in facts.items()):
            return standing
        raise WaveRefusedError(
            f"There is a wave “{plan.name}” of this questionnaire in {year}. Name it otherwise.", "name"
        )
    _require_time(programme, year, plan)
    made = Wave.objects.create(programme=programme, academic_year=year, made_at=timezone.now(), made_by=by, **facts)
    given = _give(made, by)
    audit(
        act="wave.made",
        by=by,
        programme_id=programme.pk,
        subject=made,
        details={"measure": made.measure, "version": made.version, "slips": given},
    )
    return made


def _require_time(programme: Programme, year: AcademicYear, plan: Plan) -> None:
    """Raises WaveRefusedError for a wave out of order with those of its measure, or one too many of a year group."""
    of_year = Wave.objects.filter(programme=programme, academic_year=year)
    require_order(plan.moment, plan.opens_on, plan.closes_on, of_year.filter(measure=plan.measure.key))
    if plan.informant == Informant.CHILD:
        asked = of_year.filter(informant=Informant.CHILD.value).values_list("year_groups", flat=True)
        require_seldom(plan.year_groups, asked, YEAR_GROUPS)


@transaction.atomic
def give_slips(*, wave: Wave, by: User) -> int:
    """
    Gives a slip to each child of the wave who has none and may be asked; returns how many. Raises WaveRefusedError.

    For answers about consent that came late, and children who did.
    """
    locked = _locked(wave)
    given = _give(locked, by)
    if given:
        audit(
            act="wave.slips_given",
            by=by,
            programme_id=locked.programme_id,
            subject=locked,
            details={"slips": given},
        )
    return given


def _give(wave: Wave, by: User) -> int:
    """
    Makes the groups and slips that are lacking, and returns how many slips.

    The trail is told no more than that: a slip says whose it is until names are taken off, and the trail would say it
    for years. Who saw the list of who has which slip stands there with the children (outcomes/views/paper.py).
    """
    asked = children_to_ask(wave, by)
    groups = _groups(wave, {child.place for child in asked})
    with_slip = set(Slip.objects.filter(wave=wave).values_list("child_id", flat=True))
    lacking = [child for child in asked if child.may and child.child_id not in with_slip]
    by_place: dict[Place, list[int]] = {}
    for child in lacking:
        by_place.setdefault(child.place, []).append(child.child_id)
    for place, children in by_place.items():
        _print_slips(groups[place], children)
    return len(lacking)


def _groups(wave: Wave, places: Iterable[Place]) -> dict[Place, AskedGroup]:
    """Returns the groups of a wave by place, those made that were not there yet."""
    groups = {place_of(group): group for group in AskedGroup.objects.filter(wave=wave)}
    new = [
        AskedGroup(programme_id=wave.programme_id, wave=wave, school_id=school, year_group=year, school_class=name)
        for school, year, name in set(places) - set(groups)
    ]
    return groups | {place_of(group): group for group in AskedGroup.objects.bulk_create(new)}


def _print_slips(group: AskedGroup, children: Sequence[int | None]) -> None:
    taken = {int(slip.number) for slip in Slip.objects.filter(group=group).only("mark")}
    numbers = _LOT.sample([number for number in _NUMBERS if number not in taken], len(children))
    Slip.objects.bulk_create(
        Slip(
            programme_id=group.programme_id,
            wave_id=group.wave_id,
            group=group,
            child_id=child,
            mark=f"{group.code}{number}",
        )
        for child, number in zip(children, numbers, strict=True)
    )


@transaction.atomic
def give_to_adults(*, wave: Wave, school: School | None, slips: int, by: User) -> int:
    """
    Sees to it that a school's staff, or a hub's tutors (no school), have so many slips; returns how many are new.

    Sent twice it is done once; fewer than there are takes none away, for they may be given out. Raises
    WaveRefusedError.
    """
    require_number(slips)
    locked = _locked(wave)
    if is_of_children(locked) or (school is None) != (locked.informant == Informant.TUTOR):
        raise WaveRefusedError("This wave does not ask them. Look at its page again.", "school")
    place = (school.pk if school else None, "", "")
    group = _groups(locked, [place])[place]
    new = max(0, slips - Slip.objects.filter(group=group).count())
    _print_slips(group, [None] * new)
    if new:
        audit(
            act="wave.slips_given",
            by=by,
            programme_id=locked.programme_id,
            subject=locked,
            details={"slips": new, "school": place[0]},
        )
    return new


@transaction.atomic
def change_last_day(*, wave: Wave, closes_on: date, by: User) -> Wave:
    """Lets a wave close on another day, today or later, and returns it. Raises WaveRefusedError."""
    locked = _locked(wave)
    require_days(locked.opens_on, closes_on, timezone.localdate())
    if closes_on > locked.closes_on:
        others = Wave.objects.filter(
            programme=locked.programme_id, academic_year=locked.academic_year_id, measure=locked.measure
        )
        require_order(locked.moment, locked.opens_on, closes_on, others.exclude(pk=locked.pk))
    if locked.closes_on != closes_on:
        locked.closes_on = closes_on
        locked.save(update_fields=["closes_on"])
        audit(
            act="wave.changed",
            by=by,
            programme_id=locked.programme_id,
            subject=locked,
            details={"fields": ["closes_on"]},
        )
    return locked


@transaction.atomic
def close(*, wave: Wave, by: User) -> Wave:
    """
    Closes a wave at once and returns it: nothing is answered from now on, and names are taken off.

    The worker is told when this is committed; if it does not hear, it finds the wave at night. Closed twice is closed
    once. Raises HubClosedError.
    """
    require_open_hub(wave.programme, timezone.localdate())
    return _close(wave, by)


def close_due(*, today: date) -> int:
    """
    Closes the waves whose last day is over, those of closed hubs too; returns how many. Harmless twice.

    One that fails is logged, keeps no other back, and is tried again the next night.
    """
    done = 0
    for wave in Wave.objects.filter(closed_at__isnull=True, closes_on__lt=today).order_by("closes_on", "pk"):
        try:
            with transaction.atomic():
                _close(wave, None)
        except Exception:
            log.exception("Wave %s could not be closed; it is tried again in the night.", wave.pk)
        else:
            done += 1
    return done


def _close(wave: Wave, by: User | None) -> Wave:
    locked = Wave.objects.select_for_update().get(pk=wave.pk)
    if locked.closed_at is None:
        locked.closed_at, locked.closed_by = timezone.now(), by
        locked.save(update_fields=["closed_at", "closed_by"])
        audit(act="wave.closed", by=by, programme_id=locked.programme_id, subject=locked)
    if locked.names_off_at is None:
        transaction.on_commit(lambda: tell(TAKE_NAMES_OFF, wave_id=locked.pk) and None, robust=True)
    return locked


def _locked(wave: Wave) -> Wave:
    found = Wave.objects.select_for_update(of=("self",)).select_related("programme").get(pk=wave.pk)
    require_open(found, timezone.localdate())
    return found
