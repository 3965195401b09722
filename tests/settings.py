"""For processes that start a whole portal and look into it: `make bench` and `make prove`. Nothing starts by itself."""

import secrets

from inharmony.settings.base import *  # noqa: F403 - settings files build on each other by name
from inharmony.settings.base import MIDDLEWARE, STORAGES
from inharmony.settings.databases import databases

DEMO = True
ALLOWED_HOSTS = ["localhost", "testserver"]
SECRET_KEY = secrets.token_urlsafe(64)
IDENTITY_KEY = secrets.token_urlsafe(64)
# pointed at the stack's database once it runs
DATABASES = databases("postgresql://web@localhost/none")
CELERY_BROKER_URL = "redis://localhost"
PORTAL_URL = "http://localhost"
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
