"""Class lists coming in: staged, decided on, accepted. What an accepted list wrote is taken back in roster_undo.

Rows are staged as plans in JSON (see imports/roster/planning.py); accepting carries all of them out in one transaction
and a fixed number of statements, whatever their number.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.accounts.queries.role import operators
from inharmony.audit.record import audit
from participants.models import RosterImport, RosterRow
from programmes.models import Programme
from programmes.queries.agreement import agreement_gap
from schools.models import AcademicYear, School

_TOKEN = "roster-import"  # noqa: S105 - names what the token is for
_LOCK = 7_201  # class of the advisory locks of imports; the second number is the programme
_ROWS_A_STATEMENT = 20_000
State = RosterImport.State


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


@dataclass(frozen=True)
class Upload:
    """A file as it came, with the SHA-256 of its bytes."""

    file_name: str
    file_hash: str
    data: bytes


@dataclass(frozen=True)
class Reading:
    """How the file was read, and what became of its columns and rows."""

    file_format: str = ""
    encoding: str = ""
    sheet: str = ""
    heading_row: int | None = None
    mapped: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class StagedRow:
    """One row as it is kept until it is accepted; the same fields as RosterRow."""

    row: int
    outcome: str
    child_id: int | None
    decision: str
    cells: dict[str, str]
    fields: dict[str, Any]
    problems: list[dict[str, Any]]
    before: dict[str, Any]


@transaction.atomic
def stage(
    *,
    programme: Programme,
    school: School | None,
    academic_year: AcademicYear,
    upload: Upload,
    reading: Reading,
    rows: Sequence[StagedRow],
    by: User,
) -> RosterImport:
    """Keeps a list that was read, with what accepting it would do; returns the import waiting for a decision.

    The file itself goes into private storage under a random name once the transaction has committed. Raises
    AgreementMissingError.
    """
    require_agreement(programme)
    AcademicYear.objects.get_or_create(year=academic_year.year)
    staged = RosterImport.objects.create(
        programme=programme,
        school=school,
        academic_year_id=academic_year.year,
        uploaded_by=by,
        file_name=upload.file_name[:200],
        file_hash=upload.file_hash,
        stored_name=f"rosters/{secrets.token_hex(16)}",
        **asdict(reading),
    )
    _insert_rows(staged, rows)
    transaction.on_commit(
        lambda: default_storage.save(staged.stored_name, ContentFile(upload.data)) and None, robust=True
    )
    audit(
        act="roster.staged",
        by=by,
        programme_id=programme.pk,
        subject=staged,
        # whose rows stand beside the file's: the preview shows both
        children=sorted({child for row in rows if (child := row.child_id or row.fields.get("candidate"))}),
        details={"school": school.pk if school else None, "rows": reading.counts, "columns": sorted(reading.mapped)},
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


def _insert_rows(staged: RosterImport, rows: Sequence[StagedRow]) -> None:
    for start in range(0, len(rows), _ROWS_A_STATEMENT):
        sent = json.dumps([vars(row) for row in rows[start : start + _ROWS_A_STATEMENT]])
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO participants_rosterrow (roster_import_id, programme_id, "row", outcome, child_id,'
                " decision, cells, fields, problems, before)"
                ' SELECT %s, %s, s."row", s.outcome, s.child_id, s.decision, s.cells, s.fields, s.problems, s.before'
                ' FROM jsonb_to_recordset(%s::jsonb) AS s("row" int, outcome text, child_id bigint, decision text,'
                " cells jsonb, fields jsonb, problems jsonb, before jsonb)",
                [staged.pk, staged.programme_id, sent],
            )


@transaction.atomic
def restage(*, roster_import: RosterImport, rows: Sequence[StagedRow], counts: Mapping[str, int]) -> None:
    """Replaces the rows of an import that waits, because what accepting them would do has changed."""
    RosterRow.objects.filter(roster_import=roster_import).delete()
    _insert_rows(roster_import, rows)
    roster_import.counts = dict(counts)
    roster_import.save(update_fields=["counts"])


@transaction.atomic
def decide(*, roster_import: RosterImport, decisions: Mapping[int, str], by: User) -> None:
    """Notes what a person says of close matches: by row, `same`, `another`, or empty for later."""
    require_waiting(roster_import, by)
    rows = list(
        RosterRow.objects.filter(roster_import=roster_import, row__in=decisions, outcome=RosterRow.Outcome.CLOSE_MATCH)
    )
    for row in rows:
        row.decision = decisions[row.row] if decisions[row.row] in {"same", "another"} else ""
    RosterRow.objects.bulk_update(rows, ["decision"])
    audit(
        act="roster.decided",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=sorted({row.fields["candidate"] for row in rows if row.fields.get("candidate")}),
        details={"rows": sorted(row.row for row in rows)},
    )


@transaction.atomic
def discard(*, roster_import: RosterImport, by: User) -> None:
    """Removes an import that waits, its rows and its file: nothing of it stays but the entry in the trail."""
    require_waiting(roster_import, by)
    audit(act="roster.discarded", by=by, programme_id=roster_import.programme_id, subject=roster_import)
    stored_name = roster_import.stored_name
    RosterImport.objects.filter(pk=roster_import.pk).delete()
    transaction.on_commit(lambda: default_storage.delete(stored_name), robust=True)


def token_for(roster_import: RosterImport, by: User) -> str:
    """Returns the token with which this person, and no other, may accept exactly this file."""
    return signing.dumps([roster_import.pk, roster_import.file_hash, by.pk], salt=_TOKEN)


def _require_token(roster_import: RosterImport, by: User, token: str) -> None:
    try:
        signed = signing.loads(token, salt=_TOKEN)
    except signing.BadSignature:
        signed = None
    if signed != [roster_import.pk, roster_import.file_hash, by.pk]:
        raise RosterRefusedError("The page was not complete when it was sent. Open the import again, then accept it.")


def require_agreement(programme: Programme) -> None:
    """Raises AgreementMissingError: no list comes into a programme before those who share the data have signed."""
    if gap := agreement_gap(programme, timezone.localdate()):
        raise AgreementMissingError(
            f"No class list can come into {programme.short_name}: {gap}. Once it is signed, the operator records it: "
            f"{operators()}."
        )


def lock_imports_of(programme_id: int) -> None:
    """Makes every other accept or undo of the programme wait until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, programme_id])


