"""Class lists coming in: staged, read again, discarded. What a person says of one that waits is in roster_deciding.

Rows are staged as plans in JSON (see imports/roster/planning.py); roster_accepting carries all of them out, and what it
wrote is taken back in roster_undo.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.accounts.queries.role import operators
from inharmony.audit.record import audit
from participants.models import RosterImport, RosterRow, RosterSheet
from programmes.models import Programme
from programmes.queries.agreement import agreement_gap
from schools.models import AcademicYear, School

_LOCK = 7_201  # class of the advisory locks of imports; the second number is the programme
_ROWS_A_STATEMENT = 5_000
State = RosterImport.State
Outcome = RosterRow.Outcome


class RosterRefusedError(Exception):
    """An act on an import that cannot be done; the text says why and what to do."""


class NotTheUploaderError(RosterRefusedError):
    """Only the person who sent the file, and saw its preview, may accept it."""


class NotWaitingError(RosterRefusedError):
    """The import is not waiting for a decision: accepted, undone or refused already."""


class RosterChangedError(RosterRefusedError):
    """The children changed while the preview was open; what would happen now has to be looked at again."""


class AgreementMissingError(RosterRefusedError):
    """No agreement to share children's data is in force for the programme."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of the sheet in a place of the file (from 0), as they were sent, sealed (imports/roster/source.py)."""

    place: int
    name: str
    first_row: int
    content: bytes


@dataclass(frozen=True)
class Upload:
    """A file's name, the SHA-256 of its bytes, and what is kept of its sheets; the bytes themselves are not kept."""

    file_name: str
    file_hash: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class Reading:
    """How the file was read, and what became of its columns; the fields of a RosterImport that say so."""

    file_format: str = ""
    encoding: str = ""
    sheet: str = ""
    heading_row: int | None = None
    mapped: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    asks: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, Any] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One row as it is kept until it is accepted; the same fields as RosterRow."""

    row: int | None
    outcome: str
    child_id: int | None
    decision: str
    cells: dict[str, str]
    fields: dict[str, Any]
    problems: list[dict[str, Any]]
    before: dict[str, Any]
    mended: dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """What the rows would do, a fingerprint of what they were compared with, and the last day of who leaves."""

    rows: Iterable[StagedRow] = ()
    seen: str = ""
    leaves_on: date | None = None


@transaction.atomic
def stage(
    *,
    programme: Programme,
    school: School | None,
    academic_year: AcademicYear,
    upload: Upload,
    reading: Reading,
    compared: Compared,
    by: User,
) -> RosterImport:
    """Keeps a list that was read, with what accepting it would do; returns the import waiting for a decision.

    Where it asks for the sheet or the columns there are no rows yet, and it waits for the answer. Raises
    AgreementMissingError.
    """
    require_agreement(programme)
    AcademicYear.objects.get_or_create(year=academic_year.year)
    staged = RosterImport.objects.create(
        programme=programme,
        school=school,
        academic_year_id=academic_year.year,
        state=State.ASKING if reading.asks.keys() & {"sheets", "columns"} else State.PREVIEW,
        uploaded_by=by,
        file_name=upload.file_name[:200],
        file_hash=upload.file_hash,
        seen=compared.seen,
        leaves_on=compared.leaves_on,
        **asdict(reading),
    )
    RosterSheet.objects.bulk_create(
        [
            RosterSheet(
                roster_import=staged,
                programme=programme,
                place=piece.place,
                name=piece.name,
                first_row=piece.first_row,
                content=piece.content,
            )
            for piece in upload.pieces
        ],
        batch_size=100,
    )
    children = _insert_rows(staged, compared.rows)
    audit(
        act="roster.staged",
        by=by,
        programme_id=programme.pk,
        subject=staged,
        children=children,
        details={"school": school.pk if school else None, "rows": staged.counts, "columns": sorted(reading.mapped)},
    )
    return staged


@transaction.atomic
def refuse(
    *,
    programme: Programme,
    school: School | None,
    academic_year: AcademicYear,
    upload: Upload,
    message: str,
    reason: str,
    by: User,
) -> RosterImport:
    """Writes down that a file was refused as a whole, and why; the file itself is not kept."""
    AcademicYear.objects.get_or_create(year=academic_year.year)
    refused = RosterImport.objects.create(
        programme=programme,
        school=school,
        academic_year_id=academic_year.year,
        state=State.REFUSED,
        uploaded_by=by,
        file_name=upload.file_name[:200],
        file_hash=upload.file_hash,
        refusal=message,
    )
    audit(act="roster.refused", by=by, programme_id=programme.pk, subject=refused, details={"reason": reason})
    return refused


def _insert_rows(staged: RosterImport, rows: Iterable[StagedRow]) -> list[int]:
    """Adds rows, counts all the import's rows, and returns the ids of the children who stand beside those added."""
    beside = insert(staged, rows)
    counted = RosterRow.objects.filter(roster_import=staged).values_list("outcome").annotate(rows=Count("pk"))
    counts = dict.fromkeys(Outcome.values, 0) | dict(counted.order_by("outcome"))
    staged.counts = {"total": sum(counts.values()) - counts[Outcome.LEAVER], **counts}
    staged.save(update_fields=["counts"])
    return beside


