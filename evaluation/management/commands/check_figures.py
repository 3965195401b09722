import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from evaluation.queries.drift import drift_of_kept_counts, drift_of_kept_figures
from inharmony.access.scope import figures, scoped


class Command(BaseCommand):
    help = "Counts sessions and marks again and compares with all that is kept. Ends with 1 when any differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the JSON object alone, without the sentence")

    def handle(self, *args: Any, **options: Any) -> None:
        with scoped(figures()):
            found = drift_of_kept_counts() + drift_of_kept_figures(timezone.localdate())
        if not options["json"]:
            self.stdout.write(f"{found.cells:,} counts made again; {found.drift:,} differ.")
        self.stdout.write(json.dumps({"cells": found.cells, "drift": found.drift}))
        if found.drift:
            raise CommandError(
                f"{found.drift} of {found.cells} counts ({', '.join(found.kinds)}) differ from a recount. "
                "Figures made of them are wrong until they are mended: tell whoever keeps the portal."
            )
