"""For checks that read the code and need no server: types, templates, missing migrations."""

from inharmony.settings.base import *  # noqa: F403 - settings files build on each other by name
from inharmony.settings.databases import databases

SECRET_KEY = "only for checks that start nothing"  # noqa: S105 - guards nothing: no server runs with it
IDENTITY_KEY = "only for checks that start nothing"
DATABASES = databases("postgresql://web@localhost/none")
CELERY_BROKER_URL = "redis://localhost"
PORTAL_URL = "http://localhost:8000"
