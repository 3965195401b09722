import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.actions.rebuild import BusyError, rebuild_tallies


class Command(BaseCommand):
    help = "Counts again, from marks and sessions, all that is kept as counts. Nobody saves a register meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object on the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rebuilt = rebuild_tallies()
        except BusyError as busy:
            raise CommandError(str(busy)) from busy
        self.stdout.write(
            f"Counted again {rebuilt.registers:,} registers, {rebuilt.months:,} months of children and "
            f"{rebuilt.days:,} days of programmes."
        )
        if options["json"]:
            self.stdout.write(json.dumps(asdict(rebuilt)))
