"""On the internet, behind the proxy: everything secret or local comes from the environment."""

from inharmony.settings.base import *  # noqa: F403 - settings files build on each other by name
from inharmony.settings.databases import databases
from inharmony.settings.environment import listed, text

DEBUG = False
SECRET_KEY = text("SECRET_KEY")
IDENTITY_KEY = text("IDENTITY_KEY")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
PORTAL_URL = text("PORTAL_URL", f"https://{ALLOWED_HOSTS[0]}")

DATABASES = databases(text("DATABASE_URL"))
CELERY_BROKER_URL = text("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "inharmony.cache.SteadyCache", "LOCATION": CELERY_BROKER_URL},
}

EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = True
# a silent mail server must not hold a page longer than a person waits
EMAIL_TIMEOUT = 10

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
# The proxy in front is one: its own entry of X-Forwarded-For is the only one believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
