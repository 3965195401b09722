"""What a file is, by its content and never by its name, and whether it is fit to be unpacked at all.

Runs in the calling process, so it looks at sizes, marks and the directory of a zip, and unpacks nothing.
"""

import io
import zipfile
from struct import unpack

from . import limits
from .refusal import Unreadable

XLSX, ODS, XLS, TEXT = "xlsx", "ods", "xls", "text"

_SAVE_AS = "Open it in a spreadsheet program, choose Save as, Excel workbook (.xlsx) or CSV UTF-8, and send that."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = b"PK\x05\x06"
_END_LENGTH = 22
_DIRECTORY_BYTES = limits.PARTS * 600

_OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a rich text document"),
)
_PAGE_STARTS = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style")


def kind_of(data: bytes, filename: str) -> str:
    """XLSX, ODS, XLS or TEXT, judged by content. Raises Unreadable for anything else or anything unfit."""
    if not data:
        raise Unreadable("empty", f"“{filename}” is empty: it has no bytes. Export it again and send that file.")
    if len(data) > limits.FILE_BYTES:
        raise Unreadable("size", too_large(len(data), filename))
    if data.startswith(b"PK"):
        return _kind_of_zip(data, filename)
    if data.startswith(_OLE):
        return _kind_of_ole(data, filename)
    for mark, name in _OTHER_KINDS:
        if data.startswith(mark):
            raise Unreadable("kind", f"“{filename}” is {name}, not a spreadsheet. {_SAVE_AS}")
    if data[:400].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGE_STARTS):
        raise Unreadable("kind", f"“{filename}” is a web page or XML under another name. {_SAVE_AS}")
    return TEXT


def too_large(size: int, filename: str) -> str:
    """The message for a file over the size limit."""
    return (
        f"“{filename}” has {size / limits.MEGABYTE:.0f} MB; at most {limits.FILE_BYTES // limits.MEGABYTE} MB can be"
        " read. Remove pictures and sheets that are not needed, or send it in parts."
    )


def _kind_of_ole(data: bytes, filename: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(filename)
    return XLS


def locked(filename: str) -> Unreadable:
    """The refusal of a workbook with a password."""
    return Unreadable(
        "password",
        f"“{filename}” has a password, so it cannot be read. Open it, remove the password (File, Info, Protect"
        " workbook), save it and send it again. Uploads are encrypted on their way.",
    )


def _kind_of_zip(data: bytes, filename: str) -> str:
    _check_ends(data, filename)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError) as error:
        raise damaged(filename) from error
    _check_parts(parts, len(data), filename)
    return _kind_by_parts({part.filename for part in parts}, data, filename)


def damaged(filename: str) -> Unreadable:
    """The refusal of a file that breaks off or contradicts itself."""
    return Unreadable(
        "damaged",
        f"“{filename}” cannot be read: the file is damaged or was cut off on its way. {_SAVE_AS}",
    )


def _check_ends(data: bytes, filename: str) -> None:
    """The directory must end the file and count few parts; nothing may be hung before or behind it."""
    at = data.rfind(_END)
    if at < 0 or at + _END_LENGTH > len(data) or not data.startswith(b"PK\x03\x04"):
        raise damaged(filename)
    count, size, offset, comment = unpack("<HLLH", data[at + 10 : at + _END_LENGTH])
    if count > limits.PARTS or size > _DIRECTORY_BYTES:
        raise Unreadable(
            "parts",
            f"“{filename}” holds {count} parts inside; a list of children has fewer than {limits.PARTS}. {_SAVE_AS}",
        )
    if offset + size != at or comment or at + _END_LENGTH != len(data):
        raise Unreadable(
            "two files",
            f"“{filename}” is two files in one: something stands before or behind the workbook. {_SAVE_AS}",
        )


def _check_parts(parts: list[zipfile.ZipInfo], packed: int, filename: str) -> None:
    names = [part.filename for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise locked(filename)
    if len(set(names)) != len(names) or any(_escapes(name) for name in names):
        raise Unreadable("names", f"“{filename}” has parts whose names no spreadsheet program writes. {_SAVE_AS}")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(
            "macros",
            f"“{filename}” contains macros (small programs) and is not opened. Save it as Excel workbook (.xlsx),"
            " which leaves them out, and send that.",
        )
    if any(name.lower().endswith((".zip", ".xlsx", ".xlsm", ".ods", ".docx", ".jar")) for name in names):
        raise nested(filename)
    unpacked = sum(part.file_size for part in parts)
    largest = max(part.file_size for part in parts)
    if unpacked > limits.UNPACKED_BYTES or largest > limits.PART_BYTES or _puffed_up(parts, packed):
        raise Unreadable(
            "unpacked",
            f"“{filename}” would unpack to {unpacked / limits.MEGABYTE:.0f} MB, far more than a list of children"
            " needs. Copy only the rows of the list into a new workbook and send that.",
        )


def nested(filename: str) -> Unreadable:
    """The refusal of a workbook with another file inside."""
    return Unreadable(
        "nested",
        f"“{filename}” has another file embedded in it. Copy only the rows of the list into a new workbook"
        " and send that.",
    )


def _escapes(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or "\0" in name or ".." in name.replace("\\", "/").split("/")


def _puffed_up(parts: list[zipfile.ZipInfo], packed: int) -> bool:
    """Whether the whole, or any part over 1 MB, unpacks to more than a hundred times its size."""
    if sum(part.file_size for part in parts) > max(packed, 1) * limits.RATIO:
        return True
    return any(
        part.file_size > limits.MEGABYTE and part.file_size > max(part.compress_size, 1) * limits.RATIO
        for part in parts
    )


def _kind_by_parts(names: set[str], data: bytes, filename: str) -> str:
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            raise Unreadable("kind", f"“{filename}” is a binary workbook (.xlsb). {_SAVE_AS}")
        return XLSX
    if "content.xml" in names and b"application/vnd.oasis.opendocument.spreadsheet" in data[:200]:
        return ODS
    if any(name.startswith("word/") for name in names):
        raise Unreadable("kind", f"“{filename}” is a Word document. Copy its table into a spreadsheet and send that.")
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise Unreadable("kind", f"“{filename}” is from Apple Numbers. Choose File, Export to, Excel, and send that.")
    raise Unreadable("kind", f"“{filename}” is a zip archive, not a spreadsheet. Unpack it and send the file inside.")
