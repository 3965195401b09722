"""The suite: real servers in a data folder of its own, as `web`, without shortcuts but the password hasher."""

import os
from pathlib import Path

# its own data folder, so that the suite runs beside a demonstration
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / ".data" / "test"))

from inharmony.servers import ensure

ensure(durable=False)

from inharmony.settings.development import *  # noqa: F403 - settings files build on each other by name
from inharmony.settings.development import STORAGES

DEMO = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Argon2 is slow on purpose; signing in a hundred times would only measure that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
