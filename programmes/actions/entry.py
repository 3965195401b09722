"""Keeping the public record: the one door through which any entry is written, changed, taken off and brought back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from inharmony.pages.public import publish
from programmes.kinds import Kind
from programmes.kinds.kind import Row, Values
from programmes.kinds.soundness import require_sound
from programmes.kinds.values import Stored, assign, read, told_of
from programmes.models import Closing, EntryVersion

__all__ = ["ClosedHubError", "EntryRefusedError", "StaleError", "ValidationError", "keep", "restore", "withdraw"]


class EntryRefusedError(Exception):
    """What cannot be done to an entry; the text says why and what to do."""


class StaleError(EntryRefusedError):
    """Somebody else changed the entry after the page was made from which this one comes."""


class ClosedHubError(EntryRefusedError):
    """The hub is closed: its record is corrected by the operator."""


class WithdrawnError(EntryRefusedError):
    """The entry is withdrawn already, or the kind cannot be."""


@transaction.atomic
def keep(*, kind: Kind, row: Row, values: Values, why: str = "", version: int = 0, by: User) -> Row:
    """
    Writes an entry as `values` say it, with a version, and lets public pages be made anew; returns it.

    `version` is the number of the version that the person saw. Saying what is said already changes nothing, and a new
    entry sent twice is written once. Raises ValidationError by field, StaleError, ClosedHubError.
    """
    if row.pk is None:
        return _begin(kind, row, values, by)
    found = _locked(kind, row.pk, version)
    if found.is_withdrawn:
        raise WithdrawnError(f"This {kind.noun} is withdrawn. Bring an earlier version back first.")
    _require_open(kind, found.row, by)
    before = told_of(kind, found.row)
    _write(kind, found.row, values)
    # of another hub now, maybe
    _require_open(kind, found.row, by)
    return _audit_version(found, before, act="record.kept", why=why, by=by)


@transaction.atomic
def withdraw(*, kind: Kind, row: Row, why: str, version: int, by: User) -> Row:
    """
    Takes an entry off every page from now on; its versions stay. Returns it.

    Raises WithdrawnError, StaleError, ClosedHubError.
    """
    if not kind.can_withdraw:
        raise WithdrawnError(f"You cannot withdraw {kind.one}: write down its last day instead.")
    found = _locked(kind, row.pk, version)
    if found.is_withdrawn:
        raise WithdrawnError(f"This {kind.noun} is withdrawn already.")
    _require_open(kind, found.row, by)
    found.row.withdrawn_on = timezone.localdate()
    _write(kind, found.row, {}, "withdrawn_on")
    return _audit_version(found, told_of(kind, found.row), why=why, by=by, act="record.withdrawn")


@transaction.atomic
def restore(*, kind: Kind, row: Row, number: int, why: str, version: int, by: User) -> Row:
    """
    Lets an entry say again what it said in an earlier version, as a new version; a withdrawn one is shown again.

    Raises ValidationError where that may not be said any more, EntryRefusedError for a version there is not,
    StaleError, ClosedHubError.
    """
    found = _locked(kind, row.pk, version)
    earlier = EntryVersion.objects.filter(kind=kind.key, entry=row.pk, number=number).first()
    if earlier is None:
        raise EntryRefusedError("There is no such version.")
    _require_open(kind, found.row, by)
    before = told_of(kind, found.row)
    if kind.can_withdraw:
        found.row.withdrawn_on = None
    _write(kind, found.row, read(kind, earlier.values), *(["withdrawn_on"] if kind.can_withdraw else []))
    _require_open(kind, found.row, by)
    return _audit_version(found, before, why=why, by=by, act="record.restored", restored=number)


class _Found:
    """An entry as it is, locked until this transaction is over, with its last version if it has one."""

    def __init__(self, kind: Kind, row: Row, last: EntryVersion | None) -> None:
        self.kind, self.row, self.last = kind, row, last
        self.is_withdrawn = getattr(row, "withdrawn_on", None) is not None


def _locked(kind: Kind, pk: int, version: int) -> _Found:
    """Returns an entry that nobody else can write now; raises StaleError where it is not the version that was seen."""
    _one_at_a_time(kind)
    row = kind.model._default_manager.select_for_update(no_key=True).get(pk=pk)
    last = EntryVersion.objects.filter(kind=kind.key, entry=pk).order_by("-number").first()
    if (last.number if last else 0) != version:
        raise StaleError("Somebody else changed this meanwhile. Nothing of yours is lost: it stands below.")
    return _Found(kind, row, last)


def _begin(kind: Kind, row: Row, values: Values, by: User) -> Row:
    if not kind.can_begin:
        raise EntryRefusedError(f"You cannot add {kind.one} here.")
    _one_at_a_time(kind)
    if (same := _same(kind, assign(kind, kind.model(), values), values)) is not None:
        return same
    kind.prepare(assign(kind, row, values))
    _write(kind, row, values)
    _require_open(kind, row, by)
    return _audit_version(_Found(kind, row, None), None, act="record.kept", why="", by=by)


def _one_at_a_time(kind: Kind) -> None:
    """Waits for whoever writes an entry of the kind: what they wrote may overlap, or be the same sent twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"entry {kind.key}"])


