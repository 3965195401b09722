"""What every way of running the portal shares."""

from datetime import timedelta
from pathlib import Path

from inharmony.schedule import CELERY_BEAT_SCHEDULE  # noqa: F401 - a setting like those below
from inharmony.settings.environment import text
from inharmony.settings.files import storage
from inharmony.settings.school_accounts import origins, providers

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(text("DATA_DIR", str(BASE_DIR / ".data")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "inharmony.accounts",
    "inharmony.audit",
    "inharmony.pages",
    "schools",
    "programmes",
    "participants",
    "outcomes",
    "evaluation",
    "inharmony.public",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # what everybody reads: answered here, before anybody asks who it is
    "inharmony.pages.public.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "inharmony.accounts.sessions.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "inharmony.access.middleware.AccessMiddleware",
    # innermost: it opens the transaction that carries the scope, and what it wraps renders the page
    "inharmony.access.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "inharmony.urls"
WSGI_APPLICATION = "inharmony.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "inharmony.pages.context.chrome",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
if (DATA_DIR / "built").is_dir():
    STATICFILES_DIRS.append(DATA_DIR / "built")
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_MAX_AGE = 3600

# Finished reports, photos and digests of the trail: shared by every host that runs the portal.
STORAGES = {
    "default": storage(DATA_DIR / "files", text("FILES_STORAGE", ""), text("FILES_STORAGE_OPTIONS", "")),
    "staticfiles": {"BACKEND": "inharmony.pages.storage.StaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

AUTH_USER_MODEL = "accounts.User"
# one backend: with two, a wrong password is hashed twice
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "inharmony.accounts.passwords.KnownWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "inharmony.accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# seconds for which a proof of who it is counts as fresh, before an export, an import or a change of somebody's role
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# A school's people share one address, and arrive at nine: generous to an address, strict to an account. The counts
# stand in the cache that all processes share; the address is the one the proxy saw (ALLAUTH_TRUSTED_PROXY_COUNT).
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/5m/ip,8/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
# a phone looks once an hour, and programs of a whole school from one address
CALENDAR_RATE_LIMITS = {"read": "300/m/ip,30/5m/key"}
# the people of a school arrive from one address; one link is opened by few, and sent by fewer
LIST_CHECK_RATE_LIMITS = {"open": "300/m/ip,60/5m/key"}
# What was wrong alone counts, by an address, or by it and the code: a whole school class has one address. 200 a day of
# the 9,000 numbers there are find less than one of thirty slips; without a day's limit, 60 every ten minutes find most.
ANSWER_RATE_LIMITS = {"wrong_code": "300/10m/ip", "wrong_number": "60/10m/key,200/d/key"}
# one household or school has as many addresses of version 6 as it likes, and all of them begin alike
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 64
# a library or a school is many people behind one address; one mailbox is told of few messages, whoever gave it
CONTACT_RATE_LIMITS = {"send": "20/h/ip", "mail": "5/h/key"}
MFA_ADAPTER = "inharmony.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "In Harmony"
# a phone's clock may be half a minute out
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "inharmony.accounts.forms.second_factor.SecondStepForm",
    "reauthenticate": "inharmony.accounts.forms.second_factor.ProveAgainForm",
    "add_webauthn": "inharmony.accounts.forms.passkey.AddForm",
    "login_webauthn": "inharmony.accounts.forms.passkey.EnterForm",
    "authenticate_webauthn": "inharmony.accounts.forms.passkey.SecondStepForm",
    "reauthenticate_webauthn": "inharmony.accounts.forms.passkey.ProveAgainForm",
}
# with the lock of its device asked for, a passkey is both factors
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TRUST_ENABLED = False
# Accounts of schools and councils, by OpenID Connect: issuer and subject, and of an organisation that is let in.
SCHOOL_ACCOUNTS = providers(text("OIDC_PROVIDERS", ""))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": SCHOOL_ACCOUNTS}}
SOCIALACCOUNT_ADAPTER = "inharmony.accounts.school_accounts.SchoolAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SESSION_IDLE = timedelta(minutes=30)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
# whichever way somebody came in, closing the browser of a shared machine takes the cookie with it
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # a browser holds the redirect that follows a form to this as well
        "form-action": ["'self'", *origins(SCHOOL_ACCOUNTS)],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    },
}

EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "In Harmony <portal@inharmony.example>")

# Arguments are ids, messages are JSON; the database, not the broker, is the queue of record.
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request that only wants to hint at new work must not wait for an absent broker.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1200,
    # on Redis the lowest number is taken first
    "priority_steps": [0, 9],
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
# Reports take seconds, and a whole country of them may wait: what looks after them, and what a person waits for in the
# browser, goes before.
CELERY_TASK_ROUTES = {"evaluation.make_report": {"priority": 9}}
CELERY_TIMEZONE = TIME_ZONE

DEMO = False
DEMO_ACCOUNTS: list[tuple[str, str, str]] = []
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"without_secrets": {"()": "inharmony.settings.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_secrets"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
