"""The parts of a workbook looked through before the reader sees them. Runs in the limited child only.

The reader (calamine) lays a sheet out in full from its first cell to its last, returns nothing for cells that hold
an error, and nothing for formulas without a stored result. So the far corners are measured here, and the flawed
cells are listed here.
"""

import io
import pyexpat
import re
import zipfile
from posixpath import join, normpath

from . import limits, precheck
from .refusal import ERRORS, NO_KNOWN_ERROR, NOT_CALCULATED, Unreadable

Place = tuple[int, int]
XmlError = pyexpat.ExpatError

_FAR = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{2,})(\d+)["'][^>]*?(/?)>""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d+)["']""")
_VALUE_ENDS = (b"</v>", b":v>", b"</is>", b":is>")
_TOKENS = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*?)(?:/>|>)", re.DOTALL)
_REF = re.compile(rb"""\br=["']([A-Z]*)(\d*)["']""")
_CELL_END = re.compile(rb"</(?:\w+:)?c\s*>")
_STORED = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)")
_INLINE = re.compile(rb"<(?:\w+:)?is\b")
_TWO_LETTERS = re.compile(rb'r="[A-Z][A-Z]')  # a plain prefix first: three times faster than the whole pattern
_FLAW_MARKS = (b"<f", b":f", b't="e"', b"t='e'")  # few and short: each is one more look through millions of bytes
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_IS_ERROR = re.compile(rb"""\bt=["']e["']""")
_IS_TEXT = re.compile(rb"""\bt=["']str["']""")
_READERS_ERRORS = {b"#N/A", b"#REF!", b"#DIV/0!", b"#VALUE!", b"#NAME?", b"#NUM!", b"#NULL!"}
_CELLS = {"table-cell", "covered-table-cell"}
_GONE_THROUGH = 40 * limits.MEGABYTE
SPANS = 2_000  # merged cells of a sheet
_STRANGE = 20  # different codes; a workbook has a handful
_RELATION_ID = "relationships}id"


def look_through(
    archive: zipfile.ZipFile, kind: str, filename: str
) -> tuple[dict[str, dict[Place, str]], dict[str, bytes]]:
    """Unpacks every part once. Returns the flawed cells by sheet name, as {(row, column): code}, both from 0.

    Beside them stand the parts that the reader would stumble over, as it can read them: it knows the errors of 2007
    and refuses a workbook for any other. Raises Unreadable for a document type, another archive inside, a password, or
    a sheet of absurd size.
    """
    flawed: dict[str, dict[Place, str]] = {}
    mended: dict[str, bytes] = {}
    for part in archive.infolist():
        body = archive.read(part)
        _refuse_traps(body, part.filename, filename)
        if kind == precheck.ODS:
            if part.filename == "META-INF/manifest.xml" and b"encryption-data" in body:
                raise precheck.locked(filename)
        elif part.filename.startswith("xl/worksheets/") or b"<worksheet" in body[:2000]:
            _refuse_far_cells(body, filename)
            flaws, strange = _flawed_cells(body)
            if flaws:
                flawed[part.filename] = flaws
            if len(strange) > _STRANGE:
                raise precheck.damaged(filename)
            for code in strange:
                mended[part.filename] = mended.get(part.filename, body).replace(b">" + code + b"</", b">#N/A</")
    return (_by_sheet_name(archive, flawed) if flawed else {}), mended


def merged_in(archive: zipfile.ZipFile) -> dict[str, list[list[int]]]:
    """Returns the merged cells of an OpenDocument's tables by name; the reader does not tell them.

    Each is first row (from 1), first column (from 0), last row, last column. A table too large to be gone through twice
    has none.
    """
    body = archive.read("content.xml")
    if b"-spanned=" not in body or len(body) > _GONE_THROUGH:
        return {}
    tables = _Tables()
    parser = pyexpat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = tables.start, tables.end
    parser.Parse(body, True)
    return tables.merged


class _Tables:
    """Goes through an OpenDocument's elements, counting rows and columns."""

    def __init__(self) -> None:
        self.merged: dict[str, list[list[int]]] = {}
        self._found: list[list[int]] = []
        self._row, self._column, self._times, self._deep = 1, 0, 1, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Takes note of an element that begins."""
        name = tag.rpartition(":")[2]
        if name == "table":
            self._deep += 1
            if self._deep == 1:
                self._found, self._row = self.merged.setdefault(attributes.get("table:name", ""), []), 1
        elif self._deep == 1 and name == "table-row":
            self._column, self._times = 0, _times(attributes, "rows-repeated")
        elif self._deep == 1 and name in _CELLS:
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        down, across = _times(attributes, "rows-spanned"), _times(attributes, "columns-spanned")
        if max(down, across) > 1 and len(self._found) < SPANS:
            self._found.append([self._row, self._column, self._row + down - 1, self._column + across - 1])
        self._column += _times(attributes, "columns-repeated")

    def end(self, tag: str) -> None:
        """Takes note of an element that ends."""
        name = tag.rpartition(":")[2]
        if name == "table":
            self._deep -= 1
        elif self._deep == 1 and name == "table-row":
            self._row += self._times


def _times(attributes: dict[str, str], name: str) -> int:
    """A number of repetitions, bounded: nothing that is read lies farther away."""
    written = attributes.get(f"table:number-{name}", "1")
    return min(int(written), limits.CELLS) if written.isascii() and written.isdigit() else 1


def with_parts(archive: zipfile.ZipFile, parts: dict[str, bytes]) -> bytes:
    """Returns the workbook with some parts in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as changed:
        for part in archive.infolist():
            changed.writestr(part.filename, parts.get(part.filename) or archive.read(part))
    return out.getvalue()


