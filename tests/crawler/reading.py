"""Every text that an answer holds, however it is wrapped: markup, escapes, archives, sheets, PDFs, tokens."""

import base64
import binascii
import codecs
import csv
import gzip
import html
import io
import json
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_plus

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tests.crawler.wire import Answer

LARGEST = 50_000_000  # bytes unpacked of one archive or token
DEEPEST = 3  # archives within archives
# in the midst of a word; others stand between words
WITHIN = re.compile(
    r"</?(?:a|b|bdi|em|i|mark|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(r"<[^<>]*>")
ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})")
TOKEN = re.compile(r"\.?[A-Za-z0-9_/+-]{24,}={0,2}")
Found = tuple[str, str]  # where, text

logging.getLogger("pypdf").setLevel(logging.ERROR)  # a file cut short is read as far as it goes, without a word


class UnreadableError(Exception):
    """A file that says it is one thing and cannot be read as that: nobody can say that it holds no name."""


def texts_of(answer: Answer) -> Iterator[Found]:
    """Yields what an answer says: headers, cookies and body, each as sent and unwrapped. Raises UnreadableError."""
    lines = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    yield from spelt_out("headers", lines)
    yield from unpacked_tokens("cookie", "\n".join(v for name, v in answer.headers if name.lower() == "set-cookie"))
    body = answer.body
    if answer.header("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    yield from texts_in("body", body, answer.media_type)


def texts_in(where: str, data: bytes, media_type: str = "", depth: int = 0) -> Iterator[Found]:
    """Yields every text of some bytes; what they are is told by how they begin, not by their name alone."""
    if data.startswith(b"%PDF-"):
        yield from _pdf(where, data, depth)
    elif data.startswith(b"PK\x03\x04"):
        yield from _archive(where, data, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from texts_in(f"{where}, unpacked", gzip.decompress(data)[:LARGEST], depth=depth)
    elif media_type == "application/pdf" or "spreadsheet" in media_type:
        raise UnreadableError(f"{where} says it is {media_type} and begins with {data[:12]!r}")
    elif data:
        yield from _text(where, decoded(data), media_type)


def decoded(data: bytes) -> str:
    """Returns the text of bytes in any of the encodings that spreadsheets and pages come in."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def spelt_out(where: str, text: str) -> Iterator[Found]:
    """Yields a text as it is and, where it holds such, without HTML escapes, URL escapes and those of scripts."""
    yield where, text
    if "&" in text:
        plain = html.unescape(text)
        if plain != text:
            yield f"{where}, HTML unescaped", plain
            if "&" in plain:
                yield f"{where}, HTML unescaped twice", html.unescape(plain)
    if "%" in text:
        yield f"{where}, URL decoded", unquote_plus(html.unescape(text))
    if "\\u" in text or "\\x" in text:
        yield f"{where}, script unescaped", ESCAPE.sub(lambda found: chr(int(found[1][1:], 16)), text)


def _text(where: str, text: str, media_type: str) -> Iterator[Found]:
    yield from spelt_out(where, text)
    if "<" in text:
        # a name with markup in its midst is a name
        yield from spelt_out(f"{where}, without tags", TAG.sub(" ", WITHIN.sub("", text)))
    yield from unpacked_tokens(where, text)
    if media_type == "application/json":
        yield f"{where}, JSON", "\n".join(_leaves(json.loads(text)))
    if media_type == "text/csv":
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        yield f"{where}, cells", "\n".join(cells)


def _leaves(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield str(key)
            yield from _leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value)
    else:
        yield str(node)


def _archive(where: str, data: bytes, depth: int) -> Iterator[Found]:
    """Every part of a workbook or archive: sheets, shared texts, comments, properties; and the names of the parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST or depth > DEEPEST:
                raise UnreadableError(f"{where} is too large or too deep an archive")
            yield f"{where}, names of parts", "\n".join(member.filename for member in members)
            for member in members:
                yield from texts_in(f"{where}, {member.filename}", archive.read(member), depth=depth + 1)
    except zipfile.BadZipFile as broken:
        raise UnreadableError(f"{where}: {broken}") from broken


def _pdf(where: str, data: bytes, depth: int) -> Iterator[Found]:
    """Pages, properties, embedded metadata, bookmarks, links and attachments of a PDF."""
    try:
        reader = PdfReader(io.BytesIO(data))
        for number, page in enumerate(reader.pages, start=1):
            text = page.extract_text()
            yield f"{where}, PDF page {number}", text
            # a name broken over two lines is a name
            yield f"{where}, PDF page {number} in one line", " ".join(text.split())
            notes = [str(note.get_object()) for note in page.get("/Annots", ()) or ()]
            yield from spelt_out(f"{where}, PDF notes of page {number}", "\n".join(notes))
        yield f"{where}, PDF properties", "\n".join(f"{key} {value}" for key, value in (reader.metadata or {}).items())
        yield f"{where}, PDF bookmarks", str(reader.outline)
        if (metadata := reader.root_object.get("/Metadata")) is not None:
            yield from _text(f"{where}, PDF metadata", decoded(metadata.get_object().get_data()), "")
        for name, files in reader.attachments.items():
            yield f"{where}, PDF attachment", name
            for content in files:
                yield from texts_in(f"{where}, PDF attachment {name}", content, depth=depth + 1)
    except (PyPdfError, zlib.error) as broken:
        raise UnreadableError(f"{where}: {broken!r}") from broken


def unpacked_tokens(where: str, text: str) -> Iterator[Found]:
    """Yields what stands in the signed and packed tokens of a text: messages and sessions travel so."""
    for token in TOKEN.findall(unquote_plus(text)):
        packed = token.startswith(".")
        letters = token.lstrip(".").rstrip("=")
        try:
            data = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
            if packed:
                data = zlib.decompressobj().decompress(data, LARGEST)
        except (binascii.Error, ValueError, zlib.error):
            continue
        yield from spelt_out(f"{where}, token", data.decode("utf-8", "replace"))
