"""The way of a class list: read, compared with the programme's children, shown, decided on, accepted.

Reading and comparing write nothing about children. What accepting would do is kept with the rows and worked out again
at the moment of accepting; where it differs by then, the new difference is shown instead of written.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.spreadsheets import Book, Sheet, Unreadable, read
from participants.actions import roster as acts
from participants.actions import roster_accepting, roster_deciding
from participants.actions.roster import Compared, Piece, Reading, RosterChangedError, RosterRefusedError, Upload
from participants.imports.roster import staging
from participants.imports.roster.columns import Column, NotARosterError
from participants.imports.roster.comparing import (
    Sent,
    compare,
    compare_alone,
    intake_of,
    remembered,
    seen_of,
    sent_again,
)
from participants.imports.roster.headings import lists_of
from participants.imports.roster.layout import Layout
from participants.imports.roster.parsed import ParsedRoster
from participants.imports.roster.problem import Problem
from participants.imports.roster.rereading import Choices, file_rows, parsed_again, read_with, with_said
from participants.imports.roster.rows import parse
from participants.imports.roster.source import pieces_of
from participants.models import RosterImport, RosterRow
from schools.queries.deprivation import idaci_deciles


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


def stage(sent: Sent, *, by: User, may_ask: bool = True) -> RosterImport:
    """Reads a file and keeps it, with what it would do, waiting for a decision; returns the import.

    Where several sheets hold a list and none is named, the import waits for the answer which is meant; who may not be
    asked gets the first. Raises AgreementMissingError, before the file is looked at, or AlreadyImportedError, writing
    nothing, or FileRefusedError, writing only that the file was refused.
    """
    acts.require_agreement(sent.partnership.programme)
    upload = Upload(sent.file_name, hashlib.sha256(sent.data).hexdigest())
    _require_not_in_force(sent, upload, by)
    layout = remembered(sent, by)
    try:
        book = read(sent.data, sent.file_name)
        lists = _lists(book, sent.sheet)
        if len(lists) > 1 and may_ask:
            return _ask_which(sent, upload, book, lists, layout, by)
        place, sheet = lists[0]
        try:
            reading, pieces, rows = _read(book, place, sheet, layout, sent.partnership.school_id)
        except NotARosterError as refusal:
            if not may_ask or not _is_worth_asking(refusal):
                raise
            return _ask_what(sent, upload, book, place, sheet, refusal, by)
    except (Unreadable, NotARosterError) as error:
        reason = error.reason if isinstance(error, Unreadable) else "headings"
        raise _refused(sent, upload, str(error), reason, by) from error
    return acts.stage(
        programme=sent.partnership.programme,
        school=sent.partnership.school,
        academic_year=sent.academic_year,
        upload=replace(upload, pieces=pieces),
        reading=reading,
        compared=compare(sent, rows, by),
        by=by,
    )


def _lists(book: Book, named: str) -> list[tuple[int, Sheet]]:
    """The visible sheets that hold a list, each with its place in the file; of one that is named, this one."""
    places = [(place, sheet) for place, sheet in enumerate(book.sheets) if sheet.rows and not sheet.hidden]
    if named:
        places = [(place, sheet) for place, sheet in places if sheet.name == named]
        if not places:
            names = ", ".join(f"“{sheet.name}”" for sheet in book.visible)
            raise NotARosterError(f"There is no visible sheet “{named}” with rows in it. The file has {names}.")
        return places
    lists = {id(sheet) for sheet in lists_of(book)}
    return [(place, sheet) for place, sheet in places if id(sheet) in lists] or places[:1]


def _ask_which(
    sent: Sent, upload: Upload, book: Book, lists: list[tuple[int, Sheet]], layout: Layout, by: User
) -> RosterImport:
    """Keeps every list of the file, without the columns that must not be held, until one is chosen."""
    choices: list[dict[str, Any]] = []
    pieces: list[Piece] = []
    for place, sheet in lists:
        try:
            parsed = parse(sheet, today=timezone.localdate(), layout=layout, look_up=idaci_deciles)
        except NotARosterError as refusal:
            if refusal.kept is None:
                continue
            kept, rows = refusal.kept, len(refusal.kept.rows)
        else:
            kept, rows = parsed.kept, len(parsed.rows)
        choices.append({"place": place, "name": sheet.name, "rows": rows})
        pieces += pieces_of(place, kept)
    notes = [note.as_json() for note in _notes(book, [sheet for _, sheet in lists])]
    return acts.stage(
        programme=sent.partnership.programme,
        school=sent.partnership.school,
        academic_year=sent.academic_year,
        upload=replace(upload, pieces=pieces),
        reading=Reading(file_format=book.format, encoding=book.encoding, asks={"sheets": choices}, notes=notes),
        compared=Compared(),
        by=by,
    )


def _as_kept(column: Column) -> dict[str, Any]:
    """A column as the import keeps it: its example, which may be a child's, stays with the sheet."""
    return {name: value for name, value in asdict(column).items() if name != "example"}


