from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evaluation.actions.report_due import draft_all
from schools.models import AcademicYear


class Command(BaseCommand):
    help = "Asks for every report of a year, of each programme and of the country; workers make them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", metavar="YEAR", help="academic year, like 2026-27")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            year = AcademicYear.parse(options["year"])
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        jobs = draft_all(year=year)
        if not jobs:
            raise CommandError(f"No programme ran in {year}, and no release of it is cut: there is nothing to report.")
        states = Counter(job.get_state_display().lower() for job in jobs)
        told = ", ".join(f"{many} {state}" for state, many in sorted(states.items()))
        self.stdout.write(f"{len(jobs)} reports of {year} asked for: {told}. They stand in the list of reports.")