def insert(staged: RosterImport, rows: Iterable[StagedRow]) -> list[int]:
    """Adds rows to an import and returns the ids of the children who stand beside them; the counts are the caller's."""
    beside: set[int] = set()
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, _ROWS_A_STATEMENT)):
            beside.update(child for row in batch if (child := row.child_id or row.fields.get("candidate")))
            cursor.execute(_INSERT, [staged.pk, staged.programme_id, json.dumps(batch, default=_as_json)])
    return sorted(beside)


def _as_json(value: object) -> Any:
    if isinstance(value, StagedRow):
        return {name: getattr(value, name) for name in _STAGED}
    assert isinstance(value, date)
    return value.isoformat()


_STAGED = tuple(each.name for each in fields(StagedRow))
_INSERT = """
INSERT INTO participants_rosterrow (roster_import_id, programme_id, "row", outcome, child_id, decision, cells, fields,
  problems, before, mended, made_child, made_enrolment, made_placement)
SELECT %s, %s, s."row", s.outcome, s.child_id, s.decision, s.cells, s.fields, s.problems, s.before, s.mended,
  CASE WHEN s.fields->>'does' = 'create' THEN nextval('participants_child_id_seq') END,
  CASE WHEN s.fields ? 'open' THEN nextval('participants_enrolment_id_seq') END,
  CASE WHEN s.fields ? 'placement' AND NOT s.fields->'placement' ? 'id'
    THEN nextval('participants_placement_id_seq') END
FROM jsonb_to_recordset(%s::jsonb) AS s("row" int, outcome text, child_id bigint, decision text, cells jsonb,
  fields jsonb, problems jsonb, before jsonb, mended jsonb)
"""


@transaction.atomic
def read_again(*, roster_import: RosterImport, reading: Reading, compared: Compared, by: User) -> None:
    """Replaces all rows of an import that waits, because a person said how its sheet is to be read."""
    require_waiting(roster_import, by)
    RosterRow.objects.filter(roster_import=roster_import).delete()
    for name, value in asdict(reading).items():
        setattr(roster_import, name, value)
    roster_import.state, roster_import.seen = State.PREVIEW, compared.seen
    roster_import.leaves_on = compared.leaves_on
    roster_import.save()
    children = _insert_rows(roster_import, compared.rows)
    audit(
        act="roster.read_again",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=children,
        details={"rows": roster_import.counts, "columns": sorted(reading.mapped)},
    )


@transaction.atomic
def restage(*, roster_import: RosterImport, rows: Sequence[StagedRow], gone: Sequence[int], seen: str) -> None:
    """Replaces rows of an import that waits, because what accepting them would do has changed; `gone` are ids."""
    if rows or gone:
        numbers = [row.row for row in rows if row.row is not None]
        children = [row.child_id for row in rows if row.row is None]
        replaced = Q(row__in=numbers) | Q(row__isnull=True, child__in=children) | Q(pk__in=gone)
        RosterRow.objects.filter(replaced, roster_import=roster_import).delete()
        _insert_rows(roster_import, rows)
    if roster_import.seen != seen:
        roster_import.seen = seen
        roster_import.save(update_fields=["seen"])


@transaction.atomic
def discard(*, roster_import: RosterImport, by: User) -> None:
    """Removes an import that waits, and all that came from its file: nothing stays but the entry in the trail."""
    require_waiting(roster_import, by)
    audit(act="roster.discarded", by=by, programme_id=roster_import.programme_id, subject=roster_import)
    RosterImport.objects.filter(pk=roster_import.pk).delete()


def require_agreement(programme: Programme) -> None:
    """Raises AgreementMissingError: no list comes into a programme before those who share the data have signed."""
    if gap := agreement_gap(programme, timezone.localdate()):
        raise AgreementMissingError(
            f"No class list can come into {programme.short_name}: {gap}. Once it is signed, the operator records it: "
            f"{operators()}."
        )


_WAITING = frozenset({State.ASKING, State.PREVIEW})


def lock_imports_of(programme_id: int) -> None:
    """Makes every other accept or undo of the programme wait until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, programme_id])


def require_waiting(roster_import: RosterImport, by: User) -> None:
    """Locks the import, and every other of its programme, until the transaction ends; refuses what may not go on.

    From here on it stands as it is kept, not as it was before somebody else’s press let go of the lock.
    """
    lock_imports_of(roster_import.programme_id)
    locked = RosterImport.objects.select_for_update(of=("self",)).filter(pk=roster_import.pk).first()
    if locked is None or locked.state not in _WAITING:
        raise NotWaitingError("This import is not waiting any more: it was accepted, undone or discarded meanwhile.")
    if locked.uploaded_by_id != by.pk:
        raise NotTheUploaderError("Only the person who sent this file can decide on it. Send the file yourself.")
    for each in RosterImport._meta.concrete_fields:
        setattr(roster_import, each.attname, getattr(locked, each.attname))
