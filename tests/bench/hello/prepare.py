"""`python -m tests.bench.hello.prepare`: the tables, one person, one session; prints the session's key."""

import django
from django.conf import settings


def prepare() -> str:
    """Returns the key of a session of a person signed in."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    user, _ = User.objects.get_or_create(username="somebody")
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    django.setup()
    print(prepare())
