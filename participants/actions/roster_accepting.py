"""A class list accepted: all staged rows carried out in one transaction, in a fixed number of statements."""

from datetime import date
from typing import Any

from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions import membership
from participants.actions.membership import EnsembleEndedError
from participants.actions.roster import RosterChangedError, RosterRefusedError, require_agreement, require_waiting
from participants.actions.roster_leavers import StaysLongerError, end_with
from participants.models import Child, Enrolment, RosterImport, RosterRow
from programmes.models import Ensemble

_TOKEN = "roster-import"  # noqa: S105 - names what the token is for
State = RosterImport.State
Outcome = RosterRow.Outcome


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
    "home_decile": "smallint",
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
