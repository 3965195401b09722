"""The way of a class list: read, compared with the programme's children, shown, decided on, accepted.

Reading and comparing write nothing about children. What accepting would do is kept with the rows and worked out again
at the moment of accepting; where it differs by then, the new difference is shown instead of written.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.spreadsheets import Book, Sheet, Unreadable, read
from participants.actions import roster as acts
from participants.actions.roster import Reading, RosterChangedError, RosterRefusedError, StagedRow, Upload
from participants.imports.roster import staging
from participants.imports.roster.headings import NotARosterError
from participants.imports.roster.parsed import ParsedRoster
from participants.imports.roster.planning import Intake
from participants.imports.roster.problem import Problem
from participants.imports.roster.rows import parse
from participants.models import Placement, RosterImport, RosterRow
from participants.queries.roster import importable_partnerships, known_children
from programmes.models import Partnership
from schools.models import AcademicYear


class FileRefusedError(RosterRefusedError):
    """The file is refused as a whole; `roster_import` is the entry that says so."""

    def __init__(self, message: str, roster_import: RosterImport) -> None:
        super().__init__(message)
        self.roster_import = roster_import


class AlreadyImportedError(RosterRefusedError):
    """The very same file is in force for this school and year; `roster_import` is the import that brought it in."""

    def __init__(self, roster_import: RosterImport) -> None:
        accepted_by, accepted_at = roster_import.accepted_by, roster_import.accepted_at
        assert accepted_by is not None
        assert accepted_at is not None
        super().__init__(
            f"This file was already imported on {timezone.localtime(accepted_at):%d/%m/%Y at %H:%M}"
            f" by {accepted_by.name}; there is nothing to change. To read it again, undo that import first."
        )
        self.roster_import = roster_import


@dataclass(frozen=True)
class Sent:
    """A file somebody sent, for a partner school and an academic year; a sheet's name where they chose one."""

    data: bytes
    file_name: str
    partnership: Partnership
    academic_year: AcademicYear
    sheet: str = ""


def stage(sent: Sent, *, by: User) -> RosterImport:
    """Reads a file and keeps it, with what it would do, waiting for a decision; returns the import.

    Raises AgreementMissingError, before the file is looked at, or AlreadyImportedError, writing nothing, or
    FileRefusedError, writing only that the file was refused.
    """
    acts.require_agreement(sent.partnership.programme)
    upload = Upload(sent.file_name, hashlib.sha256(sent.data).hexdigest(), sent.data)
    _require_not_in_force(sent, upload, by)
    try:
        reading, file_rows = _read(sent)
    except (Unreadable, NotARosterError) as error:
        reason = error.reason if isinstance(error, Unreadable) else "headings"
        raise _refused(sent, upload, str(error), reason, by) from error
    rows = _staged(sent, file_rows, by)
    return acts.stage(
        programme=sent.partnership.programme,
        school=sent.partnership.school,
        academic_year=sent.academic_year,
        upload=upload,
        reading=replace(reading, counts=staging.counts_of(rows)),
        rows=rows,
        by=by,
    )


def _read(sent: Sent) -> tuple[Reading, list[staging.FileRow]]:
    """How the file was read, and its rows; what the file was besides is let go here."""
    book = read(sent.data, sent.file_name)
    sheet, parsed = _parsed(book, sent.sheet)
    reading = Reading(
        file_format=book.format,
        encoding=book.encoding,
        sheet=sheet.name[:100],
        heading_row=parsed.heading_row,
        notes=[note.as_json() for note in (*_notes(book, sheet), *parsed.problems)],
        mapped=parsed.mapped,
        ignored=parsed.ignored,
        dropped=parsed.dropped,
    )
    return reading, staging.from_parsed(parsed, sent.partnership.school_id)


