"""Taking an accepted class list back: what it changed is put back, what it made goes if nothing hangs on it.

A row whose child, enrolment or placement was changed since, or on whose new child something else hangs, is left as it
is and named. Undoing is possible for thirty days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions import membership
from participants.actions.roster import RosterChangedError, RosterRefusedError, lock_imports_of
from participants.actions.roster_accepting import CHILD_COLUMNS
from participants.actions.roster_leavers import give_back, still_ended
from participants.models import (
    Child,
    ChildMonth,
    Destination,
    Enrolment,
    Identity,
    Membership,
    Placement,
    RosterImport,
    RosterRow,
)
from participants.queries.roster import children_with_other_rows

DAYS = 30
_WORDS = {
    "access note": "has an access note",
    "attendance": "has marks in registers",
    "membership": "is in an ensemble",
    "consent": "has answers about consent",
    "known absence": "has an absence written down",
    "photo": "is named on a photo",
    "playing": "has an instrument",
    "story": "is named in a story",
    "roster row": "stands in a class list accepted since",
    "destination": "has left the school",
    "enrolment": "has another enrolment",
    "placement": "has another year group or class",
}
Values = dict[str, Any]


class NotAcceptedError(RosterRefusedError):
    """Only an accepted import can be undone."""


class UndoTooLateError(RosterRefusedError):
    """The days in which an import can be undone are over."""


@dataclass(frozen=True)
class Kept:
    """A row that was not taken back, and why."""

    row: int | None
    child_id: int | None
    why: str


@dataclass(frozen=True)
class Undone:
    """What undoing does: rows by what happens to them."""

    removed: list[int]
    restored: list[int]
    kept: list[Kept]


def plan_undo(roster_import: RosterImport) -> Undone:
    """Returns what undoing would do, without doing it; raises what refuses it."""
    if roster_import.state != RosterImport.State.ACCEPTED or roster_import.accepted_at is None:
        raise NotAcceptedError("This import is not in force: only an accepted import can be undone.")
    accepted_on = timezone.localtime(roster_import.accepted_at).date()
    if timezone.localdate() > accepted_on + timedelta(days=DAYS):
        raise UndoTooLateError(
            f"This import was accepted on {accepted_on:%d/%m/%Y}. It could be undone"
            f" for {DAYS} days; now send a corrected list instead."
        )
    rows = list(RosterRow.objects.filter(roster_import=roster_import).exclude(fields__does="nothing").order_by("row"))
    now = _Now(rows)
    acts = _acts_of(roster_import)
    hanging = _hanging(roster_import, rows, acts)
    removed: list[int] = []
    restored: list[int] = []
    kept: list[Kept] = []
    for row in rows:
        why = now.change_since(row) or hanging.get(row.child_id or 0, "")
        if why:
            kept.append(Kept(row.row, row.child_id, why))
        else:
            (removed if row.fields["does"] == "create" else restored).append(row.pk)
    return Undone(removed, restored, kept)


@transaction.atomic
def undo(*, roster_import: RosterImport, by: User) -> Undone:
    """Takes an accepted import back, and returns what went, what was restored, and what was left with the reason."""
    lock_imports_of(roster_import.programme_id)
    locked = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_import.pk)
    done = plan_undo(locked)
    rows = [*done.removed, *done.restored]
    staying = {kept.child_id for kept in done.kept if kept.child_id}
    membership.take_back(acts=_acts_of(locked), by=by, besides=staying)
    give_back(
        RosterRow.objects.filter(pk__in=done.restored, before__has_key="ended").values_list("before__ended", flat=True)
    )
    child_of = dict(RosterRow.objects.filter(pk__in=rows).values_list("pk", "child_id"))
    made = [child_of[row] for row in done.removed]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in UNDOING:
                cursor.execute(statement, {"rows": rows, "made": made})
    except IntegrityError as error:
        raise RosterChangedError(
            "Nothing was taken back: somebody took one of these children into an ensemble or a register at the same"
            " moment. Open the import again and look at what undoing would do now."
        ) from error
    locked.state = RosterImport.State.UNDONE
    locked.undone_by, locked.undone_at = by, timezone.now()
    locked.save(update_fields=["state", "undone_by", "undone_at"])
    audit(
        act="roster.undone",
        by=by,
        programme_id=locked.programme_id,
        subject=locked,
        children=sorted(set(child_of.values())),
        details={
            "removed": len(done.removed),
            "restored": len(done.restored),
            "kept": [kept.row for kept in done.kept],
        },
    )
    return done


class _Now:
    """What stands now in the places an import wrote to."""

    def __init__(self, rows: list[RosterRow]) -> None:
        self.children = _by_id(Child, {row.child_id for row in rows})
        self.enrolments = _by_id(
            Enrolment, {row.made_enrolment for row in rows} | {row.fields.get("close", {}).get("id") for row in rows}
        )
        self.placements = _by_id(Placement, {_placement_of(row) for row in rows})
        ended = {
            row.child_id: (date.fromisoformat(row.fields["close"]["ends_on"]), row.before["ended"])
            for row in rows
            if row.child_id and row.before.get("ended")
        }
        self.changed_since = ended.keys() - still_ended(ended) if ended else set()
        self.enrolled_anew = _enrolled_anew(rows)
        self.held = _held(rows)

    def change_since(self, row: RosterRow) -> str:
        """Returns what was changed since the import wrote it, or an empty text."""
        fields = row.fields
        child = self.children.get(row.child_id or 0)
        written = {name: value for name, value in fields.get("child", {}).items() if name != "person_hash"}
        if child is None or not _stands(child, written, row, "child"):
            return "was changed since"
        for name, pk in (("open", row.made_enrolment), ("close", fields.get("close", {}).get("id"))):
            if name in fields and not _stands(self.enrolments.get(pk or 0), _of_stay(fields[name]), row, name):
                return "the enrolment was changed since"
        if row.pk in self.enrolled_anew:
            return "is enrolled anew since"
        if row.made_enrolment in self.held:
            return self.held[row.made_enrolment]
        if "placement" in fields:
            place = {name: fields["placement"][name] for name in ("year_group", "school_class")}
            if not _stands(self.placements.get(_placement_of(row) or 0), place, row, "placement"):
                return "the year group or class was changed since"
        return "an ensemble or instrument was changed since" if row.child_id in self.changed_since else ""


def _enrolled_anew(rows: Iterable[RosterRow]) -> set[int]:
    """The rows (by key) that ended an enrolment where another of the child begins by now, which it would run into."""
    ended = {row.child_id: row for row in rows if "close" in row.fields}
    if not ended:
        return set()
    found = set()
    stays = Enrolment.objects.filter(child__in=ended).values_list("child_id", "pk", "starts_on")
    for child, pk, starts_on in stays:
        row = ended[child]
        last_day = row.before["close"]["ends_on"]
        is_inside = starts_on.isoformat() > row.fields["close"]["ends_on"] and starts_on.isoformat() <= (
            last_day or date.max.isoformat()
        )
        if is_inside and pk not in (row.fields["close"]["id"], row.made_enrolment):
            found.add(row.pk)
    return found


def _held(rows: Iterable[RosterRow]) -> dict[int | None, str]:
    """The enrolments made for children who were here before that other rows hang on by now, and what these are."""
    made = {row.made_enrolment: row.made_placement for row in rows if row.made_enrolment and not row.made_child}
    if not made:
        return {}
    placed = Placement.objects.filter(enrolment__in=made).exclude(pk__in=[pk for pk in made.values() if pk])
    held: dict[int | None, str] = dict.fromkeys(
        placed.values_list("enrolment", flat=True), f"{_WORDS['placement']} since"
    )
    told = Destination.objects.filter(Q(enrolment__in=made) | Q(next_enrolment__in=made))
    for here, then in told.values_list("enrolment", "next_enrolment"):
        held |= dict.fromkeys({here, then} & made.keys(), "where the child went was written down since")
    return held


def _placement_of(row: RosterRow) -> int | None:
    """The key of the placement a row made or changed."""
    return row.made_placement or row.fields.get("placement", {}).get("id")


def _by_id(model: Any, ids: set[Any]) -> dict[int, Values]:
    return {values["id"]: values for values in model.objects.filter(pk__in=ids - {None}).values()}


def _of_stay(planned: Values) -> Values:
    renamed = {"school": "school_id"}
    return {renamed.get(name, name): value for name, value in planned.items() if name != "id"}


def _stands(now: Values | None, written: Values, row: RosterRow, part: str) -> bool:
    """Whether everything the import wrote still stands, and was not written again since."""
    if now is None:
        return False
    if any((value.isoformat() if isinstance(value := now[name], date) else value) != w for name, w in written.items()):
        return False
    touched = part in row.fields
    revision = row.before[part]["revision"] + 1 if part in row.before else 1
    return not touched or now["revision"] == revision


def _acts_of(roster_import: RosterImport) -> list[int]:
    """The presses in which school classes joined ensembles with the list."""
    return [joined["act"] for joined in roster_import.joins if joined.get("act")]


def _hanging(roster_import: RosterImport, rows: list[RosterRow], acts: list[int]) -> dict[int, str]:
    """What keeps children that the import made: rows of any kind that point at them and are not the import's own."""
    made = [row.child_id for row in rows if row.fields["does"] == "create" and row.child_id]
    own = Q(roster_import=roster_import)
    besides: dict[type, Q | None] = {
        Enrolment: own,
        Placement: own,
        Identity: None,
        # counts of marks, which are named themselves
        ChildMonth: None,
        # who has a mark since is found by the mark
        Membership: Q(joined_in__in=acts),
        RosterRow: own | ~Q(roster_import__state=RosterImport.State.ACCEPTED),
    }
    found = children_with_other_rows(made, besides)
    return {child: _words(kinds) for child, kinds in found.items()}


