import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from inharmony.audit.actions.digest import keep_digests


class Command(BaseCommand):
    help = "Writes the digest of each day of the trail that is over and has none yet; the clock does so at 03:30."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        made = keep_digests(today=timezone.localdate())
        for digest in made:
            rows = sum(found.rows for found in digest.sums.values())
            self.stdout.write(f"{digest.day}: {rows:,} rows, digest {digest.sha256()}")
        if not made:
            self.stdout.write("Every day that is over has its digest.")
        if options["json"]:
            self.stdout.write(json.dumps({"days": [f"{digest.day}" for digest in made]}))
