"""
One record that was two becomes two again, within thirty days.

Every row is put back that is still as the merge left it. What was changed since stays with the record that stayed, and
is named; what belongs together (an enrolment with its year group, the marks of a session) stays together. A photo or a
story that names either may come off in passing, for answers and names go back one after the other: a person puts it
back. One in which the record that stayed was named since is of nobody knows which of the two: it names both from then
on, and comes off.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from inharmony.audit.models import AuditEvent
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.actions.consent import standing_answer
from participants.actions.merge import (
    DESTINATIONS,
    ENROLMENTS,
    PLACEMENTS,
    STAYS,
    MergeRefusedError,
    run,
    write_identity,
)
from participants.actions.roster import lock_imports_of
from participants.models import Attendance, Child, Consent, Destination, Identity, Merge, Placement
from participants.models.merge import UNDONE_WITHIN
from participants.queries.merge import CHILD, SHOWN, SHOWN_BY, Image, images_by_key, key_of, rule_of, tables
from participants.validators.identity import person_hash
from participants.validators.names import sort_key
from programmes.models import Closing, Programme

ANSWERS_WRITTEN = ("consent.answered", "consent.withdrawn")
# the states in which a photo, and a story, is seen
SEEN = ("public", "shared")


class UndoTooLateError(MergeRefusedError):
    """It was undone already, or the days in which it could be are over."""


class MergedOnError(MergeRefusedError):
    """The record that stayed has itself gone into another since."""


@dataclass(frozen=True)
class Left:
    """What undoing left as it is, because it was changed since: in words, and how many rows."""

    words: str
    rows: int


@dataclass(frozen=True)
class Parted:
    """What undoing left as it is, and how many photos and stories name both from now on, for they were made since."""

    left: list[Left]
    of_both: int


_WORDS = {
    "stays": "where the child is enrolled, with year group and class",
    "memberships": "who is in an ensemble",
    "playings": "the instrument",
    "marks": "a mark in a register",
    SHOWN: "who is on a photo or in a story",
}


@transaction.atomic
def undo(*, act: Merge, by: User) -> Parted:
    """
    Makes two records of one again; returns what it leaves with the record that stayed, and what is of both.

    What was changed since is not overwritten, and what belongs together stays together. Raises UndoTooLateError,
    MergedOnError.
    """
    lock_imports_of(act.programme_id)
    found = Merge.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if found.undone_at is not None:
        raise UndoTooLateError("This was undone already.")
    if timezone.localdate() > found.undo_until:
        raise UndoTooLateError(f"This could be undone until {dates.day(found.undo_until)}.")
    if found.child_id not in {became["id"] for _, became in found.images[CHILD] if became}:
        raise MergedOnError("The record that stayed has gone into another since. Undo that first.")
    parted = _Parting(found).run()
    found.undone_at, found.undone_by, found.images = timezone.now(), by, {}
    found.save(update_fields=["undone_at", "undone_by", "images"])
    audit(
        act="children.parted",
        by=by,
        programme_id=found.programme_id,
        subject=found,
        children=[found.child_id, found.gone],
        details={"left": sum(each.rows for each in parted.left)},
    )
    return parted


def forget_images() -> int:
    """
    Forgets what was kept to undo merges that nobody can undo any more; returns of how many.

    It holds names and special data of records that are gone. Of a closed hub nothing is written, nor forgotten.
    """
    today = timezone.localdate()
    closed = Closing.objects.on(today).values_list("programme_id", flat=True)
    hubs = frozenset(Programme.objects.exclude(pk__in=closed).values_list("pk", flat=True))
    with scoped(Scope(hubs)):
        # a day late at most: the last day is counted in London
        old = Merge.objects.filter(programme__in=hubs, at__lt=timezone.now() - UNDONE_WITHIN - timedelta(days=1))
        return old.exclude(images={}).update(images={})


class _Parting:
    """One merge on its way back."""

    def __init__(self, act: Merge) -> None:
        self.act = act
        self.images: dict[str, list[list[Any]]] = act.images
        keys = {table: [key_of(was or became) for was, became in rows] for table, rows in self.images.items()}
        self.now = images_by_key(keys)
        self.left: list[Left] = []
        self.of_both = 0

    def run(self) -> Parted:
        self._part_record()
        for kind in ("stays", "memberships", "playings", "marks", "notes", "carried"):
            self._part_kind(kind)
        for table, model in tables().items():
            if rule_of(model) == SHOWN:
                self._part_shown(table, model)
        self._keep_refusals()
        return Parted(self.left, self.of_both)

    def _keep_refusals(self) -> None:
        """Of which of the two a family said no since, nobody knows any more: as being at risk, it is of both."""
        one, other = (Child.objects.get(pk=pk) for pk in (self.act.child_id, self.act.gone))
        of_one = {"subject": Child._meta.label_lower, "subject_id": one.pk}
        said = AuditEvent.objects.filter(act__in=ANSWERS_WRITTEN, at__gte=self.act.at, **of_one)
        for purpose in sorted({event.details["purpose"] for event in said}):
            no, standing = (standing_answer(child, Consent.Purpose(purpose)) for child in (one, other))
            if no is not None and not no.is_given and standing is not None and standing.is_given:
                no.pk, no.child, no.answered_on = None, other, max(no.answered_on, standing.answered_on)
                no.save(force_insert=True)

    def _part_record(self) -> None:
        one = Child.objects.select_for_update().get(pk=self.act.child_id)
        pair = {(was or became)["id"]: (was, became) for was, became in self.images[CHILD]}
        was, became = pair[one.pk]
        gone_was, _ = pair[self.act.gone]
        now = self.now[CHILD][str(one.pk)]
        changed = [name for name in was if was[name] != became[name] and name not in {"revision", "sort_key"}]
        back = [name for name in changed if now[name] == became[name]]
        stuck = [name for name in changed if name not in back and name != "upn_sealed"]
        for name in back:
            setattr(one, name, was[name])
        if stuck:
            self.left.append(Left(", ".join(name.replace("_", " ") for name in stuck), 1))
        is_untouched = now["revision"] == became["revision"]
        one.revision = was["revision"] if is_untouched else now["revision"] + 1
        one.date_of_birth = _day(one.date_of_birth)
        one.sort_key = sort_key(one.surname, one.forename)
        one.save()
        write_identity(one)
        self._bring_back({**gone_was}, is_flagged_since=now["is_at_risk"] and not became["is_at_risk"])

    def _bring_back(self, gone: Image, *, is_flagged_since: bool) -> None:
        """The record that went is there again; of whom it must be kept that they are at risk, it is of both."""
        gone["is_at_risk"] = gone["is_at_risk"] or is_flagged_since
        taken = Child.objects.filter(programme_id=self.act.programme_id, upn_hash=gone["upn_hash"])
        if gone["upn_hash"] and taken.exists():
            gone["upn_hash"] = gone["upn_sealed"] = ""
            self.left.append(Left("the UPN, which another record has by now", 1))
        _insert(CHILD, [gone])
        link = person_hash(gone["forename"], gone["surname"], _day(gone["date_of_birth"]))
        Identity.objects.bulk_create(
            [
                Identity(
                    child_id=gone["id"],
                    programme_id=self.act.programme_id,
                    upn_hash=gone["upn_hash"],
                    person_hash=link,
                )
            ]
        )

    def _part_kind(self, kind: str) -> None:
        mine = {
            table: rows
            for table, model in tables().items()
            if rule_of(model) == kind and (rows := self.images.get(table))
        }
        groups: dict[Any, list[tuple[str, Any, Any]]] = {}
        for table, rows in mine.items():
            for was, became in rows:
                group = _group(kind, was or became)
                groups.setdefault(group, []).append((table, was, became))
        if kind == "carried":
            # rows of a list that was read again are new ones, and need not be given back
            groups = {key: rows for key, rows in groups.items() if key_of(rows[0][1]) in self.now[rows[0][0]]}
        ready = [rows for rows in groups.values() if all(self._stands(*row) for row in rows)]
        stuck = sum(len(rows) for rows in groups.values()) - sum(map(len, ready))
        flat = [row for rows in ready for row in rows]
        try:
            with transaction.atomic():
                _restore(kind, flat)
        except IntegrityError:
            # something that came since stands in the way: a place in a school, a membership
            stuck += len(flat)
        if stuck:
            self.left.append(Left(_WORDS.get(kind, "what was written down"), stuck))

    def _part_shown(self, table: str, model: type[models.Model]) -> None:
        """
        Who is on photos or in stories goes back, but for those that are gone: there is nothing to go back to.

        What the record that stayed was named in since, nobody knows any more of whom it is: as a no, it is of both.
        Where a row cannot go back the photo or story comes off too, for the other family could take nothing back.
        Of merges before every such row was kept all of the record that stayed count as made since.
        """
        of = SHOWN_BY[model.__name__]
        shown: type[models.Model] = model._meta.get_field(of.removesuffix("_id")).related_model  # type: ignore[assignment]
        pairs = self.images.get(table, [])
        wanted = {(was or became)[of] for was, became in pairs}
        there = set(shown._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        moved = [(was, became) for was, became in pairs if was != became and (was or became)[of] in there]
        stuck = {(was or became)[of] for was, became in moved if not self._goes_back(table, was, became)}
        if stuck:
            self.left.append(Left(_WORDS[SHOWN], len(stuck)))
        known = [row["id"] for pair in pairs for row in pair if row]
        mine = model._base_manager.filter(child=self.act.child_id)
        since = set(mine.exclude(pk__in=known).values_list(of, flat=True))
        both = [model(programme_id=self.act.programme_id, child_id=self.act.gone, **{of: pk}) for pk in sorted(since)]
        model._base_manager.bulk_create(both, ignore_conflicts=True)
        self.of_both += len(both)
        _take_off(shown, since | stuck)

    def _goes_back(self, table: str, was: Image | None, became: Image | None) -> bool:
        """Puts one row back, and says whether that was possible; in the way of one must stand no other."""
        if not self._stands(table, was, became):
            return False
        try:
            with transaction.atomic():
                _restore(SHOWN, [(table, was, became)])
        except IntegrityError:
            return False
        return True

    def _stands(self, table: str, was: Image | None, became: Image | None) -> bool:
        now = self.now[table].get(key_of(was or became or {}))
        if became is None or now is None:
            return became is None and now is None
        # protected or not is the child's, and follows it
        return all(now[name] == value for name, value in became.items() if name in now and name != "is_at_risk")


def _take_off(shown: type[models.Model], of: Iterable[int]) -> None:
    """Photos and stories of these are seen no more; a person looks at them, and puts them back."""
    seen = shown._base_manager.filter(pk__in=of, state__in=SEEN)
    seen.update(state="off", taken_off_at=timezone.now())


def _group(kind: str, row: Image) -> Any:
    """What is put back together or not at all."""
    if kind in {"stays", "playings"}:
        return kind
    if kind == "memberships":
        return row["ensemble_id"]
    return row["session_id"] if kind == "marks" else (row["child_id"], key_of(row))


def _restore(kind: str, rows: Iterable[tuple[str, Image | None, Image | None]]) -> None:
    changed: dict[str, list[tuple[Image, Image]]] = {}
    deleted: dict[str, list[Image]] = {}
    made: list[Image] = []
    for table, was, became in rows:
        if was and became:
            changed.setdefault(table, []).append((was, became))
        elif was:
            deleted.setdefault(table, []).append(was)
        elif became:
            made.append(became)
    if kind == "stays":
        _restore_stays(changed, deleted)
    elif kind == "marks":
        _restore_marks(changed, deleted, made)
    else:
        for table, pairs in changed.items():
            _put_back(table, pairs)
        for table, images in deleted.items():
            _insert(table, images)


def _restore_stays(changed: Mapping[str, list[tuple[Image, Image]]], deleted: Mapping[str, list[Image]]) -> None:
    """What hangs on an enrolment is held to its child by keys: it is taken off, and put on again afterwards."""
    hanging = {table: [*(was for was, _ in changed.get(table, [])), *deleted.get(table, [])] for table in STAYS[1:]}
    for model, table in ((Destination, DESTINATIONS), (Placement, PLACEMENTS)):
        model._base_manager.filter(pk__in=[row["id"] for row in hanging[table]]).delete()
    enrolments = changed.get(ENROLMENTS, [])
    run(
        f"UPDATE {ENROLMENTS} t SET child_id = c.id, is_at_risk = c.is_at_risk"  # noqa: S608 - names of tables
        f" FROM jsonb_to_recordset(%s::jsonb) AS s(id bigint, child_id bigint) JOIN {CHILD} c ON c.id = s.child_id"
        " WHERE t.id = s.id",
        [_json([was for was, _ in enrolments])],
    )
    _put_back(ENROLMENTS, enrolments)
    gone = deleted.get(ENROLMENTS, [])
    flags = dict(Child.objects.filter(pk__in=[row["child_id"] for row in gone]).values_list("pk", "is_at_risk"))
    _insert(ENROLMENTS, [row | {"is_at_risk": flags[row["child_id"]]} for row in gone])
    _insert(PLACEMENTS, hanging[PLACEMENTS])
    _insert(DESTINATIONS, hanging[DESTINATIONS])


def _restore_marks(
    changed: Mapping[str, list[tuple[Image, Image]]], deleted: Mapping[str, list[Image]], made: list[Image]
) -> None:
    table = Attendance._meta.db_table
    of_mark = (
        "SELECT session_id, child_id, mark FROM jsonb_populate_recordset(null::participants_attendance, %s::jsonb)"
    )
    run(
        f"DELETE FROM {table} t USING ({of_mark}) s WHERE (t.session_id, t.child_id) = (s.session_id, s.child_id)",  # noqa: S608
        [_json(made)],
    )
    run(
        f"UPDATE {table} t SET mark = s.mark FROM ({of_mark}) s"  # noqa: S608 - names of tables
        " WHERE (t.session_id, t.child_id) = (s.session_id, s.child_id)",
        [_json([was for was, _ in changed.get(table, [])])],
    )
    _insert(table, deleted.get(table, []))


def _put_back(table: str, pairs: list[tuple[Image, Image]]) -> None:
    # first whose it is, then since when and until: of one child two must not meet even for a moment
    run(
        f"UPDATE {table} t SET child_id = s.child_id"  # noqa: S608 - names of tables
        " FROM jsonb_to_recordset(%s::jsonb) AS s(id bigint, child_id bigint)"
        " WHERE t.id = s.id AND t.child_id <> s.child_id",
        [_json([was for was, _ in pairs])],
    )
    columns = sorted({name for was, became in pairs for name in was if was[name] != became[name]})
    columns = [name for name in columns if name not in {"child_id", "is_at_risk"}]
    if columns:
        names = ", ".join(columns)
        run(
            f"UPDATE {table} t SET ({names}) = (SELECT {names} FROM jsonb_populate_record(t, s.image))"  # noqa: S608
            " FROM jsonb_array_elements(%s::jsonb) AS s(image) WHERE t.id = (s.image->>'id')::bigint",
            [_json([was for was, _ in pairs])],
        )


def _insert(table: str, images: list[Image]) -> None:
    if images:
        run(
            f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(null::{table}, %s::jsonb)",  # noqa: S608
            [_json(images)],
        )


def _json(images: list[Image]) -> str:
    return json.dumps(images)


def _day(written: Any) -> date:
    return written if isinstance(written, date) else date.fromisoformat(written)
