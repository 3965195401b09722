"""What the rows of a list would do to the children as they stand: the list's place, and what it is compared with."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from participants.actions.roster import Compared, RosterRefusedError, StagedRow
from participants.imports.roster import staging
from participants.imports.roster.aliases import key
from participants.imports.roster.layout import Layout
from participants.imports.roster.planning import Intake
from participants.models import Placement, RosterImport, RosterRow
from participants.queries.roster import (
    KnownChild,
    OnRoll,
    children_on_roll,
    importable_partnerships,
    known_children,
    standing,
)
from programmes.models import Partnership
from schools.models import AcademicYear


@dataclass(frozen=True)
class Sent:
    """A file somebody sent, for a partner school and an academic year; a sheet's name where they chose one."""

    data: bytes
    file_name: str
    partnership: Partnership
    academic_year: AcademicYear
    sheet: str = ""


def sent_again(roster_import: RosterImport, by: User) -> Sent:
    """Returns whose list a waiting import is; refuses a school that is no partner any more."""
    partnership = (
        importable_partnerships(by, timezone.localdate())
        .filter(programme_id=roster_import.programme_id, school=roster_import.school)
        .first()
    )
    if partnership is None:
        raise RosterRefusedError(
            f"{roster_import.school} is no partner school of this hub any more, so its list cannot be imported."
        )
    year = AcademicYear(year=roster_import.academic_year_id)
    return Sent(b"", roster_import.file_name, partnership, year)


def remembered(sent: Sent, by: User) -> Layout:
    """Returns what a person made of the school's last list that was accepted: of its headings, and of its blanks."""
    last = (
        RosterImport.objects.visible_to(by)
        .filter(
            programme=sent.partnership.programme,
            school=sent.partnership.school,
            state=RosterImport.State.ACCEPTED,
        )
        .order_by("-accepted_at")
        .first()
    )
    if last is None:
        return Layout()
    return Layout(
        blanks=last.choices.get("blanks", {}),
        remembered={
            key(column["heading"]): column["field"]
            for column in last.columns
            if column["how"] in {"chosen", "remembered"} and column["heading"]
        },
    )


def compare(sent: Sent, rows: list[staging.FileRow], by: User, kept: RosterImport | None = None) -> Compared:
    """Returns what every row would do, a fingerprint of what was looked at for it, and the last day of who leaves."""
    intake = intake_of(sent, by)
    # before the children are looked at: what is changed in between is found by it
    seen = seen_of(sent, intake)
    known = _known(sent, rows, by)
    on_roll = _on_roll(sent, intake, by, kept)
    return Compared(staging.staged(rows, known, intake, on_roll), seen, on_roll.last_day)


def compare_alone(sent: Sent, row: staging.FileRow, by: User) -> StagedRow:
    """Returns what one row would do, whatever the other rows say."""
    (now,) = staging.staged([row], _known(sent, [row], by), intake_of(sent, by))
    return now


def _known(sent: Sent, rows: list[staging.FileRow], by: User) -> list[KnownChild]:
    keys = staging.keys_of(rows)
    return known_children(
        by,
        sent.partnership.programme_id,
        upn_hashes=keys.upn_hashes,
        born_on=keys.born_on,
        sort_keys=keys.sort_keys,
        year=sent.academic_year.year,
    )


def seen_of(sent: Sent, intake: Intake) -> str:
    """Where this is the same, the rows would do what was worked out."""
    looked_at = f"{intake}/{standing(sent.partnership.programme_id, sent.academic_year.year)}"
    return hashlib.sha256(looked_at.encode()).hexdigest()


def _on_roll(sent: Sent, intake: Intake, by: User, kept: RosterImport | None) -> OnRoll:
    """Who is on roll at the school; of a past year nobody leaves any more."""
    last_day = kept.leaves_on if kept else None
    if last_day is None:
        begins = intake.year_starts_on
        last_day = begins - timedelta(days=1) if intake.starts_on <= begins else intake.today
    if intake.year_ends_on < intake.today:
        return OnRoll([], frozenset(), last_day)
    children = children_on_roll(
        by,
        sent.partnership.programme_id,
        sent.partnership.school_id,
        year=intake.year,
        day=max(intake.today, intake.year_starts_on),
    )
    leaving: set[int] = set()
    if kept is not None:
        chosen = RosterRow.objects.filter(roster_import=kept, decision=RosterRow.Decision.LEAVES)
        leaving = {child for child in chosen.values_list("child_id", flat=True) if child}
    return OnRoll(children, leaving, last_day)


def intake_of(sent: Sent, by: User) -> Intake:
    """Returns where a list belongs.

    Newcomers of a school’s first list of a year count from its first day; those of a later list from today.
    """
    today, year, partnership = timezone.localdate(), sent.academic_year, sent.partnership
    placed = Placement.objects.visible_to(by).filter(
        programme=partnership.programme, academic_year_id=year.year, enrolment__school=partnership.school
    )
    # moved up at the turn of the year is not listed
    listed = placed.filter(Q(rolled_in__isnull=True) | Q(roster_import__isnull=False))
    starts_on = max(year.starts_on, partnership.starts_on)
    accepted = RosterImport.objects.visible_to(by).filter(
        programme=partnership.programme,
        academic_year_id=year.year,
        school=partnership.school,
        state=RosterImport.State.ACCEPTED,
    )
    if year.starts_on <= today <= year.ends_on and (listed.exists() or accepted.exists()):
        starts_on = max(starts_on, today)
    return Intake(
        school_id=partnership.school_id,
        year=year.year,
        year_starts_on=year.starts_on,
        year_ends_on=year.ends_on,
        starts_on=min(starts_on, year.ends_on),
        today=today,
    )
