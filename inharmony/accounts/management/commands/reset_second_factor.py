from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inharmony.accounts.actions import second_factor
from inharmony.accounts.models import SecondFactorReset, User


class Command(BaseCommand):
    help = (
        "Takes off a lost second factor that nobody else can vouch for, the operator's; prints the code to tell them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--known", choices=SecondFactorReset.Check.values, required=True, help="how you know them")

    def handle(self, *_args: Any, email: str, known: str, **_options: Any) -> None:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no open account of {email}.")
        made, code = second_factor.reset(user=user, how_known=SecondFactorReset.Check(known), by=None)
        self.stdout.write(f"Tell {user} this code, good until {made.expires_at:%-d %B %Y, %H:%M} UTC: {code}")
