"""The entries of the record that a person keeps: listed, and what was changed last."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from inharmony.accounts.models import User
from programmes.kinds import KINDS, Kind
from programmes.kinds.kind import Row
from programmes.models import EntryVersion


@dataclass(frozen=True)
class Changed:
    """An entry that was changed, for the list of what was changed last."""

    kind: Kind
    line: str
    version: EntryVersion


def touched_among(kind: Kind, rows: Sequence[Row]) -> set[int]:
    """Returns the keys of the entries that somebody changed here."""
    found = EntryVersion.objects.filter(kind=kind.key, entry__in=[row.pk for row in rows])
    return set(found.values_list("entry", flat=True))


def changed_last(user: User, *, most: int = 8) -> list[Changed]:
    """Returns the entries that the person keeps and that were changed last, newest first, each once."""
    mine = Q(pk__in=[])
    for kind in KINDS.values():
        mine |= Q(kind=kind.key, entry__in=kind.kept_by(user).values("pk"))
    newest = EntryVersion.objects.filter(mine).exclude(written_by=None).select_related("written_by")
    found = list({(one.kind, one.entry): one for one in reversed(newest.order_by("-pk")[: most * 4])}.values())
    shown = sorted(found, key=lambda one: -one.pk)[:most]
    lines = _lines(shown)
    return [Changed(KINDS[one.kind], line, one) for one in shown if (line := lines.get((one.kind, one.entry)))]


def _lines(found: Sequence[EntryVersion]) -> dict[tuple[str, int], str]:
    keys: dict[str, set[int]] = defaultdict(set)
    for one in found:
        keys[one.kind].add(one.entry)
    return {
        (key, row.pk): KINDS[key].line(row)
        for key, pks in keys.items()
        for row in rows_of(KINDS[key]).filter(pk__in=pks)
    }


def rows_of(kind: Kind) -> models.QuerySet[Any]:
    """Returns the entries of a kind with all that their lines name, in one statement (two where one names several)."""
    rows = kind.model._default_manager.all()
    rows = rows.select_related(*kind.related) if kind.related else rows
    return rows.prefetch_related(*kind.many) if kind.many else rows


def listed(kind: Kind, user: User, *, find: str = "", hub: int | None = None, state: str = "", sort: str = "") -> Any:
    """Returns the entries of a kind that the person keeps: those that fit, in the order asked for."""
    rows = rows_of(kind).filter(pk__in=kind.kept_by(user).values("pk"))
    for word in find.split():
        looked = Q()
        for column in kind.search:
            looked |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(pk__in=kind.model._default_manager.filter(looked).values("pk"))
    if hub is not None and kind.path:
        rows = rows.filter(**{f"{kind.path}__isnull": True} if hub == 0 else {kind.path: hub})
    if kind.can_withdraw and state != "all":
        rows = rows.filter(withdrawn_on__isnull=state != "withdrawn")
    known = {name for name, _ in kind.sorts}
    wanted = sort if sort.removeprefix("-") in known else kind.sorts[0][0]
    order = models.F(wanted.removeprefix("-"))
    return rows.order_by(order.desc(nulls_last=True) if wanted.startswith("-") else order.asc(nulls_last=True), "pk")
