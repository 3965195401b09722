"""For a worker on a host of its own: as the suite is set, but what it writes to people is kept where all hosts find it."""

from inharmony.settings.test import *  # noqa: F403 - settings files build on each other by name

EMAIL_BACKEND = "inharmony.accounts.outbox.OutboxBackend"
