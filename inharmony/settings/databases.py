"""Which server, and as whom: `web` for pages, `worker` for tasks and commands, `owner` for migrations."""

import sys
from typing import Any

import dj_database_url

from inharmony.settings.environment import text

OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "showmigrations",
    "optimizemigration",
    "flush",
    "rebuild_tallies",
}
LOADER_COMMANDS = {
    "seed_demo",
    "load_programme_record",
    "load_towns",
    "import_schools",
    "import_postcodes",
    "import_deprivation",
}


def login() -> str:
    """Returns the database login of this process: named by DATABASE_LOGIN, else by the command being run."""
    command = sys.argv[1] if len(sys.argv) > 1 and sys.argv[0].endswith("manage.py") else ""
    if command in OWNER_COMMANDS:
        fallback = "owner"
    elif command in LOADER_COMMANDS:
        fallback = "loader"
    elif command and command not in {"runserver", "check"}:
        fallback = "worker"
    else:
        fallback = "web"
    return text("DATABASE_LOGIN", fallback)


def databases(url: str, **options: Any) -> dict[str, dict[str, Any]]:
    """Returns Django's DATABASES for a server address; the login of this process replaces the one in it."""
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    config.update(
        CONN_MAX_AGE=300,
        CONN_HEALTH_CHECKS=True,
        # Personal data is scoped by the transaction: one transaction a request, opened by our own middleware.
        ATOMIC_REQUESTS=False,
        DISABLE_SERVER_SIDE_CURSORS=True,
    )
    config.update(options)
    return {"default": config}