def _same(kind: Kind, wanted: Row, values: Values) -> Row | None:
    """Returns an entry that stands there and says exactly this."""
    named = {name: getattr(wanted, name) for name in kind.names if name not in kind.many and name in values}
    rows = kind.model._default_manager.filter(
        **{
            f"{name}__isnull" if value is None else name: True if value is None else value
            for name, value in named.items()
        }
    )
    rows = rows.filter(withdrawn_on__isnull=True) if kind.can_withdraw else rows
    wanted_many = {name: sorted(one.pk for one in values.get(name, [])) for name in kind.many}
    for row in rows:
        if all(sorted(getattr(row, name).values_list("pk", flat=True)) == keys for name, keys in wanted_many.items()):
            return row
    return None


def _write(kind: Kind, row: Row, values: Values, *fields: str) -> None:
    """Writes a row that is sound; only the columns of its kind."""
    assign(kind, row, values)
    if values:
        require_sound(kind, row, values)
    row.is_by_hand = True
    if row.pk is None:
        row.save(force_insert=True)
    else:
        said = [name for name in kind.names if name not in kind.many] if values else []
        row.save(update_fields=[*said, *fields, "is_by_hand"])
    for name in kind.many:
        if name in values:
            getattr(row, name).set(values[name])


def _audit_version(
    found: _Found, before: Stored | None, *, act: str, why: str, by: User, restored: int | None = None
) -> Row:
    """Writes the version and the entry in the trail, and lets the public pages be made anew."""
    kind, row = found.kind, found.row
    now = told_of(kind, row)
    fields = [name for name in now if before is not None and before[name] != now[name]]
    if act == "record.kept" and before is not None and not fields:
        return row
    number = found.last.number if found.last else 0
    if found.last is None and before is not None:
        # what it said when it came with the portal
        number = 1
        _add_version(kind, row, number=number, values=before)
    is_withdrawn = act == "record.withdrawn"
    _add_version(kind, row, number=number + 1, values=now, reason=why, written_by=by, is_withdrawn=is_withdrawn)
    details: dict[str, Any] = {"kind": kind.key, "version": number + 1, "fields": fields}
    if restored is not None:
        details["restored"] = restored
    hubs = kind.hubs_of(row)
    audit(act=act, by=by, programme_id=hubs[0].pk if len(hubs) == 1 else None, subject=row, details=details)
    publish()
    return row


def _add_version(kind: Kind, row: Row, **said: Any) -> None:
    EntryVersion.objects.create(kind=kind.key, entry=row.pk, **said)


def _require_open(kind: Kind, row: Row, by: User) -> None:
    """Raises ClosedHubError for an entry of a closed hub, but for who keeps the whole record."""
    if by.reach.may_everywhere(Permission.KEEP_RECORD):
        return
    closed = Closing.objects.on(timezone.localdate()).filter(programme__in=[hub.pk for hub in kind.hubs_of(row)])
    if (closing := closed.select_related("programme").first()) is not None:
        raise ClosedHubError(
            f"{closing.programme.short_name} is closed since {dates.day(closing.closed_on)}. What is wrong in its "
            "record is corrected by the operator: write to them."
        )
