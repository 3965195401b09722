import json
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
        parser.add_argument("--json", action="store_true", help="print one JSON object on the last line")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            year = AcademicYear.parse(options["year"])
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        drafts = draft_all(year=year)
        states = Counter(job.get_state_display().lower() for job in drafts.jobs)
        for line in (*drafts.nothing, *drafts.failed):
            self.stderr.write(line)
        if drafts.jobs:
            told = ", ".join(f"{many} {state}" for state, many in sorted(states.items()))
            many = "1 report" if len(drafts.jobs) == 1 else f"{len(drafts.jobs)} reports"
            self.stdout.write(f"{many} of {year} asked for: {told}. They stand in the list of reports.")
        if options["json"]:
            said = {"asked": len(drafts.jobs), "states": states, "nothing": drafts.nothing, "failed": drafts.failed}
            self.stdout.write(json.dumps(said))
        if drafts.failed:
            raise CommandError(
                f"{len(drafts.failed)} could not be asked for: see above, and the log. Those asked for are kept: "
                "run it again for the rest."
            )
        if not drafts.jobs:
            raise CommandError(f"No programme ran in {year}, and no release of it is cut: there is nothing to report.")
