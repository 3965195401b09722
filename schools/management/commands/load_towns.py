import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from schools.actions.town import keep_towns
from schools.imports.towns import published_towns


class Command(BaseCommand):
    help = "Brings the towns by which a place is searched into the database (GeoNames, CC BY 4.0)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        kept = keep_towns(facts=published_towns(), by=None)
        self.stdout.write(f"Towns: {kept.new:,} new, {kept.changed:,} changed, {kept.unchanged:,} unchanged.")
        if options["json"]:
            self.stdout.write(json.dumps({"towns": asdict(kept)}))
