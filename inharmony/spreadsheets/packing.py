"""Parts into a zip, row by row: a sheet's whole text is never in memory. No tighter than is let in again."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from . import limits

_CHUNK = 64 * 1024
_TIGHT = limits.RATIO * 3 // 4
# every file of the same rows is the same file; a clock would tell the time zone of the server
_MADE = (1980, 1, 1, 0, 0, 0)


def add(archive: zipfile.ZipFile, name: str, texts: Iterable[str], *, method: int = zipfile.ZIP_DEFLATED) -> None:
    """Adds a part."""
    part = zipfile.ZipInfo(name, _MADE)
    part.compress_type = method
    with archive.open(part, "w") as opened:
        for chunk in _chunks(texts):
            opened.write(chunk.encode())


def _chunks(texts: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > _CHUNK:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def loosened(data: bytes) -> bytes:
    """
    Returns the archive with its most repetitive parts not packed at all, where it is packed so tightly that it would
    be taken for a bomb: a hundred columns of “present” are more than a hundred times smaller packed. What would then
    be larger than a file that is read stays packed.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        tight = {part.filename for part in parts if part.file_size > max(part.compress_size, 1) * _TIGHT}
        if not tight or sum(part.file_size for part in parts) > limits.FILE_BYTES:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for part in parts:
                loose = zipfile.ZipInfo(part.filename, _MADE)
                loose.compress_type = zipfile.ZIP_STORED if part.filename in tight else part.compress_type
                archive.writestr(loose, packed.read(part.filename))
    return out.getvalue()