def require_waiting(roster_import: RosterImport, by: User) -> None:
    """Locks the import, and every other of its programme, until the transaction ends; refuses what may not go on."""
    lock_imports_of(roster_import.programme_id)
    locked = RosterImport.objects.select_for_update(of=("self",)).filter(pk=roster_import.pk).first()
    if locked is None or locked.state != State.PREVIEW:
        raise NotWaitingError("This import is not waiting any more: it was accepted, undone or discarded meanwhile.")
    if locked.uploaded_by_id != by.pk:
        raise NotTheUploaderError("Only the person who sent this file can decide on it. Send the file yourself.")


@transaction.atomic
def accept(*, roster_import: RosterImport, token: str, by: User) -> RosterImport:
    """Carries out every staged row of an import, wholly or not at all; returns the import.

    The caller has made sure, in the same transaction, that the plans are those of now.
    """
    require_agreement(roster_import.programme)
    require_waiting(roster_import, by)
    _require_token(roster_import, by, token)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in ACCEPTING:
                cursor.execute(statement, {"import": roster_import.pk})
            roster_import.state = State.ACCEPTED
            roster_import.accepted_by = by
            roster_import.accepted_at = timezone.now()
            roster_import.save(update_fields=["state", "accepted_by", "accepted_at"])
            # foreign keys are checked here and not at the commit, where nobody could say what happened
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise RosterChangedError(
            "Nothing was written: somebody changed these children, or accepted this very file, at the same moment."
            " Open the import again and look at what it would do now."
        ) from error
    written = RosterRow.objects.filter(roster_import=roster_import).exclude(fields__does="nothing")
    audit(
        act="roster.accepted",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=written.order_by("child_id").values_list("child_id", flat=True),
        details={"school": roster_import.school_id, "rows": roster_import.counts},
    )
    return roster_import


_CHILD = {
    "forename": "text",
    "surname": "text",
    "known_as": "text",
    "sort_key": "text",
    "date_of_birth": "date",
    "sex": "text",
    "upn_hash": "text",
    "upn_sealed": "text",
    "ethnicity": "text",
    "first_language": "text",
    "is_eal": "boolean",
    "sen": "text",
    "is_pupil_premium": "boolean",
    "is_fsm": "boolean",
    "is_fsm6": "boolean",
}
CHILD_COLUMNS = ", ".join(_CHILD)
_RECORD = ", ".join(f"{name} {kind}" for name, kind in _CHILD.items())
_OF_IMPORT = "FROM participants_rosterrow r WHERE r.roster_import_id = %(import)s AND"

