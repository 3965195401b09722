"""
An .xlsx workbook, part by part. A cell is a text, a number, a date or a truth; there is no formula here.

A link stands beside the cells of its sheet, and its address in a part of its own: no text of a cell becomes one.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from . import packing
from .sheet import Cell, CellOut, Linked, SheetOut

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's calendar knows no zones
_DAY = 86_400
_NARROW, _WIDE = 12, 40

# what programs would read as an escaped character
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# places in the list of formats; a text is formatted as one, so that it stays one when somebody edits the cell and
# changes nothing
_TEXT, _HEADING, _DATE, _MOMENT, _LINKED_TEXT, _LINKED = 1, 2, 3, 4, 5, 6
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm:ss"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><u/><sz val="11"/><color rgb="FF0B4F9E"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def made(sheets: Iterable[SheetOut], *, title: str) -> bytes:
    """Returns the workbook of sheets whose names and values are clean."""
    out = io.BytesIO()
    names = []
    with zipfile.ZipFile(out, "w") as archive:
        for number, sheet in enumerate(sheets, 1):
            names.append(sheet.name)
            links: dict[str, str] = {}
            packing.add(archive, f"xl/worksheets/sheet{number}.xml", _sheet(sheet, links))
            if links:
                packing.add(archive, f"xl/worksheets/_rels/sheet{number}.xml.rels", [_opening(links)])
        for part, text in _frame(names, title).items():
            packing.add(archive, part, [text])
    return packing.loosened(out.getvalue())


def _sheet(sheet: SheetOut, links: dict[str, str]) -> Iterator[str]:
    """Yields the sheet, and fills `links`: the address that each linked cell opens, by its place."""
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    yield (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
        ' state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    )
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{min(max(len(str(text or "")) + 3, _NARROW), _WIDE)}" customWidth="1"/>'
        for at, text in enumerate(sheet.headings, 1)
    )
    yield f"<cols>{widths}</cols><sheetData>" if widths else "<sheetData>"
    yield f'<row r="1">{"".join(_cell(value, _HEADING) for value in sheet.headings)}</row>'
    for number, row in enumerate(sheet.rows, 2):
        links |= {f"{_column(at)}{number}": cell.href for at, cell in enumerate(row) if isinstance(cell, Linked)}
        yield f'<row r="{number}">{"".join(map(_out, row))}</row>'
    yield "</sheetData>"
    if links:
        opening = "".join(f'<hyperlink ref="{place}" r:id="rId{at}"/>' for at, place in enumerate(links, 1))
        yield f"<hyperlinks>{opening}</hyperlinks>"
    yield "</worksheet>"


def _column(at: int) -> str:
    """Returns the letters of a column, from 0: A, Z, AA."""
    letters = ""
    while at >= 0:
        letters, at = chr(ord("A") + at % 26) + letters, at // 26 - 1
    return letters


def _opening(links: dict[str, str]) -> str:
    kind = f"{_RELATIONS}/hyperlink"
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target={quoteattr(href)} TargetMode="External"/>'
        for at, href in enumerate(links.values(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _out(cell: CellOut) -> str:
    if not isinstance(cell, Linked):
        return _cell(cell)
    text = _cell(cell.value, _LINKED_TEXT)
    # numbers have no style of their own that the link would take the place of
    return text.replace("<c>", f'<c s="{_LINKED}">', 1)


def _cell(value: Cell, style: int = _TEXT) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        kept = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f'<c s="{style}" t="inlineStr"><is><t{kept}>{_escaped(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, datetime):
        since = value - _EPOCH
        return f'<c s="{_MOMENT}"><v>{since.days + since.seconds / _DAY!r}</v></c>'
    if isinstance(value, date):
        return f'<c s="{_DATE}"><v>{(value - _EPOCH.date()).days}</v></c>'
    return f"<c><v>{value!r}</v></c>"


def _escaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    # XML would make a line end of it
    return escape(text).replace("\r", "_x000D_")


def _frame(names: list[str], title: str) -> dict[str, str]:
    """The parts round the sheets."""
    numbered = list(enumerate(names, 1))
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>' for at, name in numbered)
    parts = {f"/xl/worksheets/sheet{at}.xml": f"{_TYPES}.worksheet+xml" for at, _ in numbered} | {
        "/xl/workbook.xml": f"{_TYPES}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYPES}.styles+xml",
        "/docProps/core.xml": _PROPERTIES,
    }
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": _related(
            (f"{_RELATIONS}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>In Harmony</dc:creator></cp:coreProperties>"
        ),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _related(
            *((f"{_RELATIONS}/worksheet", f"worksheets/sheet{at}.xml") for at, _ in numbered),
            (f"{_RELATIONS}/styles", "styles.xml"),
        ),
        "xl/styles.xml": _STYLES,
    }


def _related(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