def _is_worth_asking(refusal: NotARosterError) -> bool:
    """Whether a person could say what the columns are: something of a list was found, and rows under it."""
    rows = refusal.kept.rows if refusal.kept else ()
    is_found = any(column.field for column in refusal.columns)
    return is_found and any(row.number > (refusal.heading_row or 0) for row in rows)


def _ask_what(
    sent: Sent, upload: Upload, book: Book, place: int, sheet: Sheet, refusal: NotARosterError, by: User
) -> RosterImport:
    """Keeps a list of which nobody knows yet what its columns are, until a person has said so."""
    assert refusal.kept is not None
    reading = Reading(
        file_format=book.format,
        encoding=book.encoding,
        sheet=sheet.name[:100],
        heading_row=refusal.heading_row,
        columns=[_as_kept(column) for column in refusal.columns],
        asks={"columns": str(refusal)},
        choices={"place": place, "columns": {}, "blanks": {}, "heading_row": refusal.heading_row},
        notes=[note.as_json() for note in _notes(book, [sheet])],
    )
    return acts.stage(
        programme=sent.partnership.programme,
        school=sent.partnership.school,
        academic_year=sent.academic_year,
        upload=replace(upload, pieces=list(pieces_of(place, refusal.kept))),
        reading=reading,
        compared=Compared(),
        by=by,
    )


def _read(
    book: Book, place: int, sheet: Sheet, layout: Layout, school_id: int | None
) -> tuple[Reading, list[Piece], list[staging.FileRow]]:
    """How the file was read, what is kept of the sheet, and its rows; what the file was besides is let go here."""
    parsed = parse(sheet, today=timezone.localdate(), layout=layout, look_up=idaci_deciles)
    pieces = list(pieces_of(place, parsed.kept))
    notes = [note.as_json() for note in (*_notes(book, [sheet]), *parsed.problems)]
    reading = _reading(parsed, layout, sheet=sheet.name, place=place, notes=notes)
    reading = replace(reading, file_format=book.format, encoding=book.encoding)
    return reading, pieces, staging.from_parsed(parsed, school_id)


def _reading(parsed: ParsedRoster, layout: Layout, *, sheet: str, place: int, notes: list[dict[str, Any]]) -> Reading:
    return Reading(
        sheet=sheet[:100],
        heading_row=parsed.heading_row,
        notes=notes,
        mapped=parsed.mapped,
        ignored=parsed.ignored,
        dropped=parsed.dropped,
        columns=[_as_kept(column) for column in parsed.columns],
        asks={"blanks": parsed.asks} if parsed.asks else {},
        choices={
            "place": place,
            "columns": {str(index): name for index, name in layout.columns.items()},
            "blanks": layout.blanks,
            "heading_row": layout.heading_row,
        },
    )


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


def _notes(book: Book, read_from: list[Sheet]) -> Iterator[Problem]:
    """What a person should know of the file as a whole; row 0 stands for no row."""
    for note in book.notes:
        yield Problem(0, "", "", note, refused=False)
    others = [other for other in book.sheets if other.rows and not any(other is sheet for sheet in read_from)]
    if others:
        names = ", ".join(f"“{other.name}”{' (hidden)' if other.hidden else ''}" for other in others)
        only = f"Only sheet “{read_from[0].name}” is read. " if len(read_from) == 1 else ""
        words = f"{only}Also in the file, not read: {names}. Send them as files of their own."
        yield Problem(0, "", "", words, refused=False)


def refresh(roster_import: RosterImport, *, by: User) -> int:
    """Works out again what a waiting import would do; keeps and returns the number of rows that differ.

    Where the children stand as when it was worked out, nothing is to be done.
    """
    sent = sent_again(roster_import, by)
    if roster_import.seen and roster_import.seen == seen_of(sent, intake_of(sent, by)):
        return 0
    return _compare_again(roster_import, by)


