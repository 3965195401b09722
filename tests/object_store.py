"""
A store of objects, as far as Django can tell one from a folder: names and bytes, no folder, no path on this machine.

Its objects lie flat in a folder, so that several processes can share it; each appears whole, as in a store over the network.
"""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible


def at(folder):
    """Returns the storage as Django's STORAGES has it."""
    return {"BACKEND": "tests.object_store.ObjectStore", "OPTIONS": {"location": folder}}


@deconstructible
class ObjectStore(Storage):
    """Its one option is the folder."""

    def __init__(self, location):
        self.location = Path(location)
        self.location.mkdir(parents=True, exist_ok=True)

    def _object(self, name):
        return self.location / quote(str(name), safe="")

    def _open(self, name, mode="rb"):
        return ContentFile(self._object(name).read_bytes(), name=name)

    def _save(self, name, content):
        beside = self.location / f".{secrets.token_hex(8)}"
        beside.write_bytes(content.read())
        beside.replace(self._object(name))
        return name

    def exists(self, name):
        return self._object(name).is_file()

    def delete(self, name):
        self._object(name).unlink(missing_ok=True)

    def listdir(self, path):
        names = [unquote(entry.name) for entry in self.location.iterdir() if not entry.name.startswith(".")]
        below = [name.removeprefix(f"{path}/") for name in names if name.startswith(f"{path}/")]
        return sorted({name.partition("/")[0] for name in below if "/" in name}), [n for n in below if "/" not in n]

    def size(self, name):
        return self._object(name).stat().st_size

    def get_modified_time(self, name):
        return datetime.fromtimestamp(self._object(name).stat().st_mtime, tz=UTC)
