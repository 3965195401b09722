import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evaluation.demonstration.scale import SCALES
from evaluation.demonstration.seeding import SeedingRefusedError, seed


class Command(BaseCommand):
    help = "Fills an empty database with invented schools, children and registers on the real programmes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", choices=sorted(SCALES), default="small")
        parser.add_argument("--years", type=int, default=3, choices=range(1, 16), metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="N")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        scale, today = SCALES[options["scale"]], timezone.localdate()
        try:
            invented = seed(scale=scale, years=options["years"], seed=options["seed"], today=today)
        except SeedingRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Invented {invented.children:,} children at {invented.schools} schools of {invented.programmes} "
            f"programmes, {invented.sessions:,} sessions and {invented.marks:,} marks; {invented.releases} releases."
        )
        if options["json"]:
            self.stdout.write(json.dumps(asdict(invented)))
