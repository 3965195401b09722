"""A bare Django project, as `startproject` makes it, on the bench's PostgreSQL."""

import os

import dj_database_url

DEBUG = False
SECRET_KEY = os.environ["HELLO_SECRET"]
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "tests.bench.hello.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES = {"default": dj_database_url.parse(os.environ["HELLO_DATABASE_URL"], conn_max_age=300)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
