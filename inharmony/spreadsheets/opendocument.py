"""
An .ods workbook, part by part. A cell is a text, a number, a date or a truth; there is no formula here.

A link is what a `Linked` cell shows; its value stays typed beside it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from xml.sax.saxutils import escape

from . import packing
from .sheet import Cell, CellOut, Linked, SheetOut

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{name}="{_OASIS}:{space}"'
    for name, space in (
        ("office", "office:1.0"),
        ("table", "table:1.0"),
        ("text", "text:1.0"),
        ("style", "style:1.0"),
        ("number", "datastyle:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
        ("meta", "meta:1.0"),
    )
)
_NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
_SLASHED = (
    '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/>'
)
_CLOCK = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
# a text is formatted as one, so that it stays one when somebody edits the cell and changes nothing
_STYLES = (
    "<office:automatic-styles>"
    '<number:text-style style:name="T"><number:text-content/></number:text-style>'
    f'<number:date-style style:name="D">{_SLASHED}</number:date-style>'
    f'<number:date-style style:name="M">{_SLASHED}{_CLOCK}</number:date-style>'
    '<style:style style:name="t" style:family="table-cell" style:data-style-name="T"/>'
    '<style:style style:name="h" style:family="table-cell" style:data-style-name="T">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="d" style:family="table-cell" style:data-style-name="D"/>'
    '<style:style style:name="m" style:family="table-cell" style:data-style-name="M"/>'
    '<style:style style:name="w" style:family="table-column">'
    '<style:table-column-properties style:column-width="3.2cm"/></style:style>'
    "</office:automatic-styles>"
)
# what XML would squeeze: more than one blank, blanks at an end, tabs
_KEPT = re.compile(r"^[ \t]|[ \t]$|[ \t]{2,}|\t")


def made(sheets: Iterable[SheetOut], *, title: str) -> bytes:
    """Returns the workbook of sheets whose names and values are clean."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        # first and not packed: by this, programs know the file
        packing.add(archive, "mimetype", [MIMETYPE], method=zipfile.ZIP_STORED)
        packing.add(archive, "content.xml", _content(sheets))
        packing.add(archive, "meta.xml", [_meta(title)])
        packing.add(archive, "META-INF/manifest.xml", [_manifest()])
    return packing.loosened(out.getvalue())


def _content(sheets: Iterable[SheetOut]) -> Iterator[str]:
    yield f'{_HEAD}<office:document-content {_NAMES} office:version="1.3">{_STYLES}<office:body><office:spreadsheet>'
    for sheet in sheets:
        yield f'<table:table table:name="{escape(sheet.name, {chr(34): "&quot;"})}">'
        width = max(len(sheet.headings), 1)
        yield f'<table:table-column table:style-name="w" table:number-columns-repeated="{width}"/>'
        yield _row(sheet.headings, "h")
        for row in sheet.rows:
            yield _row(row)
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _row(cells: Iterable[CellOut], style: str = "t") -> str:
    each = (_linked(cell) if isinstance(cell, Linked) else _cell(cell, style) for cell in cells)
    inside = "".join(each) or "<table:table-cell/>"
    return f"<table:table-row>{inside}</table:table-row>"


def _linked(cell: Linked) -> str:
    opens = f'<text:a xlink:type="simple" xlink:href="{escape(cell.href, {chr(34): "&quot;"})}">'
    return _cell(cell.value, "t").replace("<text:p>", f"<text:p>{opens}").replace("</text:p>", "</text:a></text:p>")


def _cell(value: Cell, style: str) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return _typed(style, "string", "", value)
    if isinstance(value, bool):
        return _typed("", "boolean", f' office:boolean-value="{str(value).lower()}"', str(value).upper())
    if isinstance(value, datetime):
        return _typed("m", "date", f' office:date-value="{value.isoformat()}"', f"{value:%d/%m/%Y %H:%M:%S}")
    if isinstance(value, date):
        return _typed("d", "date", f' office:date-value="{value.isoformat()}"', f"{value:%d/%m/%Y}")
    return _typed("", "float", f' office:value="{value!r}"', repr(value))


def _typed(style: str, kind: str, attribute: str, words: str) -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell{named} office:value-type="{kind}"{attribute}>{_paragraphs(words)}</table:table-cell>'


def _paragraphs(text: str) -> str:
    """A text as paragraphs, one a line. A carriage return, which would be lost, ends a line; a tab is a blank."""
    lines = re.split(r"\r\n|\r|\n", text)
    return "".join(f"<text:p>{_KEPT.sub(_kept, escape(line))}</text:p>" for line in lines)


def _kept(found: re.Match[str]) -> str:
    return f'<text:s text:c="{len(found[0])}"/>'


def _meta(title: str) -> str:
    return (
        f'{_HEAD}<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
        f"<office:meta><meta:generator>In Harmony</meta:generator><dc:title>{escape(title)}</dc:title></office:meta>"
        "</office:document-meta>"
    )


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", MIMETYPE), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">{entries}'
        "</manifest:manifest>"
    )
