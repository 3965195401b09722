"""The suite: real servers in a data folder of its own, as `web`, without shortcuts but the password hasher."""

import os
from pathlib import Path

# its own data folder, so that the suite runs beside a demonstration
os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / ".data" / "test"))
# of several processes of the suite each has one, so that they share nothing; what a test starts stays in its process's
_process = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
if _process != os.environ.setdefault("SUITE_PROCESS", "gw0"):
    os.environ["SUITE_PROCESS"] = _process
    os.environ["DATA_DIR"] += f"-{_process}"

from inharmony.servers import ensure

ensure(durable=False)

from inharmony.settings.development import *  # noqa: F403 - settings files build on each other by name
from inharmony.settings.development import STORAGES

DEMO = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Argon2 is slow on purpose; signing in a hundred times would only measure that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
