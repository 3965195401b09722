"""Where files lie that all hosts share: reports, photos, digests of the trail."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

WHAT_TO_DO = "docs/deployment.md says what it holds. Correct it, or leave both empty to keep files in a folder."


def storage(folder: Path, backend: str, options: str) -> dict[str, Any]:
    """
    Returns the storage of files as Django's STORAGES has it: a folder, or any other by its class and its options.

    A folder of the network is a folder. `options` is one JSON object, handed to the class; raises ImproperlyConfigured
    where it is none, or names no class.
    """
    if not backend:
        if options:
            raise ImproperlyConfigured(f"FILES_STORAGE_OPTIONS is set and FILES_STORAGE is not. {WHAT_TO_DO}")
        # never under a public address, only through a view that asks who
        in_a_folder = {"location": folder, "base_url": None, "file_permissions_mode": 0o600}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": in_a_folder}
    try:
        given = json.loads(options or "{}")
    except ValueError as error:
        raise ImproperlyConfigured(f"FILES_STORAGE_OPTIONS is no JSON ({error}). {WHAT_TO_DO}") from error
    if not isinstance(given, dict):
        raise ImproperlyConfigured(f"FILES_STORAGE_OPTIONS is no JSON object, but a list or a value. {WHAT_TO_DO}")
    return {"BACKEND": backend, "OPTIONS": given}
