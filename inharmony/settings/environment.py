"""The environment is read here and nowhere else; every complaint says what to do."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Returns the variable, or the default; raises ImproperlyConfigured when neither is there, or it is empty."""
    value = os.environ.get(name, default)
    if value is None or (not value and default is None):
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. Set it (docs/deployment.md says to what) and start again."
        )
    return value


def flag(name: str) -> bool:
    """Returns whether the variable is switched on (1, true, yes, on)."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str | None = None) -> list[str]:
    """Returns the comma-separated values of the variable, or of the default; raises as `text` does."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
