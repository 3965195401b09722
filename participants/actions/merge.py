"""
Two records of one child become one.

Of each field the person says whose value stands; everything that hangs on the record that goes is carried over:

- stays (enrolments with their placements and destinations): where both records were enrolled at once, the one whose
  whereabouts stand is right, and the other ends before it or goes into it;
- memberships of one ensemble that overlap become one, from the first day to the last;
- instruments: as stays, by whose instrument stands;
- marks at one session: present before late, excused, reason known, no reason, for who was marked there was there;
- a standing access note of the record that goes is ended where the other has one;
- a photo on which both are named names the child once, and stays public only as the answers of both together allow; a
  story in which both are does too, and waits: another number of children is in it than a person saw;
- whoever was at risk by one of them is.

Every changed row is kept as it was and as it became, for `merge_undo`.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions.roster import lock_imports_of
from participants.models import (
    AccessNote,
    Attendance,
    Child,
    Consent,
    Destination,
    Enrolment,
    Identity,
    Membership,
    Merge,
    Placement,
    Playing,
)
from participants.queries.merge import CHILD, SHOWN, SHOWN_BY, Image, Images, images_of, rule_of, tables
from participants.validators.identity import person_hash
from participants.validators.merge import Parted, better_mark, join, part
from participants.validators.names import sort_key

# field: the columns it stands for
FIELDS: dict[str, tuple[str, ...]] = {
    "forename": ("forename",),
    "surname": ("surname",),
    "known_as": ("known_as",),
    "date_of_birth": ("date_of_birth",),
    "sex": ("sex",),
    "upn": ("upn_hash", "upn_sealed"),
    "ethnicity": ("ethnicity",),
    "first_language": ("first_language",),
    "is_eal": ("is_eal",),
    "sen": ("sen",),
    "is_pupil_premium": ("is_pupil_premium",),
    "is_fsm": ("is_fsm",),
    "is_fsm6": ("is_fsm6",),
    "home_decile": ("home_decile",),
}
WHEREABOUTS, INSTRUMENT = "whereabouts", "instrument"
CHOICES = (*FIELDS, WHEREABOUTS, INSTRUMENT)
STAYS = [model._meta.db_table for model in (Enrolment, Placement, Destination)]
ENROLMENTS, PLACEMENTS, DESTINATIONS = STAYS
ANSWERS = Consent._meta.db_table


class MergeRefusedError(Exception):
    """Two records that cannot become one, or not two again; the text says why and what to do."""


class NotTwoRecordsError(MergeRefusedError):
    """They are one record, of two hubs, or one of them is gone."""


@transaction.atomic
def merge(*, kept: Child, gone: Child, theirs: Collection[str], by: User) -> Merge:
    """
    Makes one record of two; returns the act. `theirs` are the CHOICES in which the record that goes is right.

    One transaction, and statements that do not grow with what hangs on the records. Raises NotTwoRecordsError.
    """
    lock_imports_of(kept.programme_id)
    one, other = _locked(kept, gone)
    before = images_of([kept.pk, gone.pk])
    _write_record(one, other, theirs)
    _settle_stays(before, one.pk, other.pk, is_theirs=WHEREABOUTS in theirs)
    _settle_memberships(before, one.pk, other.pk)
    _settle_playings(before, one.pk, other.pk, is_theirs=INSTRUMENT in theirs)
    _settle_marks(before, one.pk, other.pk)
    _settle_notes(before, one.pk, other.pk, by)
    _settle_shown(before, one.pk, other.pk)
    _carry(one, other, before)
    # what is left of it, its link by hashes, goes with it
    run("DELETE FROM participants_child WHERE id = %s", [other.pk])
    _write_upn(one, other, theirs)
    images = _differences(before, images_of([one.pk]))
    act = Merge.objects.create(programme_id=one.programme_id, child=one, gone=other.pk, images=images, by=by)
    audit(
        act="children.merged",
        by=by,
        programme_id=one.programme_id,
        subject=act,
        children=[one.pk, other.pk],
        details={"fields": sorted(set(theirs) & set(CHOICES))},
    )
    return act


def _locked(kept: Child, gone: Child) -> tuple[Child, Child]:
    wanted = Child.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk], programme_id=kept.programme_id)
    found = {child.pk: child for child in wanted.order_by("pk")}
    if len(found) != 2:
        raise NotTwoRecordsError("These are not two records of this hub any more. Look at the list again.")
    return found[kept.pk], found[gone.pk]


def _write_record(one: Child, other: Child, theirs: Collection[str]) -> None:
    for field, columns in FIELDS.items():
        if field in theirs and field != "upn":
            for column in columns:
                setattr(one, column, getattr(other, column))
    one.is_at_risk = one.is_at_risk or other.is_at_risk
    one.sort_key = sort_key(one.surname, one.forename)
    one.revision += 1
    one.save()


def _write_upn(one: Child, other: Child, theirs: Collection[str]) -> None:
    """A number stands once in a hub, so it comes over when the record it came with is gone."""
    if "upn" in theirs:
        one.upn_hash, one.upn_sealed = other.upn_hash, other.upn_sealed
        one.save(update_fields=["upn_hash", "upn_sealed"])
    write_identity(one)


def write_identity(child: Child) -> None:
    """Writes the link by hashes anew from what stands in the record."""
    link = person_hash(child.forename, child.surname, child.date_of_birth)
    Identity.objects.filter(pk=child.pk).update(upn_hash=child.upn_hash, person_hash=link)


def _of(images: Images, table: str, child: int) -> list[Image]:
    return [row for row in images[table].values() if row["child_id"] == child]


def _parted(images: Images, table: str, kept: int, gone: int, *, is_theirs: bool) -> Parted:
    standing, yielding = (gone, kept) if is_theirs else (kept, gone)
    return part(_of(images, table, standing), _of(images, table, yielding))


def _shorten(table: str, shortened: Mapping[int, str], *, is_revised: bool) -> None:
    if shortened:
        revised = ", revision = t.revision + 1" if is_revised else ""
        run(
            f"UPDATE {table} t SET ends_on = s.ends_on{revised}"  # noqa: S608 - names of tables
            " FROM unnest(%s::bigint[], %s::date[]) AS s(id, ends_on) WHERE t.id = s.id",
            [list(shortened), list(shortened.values())],
        )


def _settle_stays(images: Images, kept: int, gone: int, *, is_theirs: bool) -> None:
    parted = _parted(images, ENROLMENTS, kept, gone, is_theirs=is_theirs)
    _shorten(ENROLMENTS, parted.shortened, is_revised=True)
    into, owner = parted.dissolved, gone if is_theirs else kept
    if into:
        placed = {(row["enrolment_id"], row["academic_year_id"]) for row in images[PLACEMENTS].values()}
        moved, dropped = {}, []
        for row in sorted(images[PLACEMENTS].values(), key=lambda row: row["id"]):
            if row["enrolment_id"] in into:
                goes_to = (into[row["enrolment_id"]], row["academic_year_id"])
                if goes_to in placed:
                    dropped.append(row["id"])
                else:
                    placed.add(goes_to)
                    moved[row["id"]] = goes_to[0]
        Placement.objects.filter(pk__in=dropped).delete()
        run(
            f"UPDATE {PLACEMENTS} t SET enrolment_id = s.enrolment, child_id = %s"  # noqa: S608
            " FROM unnest(%s::bigint[], %s::bigint[]) AS s(id, enrolment) WHERE t.id = s.id",
            [owner, list(moved), list(moved.values())],
        )
        _settle_destinations(images, into, owner)
        Enrolment.objects.filter(pk__in=into).delete()
    # in one statement: each of the three is held to the enrolment's child by a key
    run(
        f"WITH places AS (UPDATE {PLACEMENTS} SET child_id = %(kept)s WHERE child_id = %(gone)s),"  # noqa: S608
        f" gone AS (UPDATE {DESTINATIONS} SET child_id = %(kept)s WHERE child_id = %(gone)s)"
        f" UPDATE {ENROLMENTS} e SET child_id = c.id, is_at_risk = c.is_at_risk"
        f" FROM {CHILD} c WHERE c.id = %(kept)s AND e.child_id = %(gone)s",
        {"kept": kept, "gone": gone},
    )


def _settle_destinations(images: Images, into: Mapping[int, int], owner: int) -> None:
    """Where somebody went who left is kept with the stay that theirs went into, if that has ended and says nothing."""
    rows = images[DESTINATIONS].values()
    told = {row["enrolment_id"] for row in rows} | {row["next_enrolment_id"] for row in rows}
    ended = {row["id"] for row in images[ENROLMENTS].values() if row["ends_on"]}
    moved, dropped = {}, []
    for row in sorted(rows, key=lambda row: row["id"]):
        if not {row["enrolment_id"], row["next_enrolment_id"]} & set(into):
            continue
        target = into.get(row["enrolment_id"])
        if target in ended and target not in told and row["next_enrolment_id"] is None:
            told.add(target)
            moved[row["id"]] = target
        else:
            dropped.append(row["id"])
    Destination.objects.filter(pk__in=dropped).delete()
    run(
        f"UPDATE {DESTINATIONS} t SET enrolment_id = s.enrolment, child_id = %s"  # noqa: S608 - names of tables
        " FROM unnest(%s::bigint[], %s::bigint[]) AS s(id, enrolment) WHERE t.id = s.id",
        [owner, list(moved), list(moved.values())],
    )


def _settle_memberships(images: Images, kept: int, gone: int) -> None:
    table = Membership._meta.db_table
    lasting: dict[int, tuple[str, str | None]] = {}
    absorbed: list[int] = []
    for ensemble in {row["ensemble_id"] for row in images[table].values()}:
        mine, theirs = (
            [row for row in _of(images, table, child) if row["ensemble_id"] == ensemble] for child in (kept, gone)
        )
        joined = join(mine, theirs)
        lasting |= joined.lasting
        absorbed += joined.absorbed
    Membership.objects.filter(pk__in=absorbed).delete()
    starts, ends = [start for start, _ in lasting.values()], [end for _, end in lasting.values()]
    run(
        f"UPDATE {table} t SET starts_on = s.starts_on, ends_on = s.ends_on"  # noqa: S608 - names of tables
        " FROM unnest(%s::bigint[], %s::date[], %s::date[]) AS s(id, starts_on, ends_on) WHERE t.id = s.id",
        [list(lasting), starts, ends],
    )


def _settle_playings(images: Images, kept: int, gone: int, *, is_theirs: bool) -> None:
    parted = _parted(images, Playing._meta.db_table, kept, gone, is_theirs=is_theirs)
    _shorten(Playing._meta.db_table, parted.shortened, is_revised=False)
    Playing.objects.filter(pk__in=parted.dissolved).delete()


def _settle_marks(images: Images, kept: int, gone: int) -> None:
    table = Attendance._meta.db_table
    mine = {row["session_id"]: row["mark"] for row in _of(images, table, kept)}
    twice = {row["session_id"]: row["mark"] for row in _of(images, table, gone) if row["session_id"] in mine}
    Attendance.objects.filter(child=gone, session__in=twice).delete()
    better = {
        session: better_mark(mine[session], mark)
        for session, mark in twice.items()
        if better_mark(mine[session], mark) != mine[session]
    }
    run(
        f"UPDATE {table} t SET mark = s.mark"  # noqa: S608 - names of tables
        " FROM unnest(%s::bigint[], %s::text[]) AS s(session, mark) WHERE t.session_id = s.session AND t.child_id = %s",
        [list(better), list(better.values()), kept],
    )


def _settle_notes(images: Images, kept: int, gone: int, by: User) -> None:
    standing = [row for row in images[AccessNote._meta.db_table].values() if row["ended_at"] is None]
    if {row["child_id"] for row in standing} == {kept, gone}:
        AccessNote.objects.standing().filter(child=gone).update(ended_at=timezone.now(), ended_by=by)


def _settle_shown(images: Images, kept: int, gone: int) -> None:
    shown = {table: model for table, model in tables().items() if rule_of(model) == SHOWN}
    for table, model in shown.items():
        of = SHOWN_BY[model.__name__]
        twice = {row[of] for row in _of(images, table, kept)} & {row[of] for row in _of(images, table, gone)}
        if twice:
            model._base_manager.filter(child=gone, **{f"{of}__in": twice}).delete()
    # in one statement: whether a photo or a story may still be seen is looked at once it is over
    parts = [
        f"carried_{number} AS (UPDATE {table} SET child_id = %(kept)s WHERE child_id = %(gone)s)"  # noqa: S608
        for number, table in enumerate(shown)
    ]
    run(
        f"WITH {', '.join(parts)} UPDATE {ANSWERS} SET child_id = %(kept)s WHERE child_id = %(gone)s",  # noqa: S608
        {"kept": kept, "gone": gone},
    )


def _carry(one: Child, other: Child, before: Images) -> None:
    """
    Carries over what is left of every table; those of the stays, and what is shown with answers, were carried together.

    Nothing comes to the record that goes once it is locked: a table in which it had no row has none to carry.
    """
    for table, model in tables().items():
        is_carried = table in {*STAYS, ANSWERS} or rule_of(model) == SHOWN
        if not is_carried and _of(before, table, other.pk):
            model._base_manager.filter(child=other).update(child=one)


def _differences(before: Images, after: Images) -> dict[str, list[list[Image | None]]]:
    """
    The rows that changed, by table: as they were and as they became; None where there was none, or is none.

    Of who is on photos and in stories every row: what is not among them when the merge is undone was made since.
    """
    found: dict[str, list[list[Image | None]]] = {}
    kept_whole = {table for table, model in tables().items() if rule_of(model) == SHOWN}
    for table in before:
        pairs = [
            [_kept_of(table, was), _kept_of(table, becomes)]
            for key in {**before[table], **after[table]}
            if (was := before[table].get(key)) != (becomes := after[table].get(key)) or table in kept_whole
        ]
        if pairs:
            found[table] = pairs
    return found


def _kept_of(table: str, image: Image | None) -> Image | None:
    """All of a row; of those that are only carried over, whose they are."""
    if image is None or table == CHILD or rule_of(tables()[table]) != "carried":
        return image
    return {name: image[name] for name in ("id", "child_id")}


def run(statement: str, parameters: Any) -> None:
    """Runs one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
