from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from schools.imports.command import ImportCommand
from schools.imports.context.tables import import_school_context
from schools.imports.outcome import Outcome
from schools.models import AcademicYear


class Command(ImportCommand):
    help = "Takes what a published table says of schools in one academic year: roll, shares, attendance, attainment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--year", required=True, help="the academic year the numbers are of, like 2018-19")
        parser.add_argument("--source", required=True, help="what was published, by whom and when")

    def loaded(self, path: Path, options: dict[str, Any]) -> Outcome:
        try:
            year = AcademicYear.parse(options["year"])
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        if not 2000 <= year.pk <= AcademicYear.year_of(timezone.localdate()):
            raise CommandError(f"{year} is no year of which anything is published yet.", returncode=2)
        source = " ".join(options["source"].split())
        if not source or ";" in source:
            raise CommandError("Say in --source what was published, by whom and when, without “;”.", returncode=2)
        return import_school_context(path, year=year, source=source, by=None)
