"""The command line of the three imports of published tables: arguments, messages, exit codes."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from inharmony.spreadsheets.sheet import Unreadable
from schools.imports.outcome import Outcome

SHOWN = 20


class ImportCommand(BaseCommand):
    """
    `FILE [--json]`. Exit codes: 0 done, 1 refused (the file, or every row of it), 2 wrong usage.

    Subclasses name the loading function.
    """

    load: ClassVar[Callable[..., Outcome]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object on the last line")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}. Name the CSV file to import.", returncode=2)
        try:
            outcome = self.loaded(path, options)
        except Unreadable as refusal:
            self._refuse_file(str(refusal), as_json=options["json"])
            return
        self._tell(outcome)
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False))
        if outcome.rows and outcome.refused == outcome.rows:
            raise CommandError(f"No row could be taken: all {outcome.rows:,} were refused.")

    def loaded(self, path: Path, _options: dict[str, Any]) -> Outcome:
        """Loads the file; a command with arguments of its own hands them on."""
        return self.load(path, by=None)

    def _refuse_file(self, message: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(Outcome().as_json() | {"refused_file": message}, ensure_ascii=False))
        raise CommandError(message)

    def _tell(self, outcome: Outcome) -> None:
        self.stdout.write(
            f"{outcome.rows:,} {outcome.noun} read: {outcome.new:,} new, {outcome.changed:,} changed, "
            f"{outcome.unchanged:,} unchanged, {outcome.refused:,} refused."
        )
        for problem in outcome.problems[:SHOWN]:
            self.stdout.write(
                f"  Row {problem.row}, {problem.column}, “{problem.value}”: {problem.message.removesuffix('.')}."
            )
        if outcome.refused > SHOWN:
            self.stdout.write(f"  and {outcome.refused - SHOWN:,} more rows; --json lists them.")
        for words in outcome.more_words():
            self.stdout.write(words)
        if outcome.ignored_columns:
            self.stdout.write(f"{len(outcome.ignored_columns)} columns are not used and were ignored.")
