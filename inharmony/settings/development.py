"""The demonstration and a developer's machine: embedded servers, loopback only."""

import contextlib
import os
import secrets

from inharmony.servers import ensure
from inharmony.settings.base import *  # noqa: F403 - settings files build on each other by name
from inharmony.settings.base import DATA_DIR, MIDDLEWARE, STORAGES
from inharmony.settings.databases import databases, login
from inharmony.settings.environment import flag, text


def _kept_secret(name: str) -> str:
    """Returns a random secret that stays the same for this data folder, so that sessions survive a restart."""
    path = DATA_DIR / "run" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        drawn = path.with_name(f"{name}.{os.getpid()}")
        drawn.write_text(secrets.token_urlsafe(64))
        drawn.chmod(0o600)
        # the first of several processes that start at once wins; the others read what it drew
        with contextlib.suppress(FileExistsError):
            os.link(drawn, path)
        drawn.unlink()
    return path.read_text()


DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = _kept_secret("secret_key")
IDENTITY_KEY = _kept_secret("identity_key")

_servers = ensure()
DATABASES = databases(_servers.database_url(login()))
CELERY_BROKER_URL = _servers.redis_url
CACHES = {
    "default": {"BACKEND": "inharmony.cache.SteadyCache", "LOCATION": _servers.cache_url},
}

EMAIL_BACKEND = "inharmony.accounts.outbox.OutboxBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "inharmony.pages.storage.StaticFiles"}
    if DEMO
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not DEMO
# passkeys on http://localhost, which browsers trust as they trust TLS
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PORTAL_URL = text("PORTAL_URL", "http://localhost:8000")

if DEMO:
    MIDDLEWARE = ["inharmony.accounts.demonstration.LoopbackOnlyMiddleware", *MIDDLEWARE]
    DEMO_ACCOUNTS = [
        ("coordinator@liverpool.example", "Coordinator", "Liverpool"),
        ("admin@liverpool.example", "Hub administrator", "Liverpool"),
        ("manager@liverpool.example", "Hub manager", "Liverpool"),
        ("coordinator@leeds.example", "Coordinator", "Leeds"),
        ("admin@leeds.example", "Hub administrator", "Leeds"),
        ("manager@leeds.example", "Hub manager", "Leeds"),
        ("school@faith.example", "School lead", "Faith"),
        ("national@arts.example", "Arts Council staff", "National"),
        ("operator@portal.example", "Operator", "Portal"),
    ]
