import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evaluation.actions.release import ReleaseRefusedError, cut_release
from schools.models import AcademicYear, Term


class Command(BaseCommand):
    help = "Cuts a release of a year, or of one of its terms: frozen, numbered, protected figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", metavar="YEAR", help="academic year, like 2026-27")
        parser.add_argument("--term", default="", choices=["", *Term.Season.values], help="one term of it")
        parser.add_argument(
            "--notes",
            default="",
            help="what its readers must know: what is new, what was corrected and why; without notes, a release that"
            " would say just what the last one says is not cut",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = AcademicYear.parse(options["year"])
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        if not AcademicYear.objects.filter(year=year.year).exists():
            raise CommandError(f"Nothing is recorded for {year}, so there is nothing to release.")
        try:
            notes = options["notes"].strip()
            release = cut_release(academic_year=year, term=options["term"], by=None, notes=notes, only_new=not notes)
        except ReleaseRefusedError as why:
            raise CommandError(str(why)) from why
        cells = release.cells.count()
        hidden = release.cells.exclude(symbol="").count()
        self.stdout.write(f"{release} is cut: {cells} cells, {hidden} of them hidden, rule {release.rule}.")
        if options["json"]:
            said = {"release": str(release), "number": release.number, "cells": cells, "hidden": hidden}
            self.stdout.write(json.dumps(said))
