import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from inharmony.access.closing import refusal_of
from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.spreadsheets import limits, precheck
from participants.actions.roster import AgreementMissingError, RosterRefusedError
from participants.actions.roster_accepting import token_for
from participants.imports.roster import preview, report
from participants.imports.roster.comparing import Sent
from participants.models import RosterImport, RosterRow
from participants.queries.partner import SchoolRefusedError, partner_school
from schools.models import AcademicYear

SHOWN = 30


def _audit_sight(shown: RosterImport, by: User) -> None:
    """Writes down whose rows of an import are printed that was staged some other time."""
    rows = RosterRow.objects.filter(roster_import=shown, child__isnull=False, row__isnull=False)
    children = rows.order_by("child_id").values_list("child_id", flat=True)
    audit(act="roster.viewed", by=by, programme_id=shown.programme_id, subject=shown, children=children)


class Command(BaseCommand):
    help = "Reads a school's class list and shows what it would do; with --accept, does it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--school", required=True, metavar="URN", help="a partner school; `demo`: an invented one")
        parser.add_argument("--year", required=True, metavar="2026-27", help="the academic year of the list")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the hub administrator or manager who acts")
        parser.add_argument("--accept", action="store_true", help="write; close matches stay out until decided")
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            year = AcademicYear.parse(options["year"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        if not path.is_file():
            raise CommandError(f"There is no file {path}. Name the class list to import.", returncode=2)
        user = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if user is None:
            self._refuse(f"There is no account with the address {options['by']}.", options)
            return
        try:
            with scoped(scope_of(user)):
                told, refusal = self._import(path, year, user, options)
        except DatabaseError as error:
            if not (words := refusal_of(error)):
                raise
            self._refuse(words, options)
            return
        self._tell(told)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        if refusal:
            raise CommandError(refusal)

    def _import(
        self, path: Path, year: AcademicYear, user: User, options: dict[str, Any]
    ) -> tuple[dict[str, Any], str]:
        """What to tell, and why it was refused if it was. Raises nothing that would roll an entry back."""
        try:
            partnership = partner_school(options["school"], by=user, day=timezone.localdate())
            if path.stat().st_size > limits.FILE_BYTES:
                message = precheck.too_large(path.stat().st_size, path.name)
                return report.refused_as_json(message), message
            sent = Sent(path.read_bytes(), path.name, partnership, year)
            staged = preview.stage(sent, by=user, may_ask=False)
        except (SchoolRefusedError, AgreementMissingError) as refusal:
            return report.refused_as_json(str(refusal)), str(refusal)
        except preview.AlreadyImportedError as known:
            _audit_sight(known.roster_import, user)
            return report.in_force_as_json(known.roster_import, str(known)), ""
        except preview.FileRefusedError as refusal:
            return report.as_json(refusal.roster_import), str(refusal)
        return self._accepted(staged, user) if options["accept"] else (report.as_json(staged), "")

    def _accepted(self, staged: RosterImport, user: User) -> tuple[dict[str, Any], str]:
        told = report.as_json(staged)
        try:
            preview.accept(staged, token_for(staged, user), by=user)
        except RosterRefusedError as refusal:
            return told | {"refused_file": str(refusal)}, str(refusal)
        return told | {"message": f"Accepted as import {staged.pk}."}, ""

    def _refuse(self, message: str, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report.refused_as_json(message), ensure_ascii=False))
        raise CommandError(message)

    def _tell(self, told: dict[str, Any]) -> None:
        if told["refused_file"]:
            return
        rows = told["rows"]
        kinds = ", ".join(f"{rows[kind]:,} {kind.replace('_', ' ')}" for kind in rows if kind != "total")
        self.stdout.write(f"{rows['total']:,} rows: {kinds}.")
        if told["columns"]["ignored"]:
            self.stdout.write(f"Columns not kept: {', '.join(told['columns']['ignored'])}.")
        for problem in told["problems"][:SHOWN]:
            place = ", ".join(filter(None, [f"Row {problem['row']}" if problem["row"] else "File", problem["column"]]))
            self.stdout.write(f"  {place}: {problem['message']}{' (row refused)' if problem['refused'] else ''}")
        if len(told["problems"]) > SHOWN:
            self.stdout.write(f"  and {len(told['problems']) - SHOWN:,} more; --json lists them all.")
        self.stdout.write(
            told.get("message") or f"Nothing is written yet. Import {told['import_id']} waits: use --accept."
        )
