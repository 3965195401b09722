import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from outcomes.actions.wording import load_wording
from outcomes.measures.wording import MeasureWording, read_wording
from outcomes.measures.wording_file import WordingRefusedError


class Command(BaseCommand):
    help = (
        "Loads the words of a measure that somebody else wrote from a JSON file, as its licence allows; once loaded, "
        "they are never changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}. Name the JSON file with the words.", returncode=2)
        try:
            wording = read_wording(path.read_bytes(), today=timezone.localdate())
            is_new = load_wording(wording=wording, by=None)
        except WordingRefusedError as refusal:
            if options["json"]:
                problems = [asdict(problem) for problem in refusal.problems]
                self._print(measure=None, version=None, state="refused", problems=problems)
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_said(wording, is_new=is_new))
        if options["json"]:
            state = "loaded" if is_new else "already loaded"
            self._print(measure=wording.measure, version=wording.version, state=state, problems=[])

    def _print(self, **told: Any) -> None:
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def _said(wording: MeasureWording, *, is_new: bool) -> str:
    named = f"{wording.measure} {wording.version}"
    if not is_new:
        return f"{named} is already loaded, with these words. Nothing was changed."
    return f"{named}: {len(wording.items)} items and {len(wording.answers)} answers loaded. It can be asked now."
