"""Class lists coming in: staged, decided on, accepted. What an accepted list wrote is taken back in roster_undo.

Rows are staged as plans in JSON (see imports/roster/planning.py); accepting carries all of them out in one transaction
and a fixed number of statements, whatever their number.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from itertools import islice
from typing import Any

from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.accounts.queries.role import operators
from inharmony.audit.record import audit
from participants.actions import membership
from participants.actions.membership import EnsembleEndedError
from participants.actions.roster_leavers import StaysLongerError, end_with
from participants.models import Child, Enrolment, RosterImport, RosterRow, RosterSheet
from programmes.models import Ensemble, Programme
from programmes.queries.agreement import agreement_gap
from schools.models import AcademicYear, School

_TOKEN = "roster-import"  # noqa: S105 - names what the token is for
_LOCK = 7_201  # class of the advisory locks of imports; the second number is the programme
_ROWS_A_STATEMENT = 5_000
State = RosterImport.State
Outcome, Decision = RosterRow.Outcome, RosterRow.Decision


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
    beside = _insert(staged, rows)
    counted = RosterRow.objects.filter(roster_import=staged).values_list("outcome").annotate(rows=Count("pk"))
    counts = dict.fromkeys(Outcome.values, 0) | dict(counted.order_by("outcome"))
    staged.counts = {"total": sum(counts.values()) - counts[Outcome.LEAVER], **counts}
    staged.save(update_fields=["counts"])
    return beside


def _insert(staged: RosterImport, rows: Iterable[StagedRow]) -> list[int]:
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
def decide(*, roster_import: RosterImport, decisions: Mapping[int, str], by: User) -> None:
    """Notes what a person says of rows, by their number: a close match is `same` or `another`, any row is left `out`.

    Anything else means later.
    """
    require_waiting(roster_import, by)
    rows = list(RosterRow.objects.filter(roster_import=roster_import, row__in=decisions))
    for row in rows:
        said = decisions[row.row] if row.row is not None else ""
        is_fit = said == Decision.OUT or (said in _OF_CLOSE_MATCHES and "candidate" in row.fields)
        row.decision = said if is_fit else ""
    RosterRow.objects.bulk_update(rows, ["decision"])
    audit(
        act="roster.decided",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=sorted({row.fields["candidate"] for row in rows if row.fields.get("candidate")}),
        details={"rows": sorted(row.row for row in rows if row.row is not None)},
    )


_OF_CLOSE_MATCHES = frozenset({Decision.SAME, Decision.ANOTHER})


@transaction.atomic
def let_leave(*, roster_import: RosterImport, children: Sequence[int], last_day: date, by: User) -> None:
    """Notes who, on roll and not on the list, has left: their enrolments end on the day when the list is accepted."""
    require_waiting(roster_import, by)
    RosterRow.objects.filter(roster_import=roster_import, outcome=Outcome.LEAVER).update(
        decision=Case(When(child__in=children, then=Value(Decision.LEAVES.value)), default=Value(""))
    )
    roster_import.leaves_on = last_day
    roster_import.save(update_fields=["leaves_on"])
    audit(
        act="roster.leavers_chosen",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=sorted(children),
        details={"ends_on": last_day.isoformat()},
    )


@transaction.atomic
def let_join(*, roster_import: RosterImport, joins: Sequence[tuple[str, int]], by: User) -> None:
    """Notes which school classes of the list join which ensembles (by id) when it is accepted."""
    require_waiting(roster_import, by)
    roster_import.joins = [{"school_class": school_class, "ensemble": ensemble} for school_class, ensemble in joins]
    roster_import.save(update_fields=["joins"])
    audit(
        act="roster.joins_chosen",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        details={"ensembles": sorted({ensemble for _, ensemble in joins})},
    )


@transaction.atomic
def mend(*, roster_import: RosterImport, row: RosterRow, now: StagedRow, by: User) -> None:
    """Puts a row in the place of itself, with a cell mended by a person and read again."""
    require_waiting(roster_import, by)
    RosterRow.objects.filter(pk=row.pk).delete()
    # what another row says of the same child is compared when the list is accepted
    roster_import.seen = ""
    children = _insert(roster_import, [now])
    roster_import.counts[row.outcome] -= 1
    roster_import.counts[now.outcome] += 1
    roster_import.save(update_fields=["seen", "counts"])
    audit(
        act="roster.mended",
        by=by,
        programme_id=roster_import.programme_id,
        subject=roster_import,
        children=children,
        details={"row": row.row, "columns": sorted(now.mended)},
    )


@transaction.atomic
def discard(*, roster_import: RosterImport, by: User) -> None:
    """Removes an import that waits, and all that came from its file: nothing stays but the entry in the trail."""
    require_waiting(roster_import, by)
    audit(act="roster.discarded", by=by, programme_id=roster_import.programme_id, subject=roster_import)
    RosterImport.objects.filter(pk=roster_import.pk).delete()


def token_for(roster_import: RosterImport, by: User) -> str:
    """Returns the token with which this person, and no other, may accept exactly this file, as it is shown now."""
    return signing.dumps([roster_import.pk, roster_import.file_hash, by.pk, roster_import.seen], salt=_TOKEN)


def _require_token(roster_import: RosterImport, by: User, token: str) -> str:
    """Returns the fingerprint of what was shown with the token."""
    try:
        *signed, seen = signing.loads(token, salt=_TOKEN)
    except signing.BadSignature:
        signed, seen = [], ""
    if signed != [roster_import.pk, roster_import.file_hash, by.pk]:
        raise RosterRefusedError("The page was not complete when it was sent. Open the import again, then accept it.")
    return str(seen)


def require_shown(roster_import: RosterImport, by: User, token: str) -> None:
    """Raises RosterChangedError where the page that is sent showed another comparison than the one that is kept.

    Without it a second press on a page whose first was refused would accept what nobody has looked at.
    """
    if _require_token(roster_import, by, token) != roster_import.seen:
        raise RosterChangedError(
            "Nothing was written: the list was compared again since this page was opened. Look at it again."
        )


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


@transaction.atomic
def accept(*, roster_import: RosterImport, token: str, by: User, joins_from: date | None = None) -> RosterImport:
    """Carries out every staged row of an import, wholly or not at all; returns the import.

    School classes that were chosen to join ensembles do so from `joins_from`, else from today, on. The caller has made
    sure, in the same transaction, that the plans are those of now.
    """
    require_agreement(roster_import.programme)
    require_waiting(roster_import, by)
    _require_token(roster_import, by, token)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in ACCEPTING:
                cursor.execute(statement, {"import": roster_import.pk})
            _let_leave(roster_import)
            roster_import.joins = _joined(roster_import, joins_from or timezone.localdate(), by)
            roster_import.state = State.ACCEPTED
            roster_import.accepted_by = by
            roster_import.accepted_at = timezone.now()
            roster_import.save(update_fields=["state", "accepted_by", "accepted_at", "joins", "counts"])
            # foreign keys are checked here and not at the commit, where nobody could say what happened
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise RosterChangedError(
            "Nothing was written: somebody changed these children, or accepted this very file, at the same moment."
            " Open the import again and look at what it would do now."
        ) from error
    except (StaysLongerError, EnsembleEndedError) as error:
        raise RosterRefusedError(f"Nothing was written. {error}") from error
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


def _let_leave(roster_import: RosterImport) -> None:
    """Ends what those who leave are in: whom somebody said to have left, and whom the list gives a leaving date.

    Who stays on roll has nothing to do with the list any more.
    """
    of_list = RosterRow.objects.filter(roster_import=roster_import)
    on_no_row = of_list.filter(outcome=Outcome.LEAVER)
    on_no_row.filter(decision="").delete()
    by_date = of_list.filter(row__isnull=False, fields__does="update", fields__has_key="close")
    rows = [*on_no_row, *by_date.exclude(fields__has_key="open")]
    roster_import.counts[Outcome.LEAVER] = sum(row.row is None for row in rows)
    if not rows:
        return
    last_days = {row.child_id: date.fromisoformat(row.fields["close"]["ends_on"]) for row in rows if row.child_id}
    try:
        ended = end_with(last_days)
    except StaysLongerError as error:
        numbers = sorted(row.row for row in rows if row.row and row.child_id in error.children)
        where = f" Of the list: row{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers[:20]))}." if numbers else ""
        raise StaysLongerError(f"{error}{where}", error.children) from error
    for row in rows:
        row.before["ended"] = ended.get(row.child_id or 0, {})
    RosterRow.objects.bulk_update(rows, ["before"])


def _joined(roster_import: RosterImport, day: date, by: User) -> list[dict[str, Any]]:
    """Takes the children of chosen school classes into ensembles; returns the choices, each with its act."""
    done = []
    for chosen in roster_import.joins:
        listed = RosterRow.objects.filter(
            roster_import=roster_import, child__isnull=False, fields__file__school_class=chosen["school_class"]
        ).exclude(Q(outcome=Outcome.REFUSED) | Q(outcome=Outcome.CLOSE_MATCH, decision=""))
        ensemble = Ensemble.objects.get(pk=chosen["ensemble"], programme_id=roster_import.programme_id)
        # of a class those who leave with this very list join nothing
        here = Enrolment.objects.on(day).filter(child__in=listed.values("child"))
        children = list(Child.objects.filter(pk__in=here.values("child")))
        made = membership.join(ensemble=ensemble, children=children, starts_on=day, by=by)
        done.append(chosen | {"act": made[0].joined_in_id if made else None, "children": len(made)})
    return done


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
    # the keys were set aside when the rows were staged
    """UPDATE participants_rosterrow SET child_id = made_child
    WHERE roster_import_id = %(import)s AND made_child IS NOT NULL""",
    f"""INSERT INTO participants_child (id, programme_id, roster_import_id, revision, created_at, {CHILD_COLUMNS})
    SELECT r.made_child, r.programme_id, r.roster_import_id, 1, now(), c.* FROM participants_rosterrow r
    CROSS JOIN LATERAL jsonb_to_record(r.fields->'child') AS c({_RECORD})
    WHERE r.roster_import_id = %(import)s AND r.made_child IS NOT NULL""",  # noqa: S608 - names are written above
    # the checks of foreign keys keep their plans; one made while a table was small reads all of it for every row
    "DISCARD PLANS",
    f"""INSERT INTO participants_identity (child_id, programme_id, upn_hash, person_hash)
    SELECT r.made_child, r.programme_id, r.fields->'child'->>'upn_hash', r.fields->'child'->>'person_hash'
    {_OF_IMPORT} r.made_child IS NOT NULL""",
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
    {_OF_IMPORT} r.fields ? 'close' AND e.id = (r.fields->'close'->>'id')::bigint""",  # noqa: S608
    """INSERT INTO participants_enrolment
      (id, programme_id, child_id, school_id, starts_on, ends_on, is_at_risk, roster_import_id, revision)
    SELECT r.made_enrolment, r.programme_id, r.child_id, o.school, o.starts_on, o.ends_on, c.is_at_risk,
      r.roster_import_id, 1
    FROM participants_rosterrow r JOIN participants_child c ON c.id = r.child_id
    CROSS JOIN LATERAL jsonb_to_record(r.fields->'open') AS o(school int, starts_on date, ends_on date)
    WHERE r.roster_import_id = %(import)s AND r.made_enrolment IS NOT NULL""",
    "DISCARD PLANS",
    """INSERT INTO participants_placement
      (id, programme_id, enrolment_id, child_id, academic_year_id, year_group, school_class, roster_import_id, revision)
    SELECT r.made_placement, r.programme_id, coalesce(p.enrolment, r.made_enrolment), r.child_id,
      m.academic_year_id, p.year_group, p.school_class, r.roster_import_id, 1
    FROM participants_rosterrow r JOIN participants_rosterimport m ON m.id = r.roster_import_id
    CROSS JOIN LATERAL jsonb_to_record(r.fields->'placement')
      AS p(enrolment bigint, year_group text, school_class text)
    WHERE r.roster_import_id = %(import)s AND r.made_placement IS NOT NULL""",
    f"""UPDATE participants_placement p SET year_group = r.fields->'placement'->>'year_group',
      school_class = r.fields->'placement'->>'school_class', roster_import_id = r.roster_import_id,
      revision = p.revision + 1
    {_OF_IMPORT} r.fields ? 'placement' AND p.id = (r.fields->'placement'->>'id')::bigint""",  # noqa: S608
)
# fmt: on