# fmt: off
ACCEPTING = (
    # numbers first, so that each staged row knows what it makes
    """UPDATE participants_rosterrow SET
      child_id = CASE WHEN fields->>'does' = 'create' THEN nextval('participants_child_id_seq') ELSE child_id END,
      fields = fields
        || CASE WHEN fields ? 'open' THEN jsonb_build_object('open', fields->'open'
             || jsonb_build_object('id', nextval('participants_enrolment_id_seq'))) ELSE '{}' END
        || CASE WHEN fields ? 'placement' AND NOT fields->'placement' ? 'id' THEN jsonb_build_object('placement',
             fields->'placement' || jsonb_build_object('id', nextval('participants_placement_id_seq'), 'made', true))
           ELSE '{}' END
    WHERE roster_import_id = %(import)s AND fields->>'does' <> 'nothing'""",
    f"""INSERT INTO participants_child (id, programme_id, roster_import_id, revision, created_at, {CHILD_COLUMNS})
    SELECT r.child_id, r.programme_id, r.roster_import_id, 1, now(), c.* FROM participants_rosterrow r
    CROSS JOIN LATERAL jsonb_to_record(r.fields->'child') AS c({_RECORD})
    WHERE r.roster_import_id = %(import)s AND r.fields->>'does' = 'create'""",  # noqa: S608 - names are written above
    # the checks of foreign keys keep their plans; one made while a table was small reads all of it for every row
    "DISCARD PLANS",
    f"""INSERT INTO participants_identity (child_id, programme_id, upn_hash, person_hash)
    SELECT r.child_id, r.programme_id, r.fields->'child'->>'upn_hash', r.fields->'child'->>'person_hash'
    {_OF_IMPORT} r.fields->>'does' = 'create'""",
    f"""UPDATE participants_child c SET ({CHILD_COLUMNS}, roster_import_id, revision) =
      (SELECT {", ".join(f"p.{name}" for name in _CHILD)}, r.roster_import_id, c.revision + 1
       FROM jsonb_populate_record(c, r.fields->'child') p)
    {_OF_IMPORT} r.child_id = c.id AND r.fields->>'does' = 'update' AND r.fields ? 'child'""",  # noqa: S608
    """UPDATE participants_identity i SET upn_hash = c.upn_hash, person_hash = r.fields->'child'->>'person_hash'
    FROM participants_rosterrow r JOIN participants_child c ON c.id = r.child_id
    WHERE r.roster_import_id = %(import)s AND i.child_id = r.child_id
      AND r.fields->>'does' = 'update' AND r.fields ? 'child'""",
    f"""UPDATE participants_enrolment e SET ends_on = (r.fields->'close'->>'ends_on')::date,
      roster_import_id = r.roster_import_id, revision = e.revision + 1
    {_OF_IMPORT} e.id = (r.fields->'close'->>'id')::bigint""",  # noqa: S608
    """INSERT INTO participants_enrolment
      (id, programme_id, child_id, school_id, starts_on, ends_on, is_at_risk, roster_import_id, revision)
    SELECT o.id, r.programme_id, r.child_id, o.school, o.starts_on, o.ends_on, c.is_at_risk, r.roster_import_id, 1
    FROM participants_rosterrow r JOIN participants_child c ON c.id = r.child_id
    CROSS JOIN LATERAL jsonb_to_record(r.fields->'open') AS o(id bigint, school int, starts_on date, ends_on date)
    WHERE r.roster_import_id = %(import)s AND r.fields ? 'open'""",
    "DISCARD PLANS",
    """INSERT INTO participants_placement
      (id, programme_id, enrolment_id, child_id, academic_year_id, year_group, school_class, roster_import_id, revision)
    SELECT p.id, r.programme_id, coalesce(p.enrolment, (r.fields->'open'->>'id')::bigint), r.child_id,
      m.academic_year_id, p.year_group, p.school_class, r.roster_import_id, 1
    FROM participants_rosterrow r JOIN participants_rosterimport m ON m.id = r.roster_import_id
    CROSS JOIN LATERAL jsonb_to_record(r.fields->'placement')
      AS p(id bigint, enrolment bigint, year_group text, school_class text, made boolean)
    WHERE r.roster_import_id = %(import)s AND p.made""",
    f"""UPDATE participants_placement p SET year_group = r.fields->'placement'->>'year_group',
      school_class = r.fields->'placement'->>'school_class', roster_import_id = r.roster_import_id,
      revision = p.revision + 1
    {_OF_IMPORT} p.id = (r.fields->'placement'->>'id')::bigint AND NOT r.fields->'placement' ? 'made'""",  # noqa: S608
)
# fmt: on
