"""What children play: written down from a day on, for one or for many at once, changed and ended."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.models import Child, Playing
from programmes.instruments import Instrument
from programmes.models import Ensemble

DAY = timedelta(days=1)


class InstrumentRefusedError(Exception):
    """What cannot be written down of a child's instrument; the text says why and what to do."""


class ChangesLaterError(InstrumentRefusedError):
    """A child begins another instrument after the day; `children` are their ids."""

    def __init__(self, words: str, children: frozenset[int]) -> None:
        super().__init__(words)
        self.children = children


@transaction.atomic
def set_instruments(
    *, chosen: Mapping[Child, Instrument | None], starts_on: date, ensemble: Ensemble | None = None, by: User
) -> list[int]:
    """
    Writes down what children of one programme play from a day on, or that they play nothing (None); returns whose
    instrument changed, by id.

    What they played until then ends on the day before; begun on the very day, it is replaced. Who plays it already goes
    on with it from when it began. Statements do not grow with the children. Raises ChangesLaterError.
    """
    ids = sorted(child.pk for child in chosen)
    # two who press at once: the second finds what the first wrote
    list(Child.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    wanted = {child.pk: instrument for child, instrument in chosen.items()}
    now = {each.child_id: each for each in Playing.objects.on(starts_on).filter(child__in=ids)}
    changing = [pk for pk in ids if wanted[pk] != (now[pk].instrument if pk in now else None)]
    if not changing:
        return []
    _require_last(changing, starts_on)
    _end([now[pk] for pk in changing if pk in now], starts_on)
    programme_id = next(iter(chosen)).programme_id
    begun = {pk: instrument for pk in changing if (instrument := wanted[pk]) is not None}
    Playing.objects.bulk_create(
        Playing(
            programme_id=programme_id,
            child_id=pk,
            ensemble=ensemble,
            instrument=instrument,
            starts_on=starts_on,
            # who leaves on a day that is known plays until then, whatever it is
            ends_on=now[pk].ends_on if pk in now else None,
        )
        for pk, instrument in begun.items()
    )
    audit(
        act="instruments.set",
        by=by,
        programme_id=programme_id,
        subject=ensemble,
        children=changing,
        details={"starts_on": starts_on.isoformat(), "ended": len(changing) - len(begun)},
    )
    return changing


def _end(playing: list[Playing], starts_on: date) -> None:
    of_the_day = [each.pk for each in playing if each.starts_on == starts_on]
    Playing.objects.filter(pk__in=of_the_day).delete()
    earlier = [each.pk for each in playing if each.starts_on != starts_on]
    Playing.objects.filter(pk__in=earlier).update(ends_on=starts_on - DAY)


def _require_last(children: list[int], day: date) -> None:
    later = Playing.objects.filter(child__in=children, starts_on__gt=day)
    found = dict(later.order_by().values_list("child_id").annotate(first=Min("starts_on")))
    if found:
        who = "1 child begins" if len(found) == 1 else f"{len(found)} children begin"
        raise ChangesLaterError(
            f"{who} another instrument after that day, the last on {dates.day(max(found.values()))}. "
            "Choose that or a later day.",
            frozenset(found),
        )
