from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from inharmony.accounts.actions import role


class Command(BaseCommand):
    help = "Makes the first account of a new portal: the operator, who invites everybody else. It works once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", help='as colleagues know them, such as "Olu Grant"')

    def handle(self, *_args: Any, email: str, name: str, **_options: Any) -> None:
        try:
            user = role.appoint_first_operator(email=email, name=name, by=None)
        except (role.AppointmentRefusedError, ValidationError) as refusal:
            words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            raise CommandError(" ".join(words)) from refusal
        link = settings.PORTAL_URL + reverse("account_reset_password")
        self.stdout.write(f"{user.email} is the operator. A link to choose a password: {link}")
