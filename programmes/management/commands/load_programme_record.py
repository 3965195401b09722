import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from programmes.actions.record import load_record


class Command(BaseCommand):
    help = (
        "Brings the programme's public record (programmes, organisations, milestones, money, studies, figures and the "
        "others) into the database; leaves alone what a person changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        outcome = load_record(by=None)
        for noun, kept in outcome.items():
            self.stdout.write(
                f"{noun.capitalize()}: {kept.new} new, {kept.changed} changed, {kept.unchanged} unchanged."
            )
        if not any(kept.new or kept.changed for kept in outcome.values()):
            self.stdout.write("Nothing was changed: the record is loaded.")
        if options["json"]:
            self.stdout.write(json.dumps({noun.replace(" ", "_"): asdict(kept) for noun, kept in outcome.items()}))
