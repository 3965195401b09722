"""
Uploaded pictures: looked at by content, then made anew by a limited child process; the portal itself decodes none.

What comes back are plain JPEGs in a few widths, turned upright, in sRGB and without a word of what the file said of
itself: no place, no camera, no names. Whatever else stood in the file is gone with it.
"""

import json
import os
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import IO

from inharmony import image_limits as limits

_CHILD = Path(__file__).resolve().with_name("image_child.py")
# nothing of the portal is loaded: the child is one file beside Python's own and the picture library
START = "import sys, runpy; sys.path.append(sys.argv.pop(1)); runpy.run_path(sys.argv.pop(1), run_name='child')"
KINDS = "Send a photo as JPEG, PNG or WebP."
HEIC = (
    "is a HEIC picture, which most browsers cannot show. On an iPhone choose “Most Compatible” under Settings, Camera,"
    " Formats, or share the photo as JPEG, and send that."
)


class PictureRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The picture is refused; `str()` of it tells the person why and what to do, `reason` is a word for tests."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A picture made anew: size of the largest file, and the bytes of each by width."""

    width: int
    height: int
    files: dict[int, bytes]

    @property
    def widths(self) -> list[int]:
        """The widths there are files of, from the smallest."""
        return sorted(self.files)


def remade(data: bytes, filename: str, *, seconds: float = limits.WALL_SECONDS) -> Picture:
    """
    Returns a picture made anew from the bytes of a JPEG, PNG or WebP file; the name is only used in messages.

    Raises PictureRefused for anything else, anything past the limits, and whenever the child ends without an answer.
    """
    name = _name(filename)
    _require_known(data, name)
    answer = _answer_of_child(data, seconds)
    if answer is None:
        raise PictureRefused("time", f"“{name}” takes too long to read. Save it anew as JPEG and send that.")
    head, _, rest = answer.partition(b"\n")
    try:
        told = json.loads(head)
        if "refused" in told:
            raise PictureRefused(told["refused"], f"“{name}” {told['message']}")
        return _picture(told, rest)
    except (ValueError, KeyError, TypeError, struct.error) as error:
        words = f"“{name}” cannot be read: it is damaged or needs too much memory. Save it anew as JPEG and send that."
        raise PictureRefused("crash", words) from error


def _name(filename: str) -> str:
    kept = "".join(letter if letter.isprintable() else "?" for letter in filename[-300:].replace("\\", "/"))
    return Path(kept).name[:100] or "the picture"


def _require_known(data: bytes, name: str) -> None:
    if not data:
        raise PictureRefused("empty", f"“{name}” is empty. {KINDS}")
    if len(data) > limits.FILE_BYTES:
        size = len(data) / limits.MEGABYTE
        raise PictureRefused(
            "size", f"“{name}” has {size:.0f} MB; a picture may have 20. Save it smaller and send that."
        )
    if data[4:8] == b"ftyp" and data[8:12] in limits.HEIC_BRANDS:
        raise PictureRefused("heic", f"“{name}” {HEIC}")
    known = data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
    if not known:
        raise PictureRefused("kind", f"“{name}” is not a picture that can be read. {KINDS}")


def _picture(told: dict[str, list[list[int]]], rest: bytes) -> Picture:
    """The child may have been taken over by its file: it is believed nothing that is not plain."""
    stream, files = BytesIO(rest), {}
    width = height = 0
    for wide, high, size in told["files"]:
        made = stream.read(size)
        if len(made) != size or not (made.startswith(b"\xff\xd8\xff") and made.endswith(b"\xff\xd9")):
            raise ValueError("not a JPEG")
        if wide not in limits.allowed(wide) or not 0 < high <= limits.SIDE:
            raise ValueError("not a size")
        files[wide] = made
        if wide > width:
            width, height = wide, high
    if not files or stream.read(1):
        raise ValueError("more or less than was said")
    return Picture(width, height, files)


def _answer_of_child(data: bytes, seconds: float) -> bytes | None:
    with _as_open_file(data) as given:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", START, _libraries(), str(_CHILD)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
    out_of_time = threading.Event()

    def stop() -> None:
        out_of_time.set()
        child.kill()

    clock = threading.Timer(seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        assert child.stdout is not None
        answer = child.stdout.read(limits.ANSWER_BYTES)
    finally:
        clock.cancel()
        child.kill()
        child.communicate()
    return None if out_of_time.is_set() else answer


def _libraries() -> str:
    """The folder that holds the picture library; found, not loaded."""
    found = find_spec("PIL")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).resolve().parents[1])


def _as_open_file(data: bytes) -> IO[bytes]:
    """The bytes as a file that has no name anywhere, so that nothing of it can be left behind."""
    opened = os.fdopen(os.memfd_create("picture", os.MFD_CLOEXEC), "w+b")
    opened.write(data)
    opened.seek(0)
    return opened
