"""The files of photos in storage: kept under a key nobody guesses, destroyed with their photo."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from inharmony.images import Picture
from inharmony.stored import listed
from participants.queries.photo import FOLDER, file_name

# files are written before their photo is committed
SETTLES = timedelta(hours=1)


def keep_files(key: str, picture: Picture) -> None:
    """Writes the files of a photo."""
    for width, data in picture.files.items():
        default_storage.save(file_name(key, width), ContentFile(data))


def forget_files(keys: Iterable[str]) -> int:
    """Destroys the files of photos that are gone; returns of how many. What is gone already is no error."""
    many = 0
    for key in keys:
        folder = f"{FOLDER}/{key}"
        names = listed(folder)[1]
        many += bool(names)
        for name in names:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)
    return many


def keys_in_storage() -> set[str]:
    """Returns the keys there are settled files of."""
    settled = timezone.now() - SETTLES
    return {key for key in listed(FOLDER)[0] if _is_settled(key, settled)}


def _is_settled(key: str, by: datetime) -> bool:
    names = listed(f"{FOLDER}/{key}")[1]
    return all(default_storage.get_modified_time(f"{FOLDER}/{key}/{name}") < by for name in names)
