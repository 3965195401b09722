"""Keeping the towns that a place is searched by."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from schools.actions.staging import Kept
from schools.models import Town
from schools.validators.names import key

FIELDS = ("name", "key", "nation", "latitude", "longitude", "population")


@dataclass(frozen=True)
class TownFacts:
    """A town under its publisher's number; degrees on the WGS84 grid; a value of `Town.Nation`."""

    code: int
    name: str
    nation: str
    latitude: float
    longitude: float
    population: int


@transaction.atomic
def keep_towns(*, facts: Iterable[TownFacts], by: User | None) -> Kept:
    """Adds towns, corrects those that are published otherwise now, and takes out those that are not any more."""
    there = {town.code: town for town in Town.objects.all()}
    wanted = {one.code: Town(key=key(one.name), **asdict(one)) for one in facts}
    new = [town for code, town in wanted.items() if code not in there]
    changed = [_with_key(town, there[code]) for code, town in wanted.items() if code in there and _differ(town, there)]
    gone = there.keys() - wanted.keys()
    Town.objects.bulk_create(new)
    Town.objects.bulk_update(changed, FIELDS)
    Town.objects.filter(code__in=gone).delete()
    if new or changed or gone:
        audit(act="towns.loaded", by=by, details={"new": len(new), "changed": len(changed), "gone": len(gone)})
        publish()
    return Kept(len(new), len(changed), len(wanted) - len(new) - len(changed))


def _differ(town: Town, there: dict[int, Town]) -> bool:
    return any(getattr(town, name) != getattr(there[town.code], name) for name in FIELDS)


def _with_key(town: Town, known: Town) -> Town:
    town.pk = known.pk
    return town