def _refuse_traps(body: bytes, part: str, filename: str) -> None:
    if body.startswith((b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")):
        raise precheck.nested(filename)
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\0?\0" in body[:8] or b"\0<\0?" in body[:8]:
        raise Unreadable(
            "trap",
            f"“{filename}” is written in a way no spreadsheet program writes (part {part} is UTF-16)."
            " Open it in a spreadsheet program, save it as a new workbook and send that.",
        )
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Unreadable(
            "trap",
            f"“{filename}” is refused: part {part} declares a document type, which no list of children needs and"
            " attacks use. Open it in a spreadsheet program, save it as a new workbook and send that.",
        )


def column_index(letters: str) -> int:
    """The column from 0: A is 0, Z is 25, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _refuse_far_cells(body: bytes, filename: str) -> None:
    width, furthest = 26, ""
    far = _FAR.finditer(body) if _TWO_LETTERS.search(body) or b"r='" in body else iter(())
    for found in far:
        if found[3]:  # formatted, but without content
            continue
        column = column_index(found[1].decode()) + 1
        if column > width:
            width, furthest = column, (found[1] + found[2]).decode()
    height = _last_row_with_content(body)
    if height > limits.SHEET_ROWS or width > limits.COLUMNS or width * height > limits.CELLS:
        where = furthest if width > limits.COLUMNS else f"row {height:,}"
        raise Unreadable(
            "extent",
            f"“{filename}” has something in {where}, far from the list ({limits.ROWS:,} rows and"
            f" {limits.COLUMNS:,} columns can be read). Delete it, or copy only the list into a new workbook,"
            " and send that.",
        )


def _last_row_with_content(body: bytes) -> int:
    end = max(body.rfind(mark) for mark in _VALUE_ENDS)
    if end < 0:
        return 0
    at = max(body.rfind(b"<row", 0, end), body.rfind(b":row", 0, end) - 8)
    found = _ROW_NUMBER.search(body, max(at, 0), end) if at >= 0 else None
    if found:
        return int(found[1])
    return body.count(b"<row") + body.count(b":row ")


def _flawed_cells(body: bytes) -> tuple[dict[Place, str], set[bytes]]:
    """The flawed cells, and the codes among them that the reader does not know."""
    flaws: dict[Place, str] = {}
    strange: set[bytes] = set()
    if not any(mark in body for mark in _FLAW_MARKS):
        return flaws, strange
    row, column = -1, -1
    for token in _TOKENS.finditer(body):
        ref = _REF.search(token[2])
        if token[1] == b"row":
            row, column = (int(ref[2]) - 1 if ref and ref[2] else row + 1), -1
            continue
        column = column_index(ref[1].decode()) if ref and ref[1] else column + 1
        if not token[0].endswith(b"/>"):
            code = _flaw(body, token, strange)
            if code:
                flaws[row, column] = code
    return flaws, strange


def _flaw(body: bytes, token: re.Match[bytes], strange: set[bytes]) -> str:
    is_error = _IS_ERROR.search(token[2])
    end = _CELL_END.search(body, token.end())
    inside = body[token.end() : end.start() if end else token.end() + 2000]
    stored = _STORED.search(inside)
    if is_error:
        raw = stored[1] if stored else b""
        if raw and raw not in _READERS_ERRORS:
            strange.add(raw)
        code = raw.decode("utf-8", "replace")
        return code if code in ERRORS else NO_KNOWN_ERROR
    # a text that a formula made may be empty, a number may not
    empty = stored is None or (not stored[1] and not _IS_TEXT.search(token[2]))
    if empty and _FORMULA.search(inside) and not _INLINE.search(inside):
        return NOT_CALCULATED
    return ""


def _by_sheet_name(archive: zipfile.ZipFile, flawed: dict[str, dict[Place, str]]) -> dict[str, dict[Place, str]]:
    targets = {
        relation.get("Id"): _resolved(relation.get("Target", ""))
        for _, relation in _elements(archive.read("xl/_rels/workbook.xml.rels"))
    }
    named: dict[str, dict[Place, str]] = {}
    for tag, known in _elements(archive.read("xl/workbook.xml")):
        if not tag.endswith("}sheet"):
            continue
        relation = next((value for key, value in known.items() if key.endswith(_RELATION_ID)), "")
        part = targets.get(relation, "")
        if part in flawed:
            named[known.get("name", "")] = flawed[part]
    return named


def _elements(body: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element's name and attributes. Document types were refused, so nothing in it can grow."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = pyexpat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda tag, attributes: found.append((tag, attributes))
    parser.Parse(body, True)
    return found


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
