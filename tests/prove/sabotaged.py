"""Settings of a running portal whose walls are down, for the crawler to cut its teeth on. Of tests only."""

from inharmony.settings.development import *  # noqa: F403 - settings files build on each other by name
from inharmony.settings.development import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.prove.sabotage.Sabotage"]
