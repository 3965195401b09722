"""Looking through the files that all hosts share, whatever keeps them."""

from django.core.files.storage import default_storage


def listed(folder: str) -> tuple[list[str], list[str]]:
    """
    Returns the names of the folders and of the files in a folder; none where it is not there.

    Not asked for with `exists`: an object store has no folder, only files whose names begin alike.
    """
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return list(folders), list(files)