def _words(kinds: set[str]) -> str:
    return " and ".join(sorted(_WORDS.get(kind, f"has {kind}") for kind in kinds))


# fmt: off
_OF_ROWS = "FROM participants_rosterrow r WHERE r.id = ANY(%(rows)s) AND"
UNDOING = (
    # as in accepting: what checks foreign keys must not read whole tables for every row
    "DISCARD PLANS",
    f"""UPDATE participants_placement p SET (year_group, school_class, roster_import_id, revision) =
      (SELECT b.year_group, b.school_class, b.roster_import_id, b.revision
       FROM jsonb_populate_record(p, r.before->'placement') b)
    {_OF_ROWS} r.before ? 'placement' AND p.id = (r.fields->'placement'->>'id')::bigint""",  # noqa: S608 - own words
    """DELETE FROM participants_placement p USING participants_rosterrow r
    WHERE r.id = ANY(%(rows)s) AND p.id = r.made_placement""",
    """DELETE FROM participants_enrolment e USING participants_rosterrow r
    WHERE r.id = ANY(%(rows)s) AND e.id = r.made_enrolment""",
    f"""UPDATE participants_enrolment e SET (ends_on, roster_import_id, revision) =
      (SELECT b.ends_on, b.roster_import_id, b.revision FROM jsonb_populate_record(e, r.before->'close') b)
    {_OF_ROWS} r.before ? 'close' AND e.id = (r.fields->'close'->>'id')::bigint""",  # noqa: S608
    f"""UPDATE participants_child c SET ({CHILD_COLUMNS}, roster_import_id, revision) =
      (SELECT {CHILD_COLUMNS}, roster_import_id, revision FROM jsonb_populate_record(c, r.before->'child'))
    {_OF_ROWS} r.before ? 'child' AND r.child_id = c.id""",  # noqa: S608
    """UPDATE participants_identity i SET upn_hash = c.upn_hash, person_hash = r.before->'child'->>'person_hash'
    FROM participants_rosterrow r JOIN participants_child c ON c.id = r.child_id
    WHERE r.id = ANY(%(rows)s) AND r.before ? 'child' AND i.child_id = r.child_id""",
    "UPDATE participants_rosterrow SET child_id = NULL WHERE child_id = ANY(%(made)s)",
    "DELETE FROM participants_child WHERE id = ANY(%(made)s)",
)
# fmt: on
