"""Where finished reports lie: whole or not at all, under names that nobody can guess."""

import errno
import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from inharmony.stored import listed

FOLDER = "reports"


def put(data: bytes) -> str:
    """
    Keeps the file under a random name and returns the name.

    In a folder it is written beside its place, flushed to disk and moved there in one step, so that a crash or a full
    disk leaves no half file under a name that anything points to. Other storages save whole by themselves. Raises
    OSError when there is no room.
    """
    name = f"{FOLDER}/{secrets.token_hex(20)}.pdf"
    try:
        place = Path(default_storage.path(name))
    except NotImplementedError:
        return default_storage.save(name, ContentFile(data))
    _write_whole(place, data)
    return name


def _write_whole(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = place.with_suffix(".part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise
    _flush(place.parent)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as refused:
        # some network folders know no such thing: whoever keeps them writes a name down with its file
        if refused.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def get(name: str) -> bytes | None:
    """Returns the file, or None when it is no longer there."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def is_there(name: str) -> bool:
    """Returns whether the file is still kept."""
    return bool(name) and default_storage.exists(name)


def settled(by: datetime) -> set[str]:
    """Returns the names of all files that were last written before a moment, half ones among them."""
    names = {f"{FOLDER}/{name}" for name in listed(FOLDER)[1]}
    return {name for name in names if _is_settled(name, by)}


def _is_settled(name: str, by: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < by
    except FileNotFoundError:
        # it went in this very moment
        return False


def drop(name: str) -> None:
    """Removes a file nobody points to."""
    default_storage.delete(name)
