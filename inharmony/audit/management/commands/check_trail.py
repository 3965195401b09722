import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from inharmony.audit.actions.digest import check_trail


class Command(BaseCommand):
    help = "Compares the trail with the digests kept outside the database, and names each day that is not what it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        checked = check_trail(today=timezone.localdate())
        for each in checked.differing:
            self.stdout.write(f"{each.day} {each.table or 'file'}: {each.why}")
        if not checked.days and not checked.differing:
            self.stdout.write("There is no digest yet: the first is made in the night after the first entry.")
        elif not checked.differing:
            self.stdout.write(f"{checked.days:,} days and {checked.rows:,} rows are what they were.")
        if options["json"]:
            differ = [{"day": f"{each.day}", "table": each.table, "why": each.why} for each in checked.differing]
            self.stdout.write(json.dumps({"days": checked.days, "rows": checked.rows, "differ": differ}))
        if checked.differing:
            raise CommandError("The trail is not what it was. Keep a copy of the database and tell the hubs' managers.")