def _require_not_in_force(sent: Sent, upload: Upload, by: User) -> None:
    same = RosterImport.objects.visible_to(by).filter(
        programme=sent.partnership.programme,
        school=sent.partnership.school,
        academic_year_id=sent.academic_year.year,
        file_hash=upload.file_hash,
        state=RosterImport.State.ACCEPTED,
    )
    if in_force := same.select_related("accepted_by").first():
        raise AlreadyImportedError(in_force)


def _refused(sent: Sent, upload: Upload, message: str, reason: str, by: User) -> FileRefusedError:
    entry = acts.refuse(
        programme=sent.partnership.programme,
        school=sent.partnership.school,
        academic_year=sent.academic_year,
        upload=upload,
        message=message,
        reason=reason,
        by=by,
    )
    return FileRefusedError(message, entry)


def _parsed(book: Book, named: str) -> tuple[Sheet, ParsedRoster]:
    """The sheet asked for, or the first visible one that holds a list. Others that hold something are named."""
    sheets = [sheet for sheet in book.visible if not named or sheet.name == named]
    if not sheets:
        names = ", ".join(f"“{sheet.name}”" for sheet in book.visible)
        raise NotARosterError(f"There is no visible sheet “{named}” with rows in it. The file has {names}.")
    refusals = []
    for sheet in sheets:
        try:
            parsed = parse(sheet, today=timezone.localdate())
        except NotARosterError as refusal:
            refusals.append(refusal)
        else:
            return sheet, parsed
    raise refusals[0]


def _notes(book: Book, sheet: Sheet) -> Iterator[Problem]:
    """What a person should know of the file as a whole; row 0 stands for no row."""
    for note in book.notes:
        yield Problem(0, "", "", note, refused=False)
    others = [other.name for other in book.sheets if other is not sheet and other.rows]
    if others:
        names = ", ".join(f"“{name}”" for name in others)
        words = (
            f"Only sheet “{sheet.name}” is read. Also in the file, not read: {names}. Send them as files of their own."
        )
        yield Problem(0, "", "", words, refused=False)


def _staged(sent: Sent, rows: list[staging.FileRow], by: User) -> list[StagedRow]:
    keys = staging.keys_of(rows)
    known = known_children(
        by,
        sent.partnership.programme_id,
        upn_hashes=keys.upn_hashes,
        born_on=keys.born_on,
        sort_keys=keys.sort_keys,
        year=sent.academic_year.year,
    )
    return staging.staged(rows, known, _intake(sent, by))


def _intake(sent: Sent, by: User) -> Intake:
    """Newcomers of a school's first list of a year count from its first day; those of a later list from today."""
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


def refresh(roster_import: RosterImport, *, by: User) -> int:
    """Works out again what a waiting import would do; keeps and returns the number of rows that differ."""
    sent = _sent_again(roster_import, by)
    kept = list(RosterRow.objects.filter(roster_import=roster_import).order_by("row"))
    rows = _staged(sent, staging.from_kept(kept), by)
    differing = staging.difference(rows, kept)
    if differing:
        acts.restage(roster_import=roster_import, rows=rows, counts=staging.counts_of(rows))
    return differing


def _sent_again(roster_import: RosterImport, by: User) -> Sent:
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


@transaction.atomic
def decide(roster_import: RosterImport, decisions: Mapping[int, str], *, by: User) -> None:
    """Notes what a person says of close matches, and works out what follows from it."""
    acts.decide(roster_import=roster_import, decisions=decisions, by=by)
    refresh(roster_import, by=by)


def accept(roster_import: RosterImport, token: str, *, by: User) -> RosterImport:
    """Accepts an import as it was seen; returns it. Raises RosterRefusedError, among them RosterChangedError.

    Where the data has changed since the preview, nothing is written but the new preview.
    """
    with transaction.atomic():
        acts.require_waiting(roster_import, by)
        differing = refresh(roster_import, by=by)
        if not differing:
            return acts.accept(roster_import=roster_import, token=token, by=by)
    raise RosterChangedError(
        f"Nothing was written: {differing} row{'s' if differing > 1 else ''} would now do something else than the page"
        " showed, because children were changed meanwhile. Look at the list again."
    )