def _compare_again(roster_import: RosterImport, by: User) -> int:
    sent = sent_again(roster_import, by)
    kept = list(RosterRow.objects.filter(roster_import=roster_import).order_by("row"))
    is_mended = any(row.mended for row in kept)
    rows = file_rows(roster_import, sent.partnership.school_id, kept) if is_mended else staging.from_kept(kept)
    compared = compare(sent, rows, by, roster_import)
    now = list(compared.rows)
    differing = staging.differing(now, kept)
    keys = {staging.key_of(row) for row in now}
    gone = [row.pk for row in kept if staging.key_of(row) not in keys]
    acts.restage(roster_import=roster_import, rows=differing, gone=gone, seen=compared.seen)
    return len(differing) + len(gone)


@transaction.atomic
def decide(roster_import: RosterImport, decisions: Mapping[int, str], *, by: User) -> None:
    """Notes what a person says of rows, and works out what follows from it."""
    roster_deciding.decide(roster_import=roster_import, decisions=decisions, by=by)
    _compare_again(roster_import, by)


@transaction.atomic
def let_leave(roster_import: RosterImport, children: Sequence[int], last_day: date, *, by: User) -> None:
    """Notes who, on roll and not on the list, has left, and works out what follows from it."""
    roster_deciding.let_leave(roster_import=roster_import, children=children, last_day=last_day, by=by)
    _compare_again(roster_import, by)


def accept(roster_import: RosterImport, token: str, *, by: User) -> RosterImport:
    """Accepts an import as it was seen; returns it. Raises RosterRefusedError, among them RosterChangedError.

    Where the data has changed since the preview, nothing is written but the new preview.
    """
    with transaction.atomic():
        acts.require_waiting(roster_import, by)
        if roster_import.state == RosterImport.State.ASKING:
            raise RosterRefusedError("Say first which sheet is meant; then look at what the list would do.")
        roster_accepting.require_shown(roster_import, by, token)
        sent = sent_again(roster_import, by)
        differing = refresh(roster_import, by=by)
        if not differing:
            joins_from = intake_of(sent, by).starts_on
            return roster_accepting.accept(roster_import=roster_import, token=token, joins_from=joins_from, by=by)
    raise RosterChangedError(
        f"Nothing was written: {differing} row{'s' if differing > 1 else ''} would now do something else than the page"
        " showed, because children or rows were changed meanwhile. Look at the list again."
    )


def choose(roster_import: RosterImport, choices: Choices, *, by: User) -> None:
    """Reads the kept sheet again as a person says: another sheet, columns, heading row, meaning of blanks.

    Raises NotARosterError, changing nothing, where it is no list when read so.
    """
    sent = sent_again(roster_import, by)
    with transaction.atomic():
        acts.require_waiting(roster_import, by)
        kept = list(RosterRow.objects.filter(roster_import=roster_import))
        parsed, layout, sheet = parsed_again(roster_import, kept, choices, remembered(sent, by))
        notes = [note for note in roster_import.notes if note["row"] == 0 and not note["column"]]
        reading = _reading(
            parsed,
            layout,
            sheet=sheet.name,
            place=choices.place,
            notes=[*notes, *(note.as_json() for note in parsed.problems)],
        )
        reading = replace(reading, file_format=roster_import.file_format, encoding=roster_import.encoding)
        rows = with_said(staging.from_parsed(parsed, sent.partnership.school_id), kept)
        compared = compare(sent, rows, by, roster_import)
        acts.read_again(roster_import=roster_import, reading=reading, compared=compared, by=by)


@transaction.atomic
def mend(roster_import: RosterImport, row: RosterRow, texts: Mapping[str, str], *, by: User) -> RosterRow:
    """Puts texts in the place of cells (by field), reads the row again, and returns it as it stands now.

    The same text as was sent takes the mending back. Whether another row means the same child by now is found at the
    latest when the list is accepted.
    """
    acts.require_waiting(roster_import, by)
    # as it stands now: another press may have put it in the place of itself
    row = _standing(roster_import, row)
    sent = sent_again(roster_import, by)
    file_row = read_with(roster_import, row, texts, sent.partnership.school_id)
    roster_deciding.mend(roster_import=roster_import, row=row, now=compare_alone(sent, file_row, by), by=by)
    return RosterRow.objects.get(roster_import=roster_import, row=row.row)


def _standing(roster_import: RosterImport, row: RosterRow) -> RosterRow:
    found = RosterRow.objects.filter(roster_import=roster_import, row=row.row).first()
    if row.row is None or found is None:
        raise RosterRefusedError("There is no such row in this list any more. Look at it again.")
    return found
