import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from inharmony.access.closing import refusal_of
from inharmony.access.permissions import Permission
from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import User
from participants.actions import roster_undo
from participants.actions.roster import RosterRefusedError
from participants.models import RosterImport


class Command(BaseCommand):
    help = (
        "Takes an accepted class list back; what was changed since, or has something hanging on it, is left and named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("import_id", type=int, metavar="ID")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the hub administrator or manager who acts")
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        told: dict[str, Any] = {
            "import_id": options["import_id"],
            "removed": 0,
            "restored": 0,
            "kept": [],
            "refused": None,
        }
        refusal = ""
        user = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if user is None:
            refusal = f"There is no account with the address {options['by']}."
        else:
            try:
                with scoped(scope_of(user)):
                    told |= self._undo(options["import_id"], user)
            except RosterRefusedError as error:
                refusal = str(error)
            except DatabaseError as error:
                refusal = refusal_of(error)
                if not refusal:
                    raise
        self._tell(told | {"refused": refusal or None}, as_json=options["json"])
        if refusal:
            raise CommandError(refusal)

    def _undo(self, import_id: int, user: User) -> dict[str, Any]:
        programmes = user.reach.programmes_for(Permission.IMPORT_ROSTER)
        found = RosterImport.objects.visible_to(user).filter(pk=import_id, programme_id__in=programmes).first()
        if found is None:
            raise RosterRefusedError(f"There is no import {import_id} in a hub whose class lists {user.name} keeps.")
        done = roster_undo.undo(roster_import=found, by=user)
        return {
            "removed": len(done.removed),
            "restored": len(done.restored),
            "kept": [{"row": kept.row, "why": kept.why} for kept in done.kept],
        }

    def _tell(self, told: dict[str, Any], *, as_json: bool) -> None:
        if told["refused"] is None:
            self.stdout.write(
                f"Import {told['import_id']} is undone: {told['removed']:,} children removed,"
                f" {told['restored']:,} put back, {len(told['kept']):,} left as they are."
            )
            for kept in told["kept"]:
                self.stdout.write(f"  Row {kept['row']} is left: {kept['why']}.")
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
