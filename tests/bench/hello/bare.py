"""A Django project with nothing in it: no app, no database. The floor of a web process's memory."""

import os

DEBUG = False
SECRET_KEY = os.environ["HELLO_SECRET"]
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "tests.bench.hello.bare_urls"
INSTALLED_APPS: list[str] = []
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
USE_TZ = True
