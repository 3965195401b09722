import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from inharmony.accounts.actions import unused
from inharmony.accounts.queries.unused import Plan, unused_accounts
from inharmony.pages import dates


class Command(BaseCommand):
    help = "Shuts accounts that nobody has used for 12 months, and writes to their people two weeks before and then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object on the last line")

    def handle(self, *_args: Any, dry_run: bool, **options: Any) -> None:
        plan = unused_accounts(timezone.localdate()) if dry_run else unused.disable_unused_accounts(by=None)
        self._tell(plan, would=dry_run)
        if options["json"]:
            counts = {name: len(accounts) for name, accounts in vars(plan).items()}
            self.stdout.write(json.dumps(counts | {"dry_run": dry_run}))

    def _tell(self, plan: Plan, *, would: bool) -> None:
        words = {
            "warned": "would be written to" if would else "written to",
            "disabled": "would be shut" if would else "shut",
            "kept": "not used either, but the last operator: stays open",
        }
        for name, accounts in vars(plan).items():
            for account in accounts:
                self.stdout.write(f"{account.user.email}, not used since {dates.day(account.since)}: {words[name]}.")
        if not any(vars(plan).values()):
            self.stdout.write("Every account that is open was used in the last 12 months.")
