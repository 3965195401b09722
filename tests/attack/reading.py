"""What stands in what was fetched: pages, JSON, CSV, OpenDocument, pictures and PDF, as numbers by table, row and column."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, NamedTuple

from pypdf import PdfReader

SYMBOLS = frozenset("czx")
NUMBER = re.compile(r"(?<![\w.,/:-])(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w,/:-]|\.\d)")
# pixels between the end of a bar and its number, at most
APART = 8
ODF = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
}


class Place(NamedTuple):
    """Where a number stands, in the words that the reader sees."""

    table: str
    row: str
    column: str


@dataclass
class Document:
    """What was fetched: its address, kind and text, and the numbers it holds in tables."""

    address: str
    kind: str
    text: str = ""
    cells: list[tuple[Place, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> set[int]:
        """Every whole number in its text."""
        return {int(found.replace(",", "")) for found in NUMBER.findall(self.text)}


def read(address: str, content_type: str, body: bytes) -> Document:
    """Returns what was fetched, read; a kind that nobody knows is text."""
    kind = content_type.partition(";")[0].strip()
    reader = {
        "text/html": _html,
        "application/json": _json,
        "text/csv": _csv,
        "application/vnd.oasis.opendocument.spreadsheet": _ods,
        "image/svg+xml": _svg,
        "application/pdf": _pdf,
    }.get(kind)
    document = Document(address, kind)
    if reader:
        reader(document, body)
    return document


def plain(text: str) -> str:
    """Returns a text as it is compared: one blank between words, no thousands' commas, no break that does not break."""
    words = re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("\u202f", " ")).strip()
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", words)


class _Page(HTMLParser):
    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.words: list[str] = []
        self.open: list[str] = []
        self.table: dict[str, Any] | None = None
        self.cell: dict[str, Any] | None = None
        self.figure: dict[str, str] = {}
        self.hold = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        for name in ("href", "src", "data-src"):
            if has.get(name):
                self.document.links.append(has[name])
        # what a picture or a graphic is called by is read aloud
        self.words += [has[name] for name in ("alt", "aria-label", "title") if has.get(name)]
        if tag == "script":
            self.hold = has.get("type", "script")
        if tag == "table":
            self.table = {"caption": "", "head": [], "rows": []}
        elif self.table is not None and tag in {"caption", "td", "th"}:
            self.cell = {"tag": tag, "scope": has.get("scope", ""), "text": "", "label": has.get("data-label", "")}
        elif self.table is not None and tag == "tr":
            self.table["rows"].append([])
        classes = has.get("class", "").split()
        if "figure-name" in classes or "figure-value" in classes:
            self.hold = "figure-name" if "figure-name" in classes else "figure-value"
            self.figure[self.hold] = ""
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.hold = ""
        if self.hold in {"figure-name", "figure-value"} and tag in {"p", "dt", "dd", "h3"}:
            if self.hold == "figure-value":
                place = Place("", plain(self.figure.get("figure-name", "")), "")
                self.document.cells.append((place, plain(self.figure["figure-value"])))
            self.hold = ""
        if self.cell is not None and tag == self.cell["tag"]:
            self._close_cell()
        while self.open and self.open.pop() != tag:
            pass
        if tag == "table" and self.table is not None:
            self._close_table()

    def _close_cell(self) -> None:
        cell, self.cell = self.cell, None
        assert cell is not None
        assert self.table is not None
        if cell["tag"] == "caption":
            self.table["caption"] = plain(cell["text"])
        elif self.table["rows"]:
            self.table["rows"][-1].append(cell)

    def _close_table(self) -> None:
        table, self.table = self.table, None
        assert table is not None
        head: list[str] = []
        for row in table["rows"]:
            texts = [plain(cell["text"]) for cell in row]
            if row and all(cell["tag"] == "th" for cell in row):
                head = texts
            elif row and row[0]["tag"] == "th":
                columns = [cell["label"] for cell in row[1:]] if any(cell["label"] for cell in row) else head[1:]
                for column, text in zip(columns, texts[1:], strict=False):
                    self.document.cells.append((Place(table["caption"], texts[0], plain(column)), text))

    def handle_data(self, data: str) -> None:
        if self.hold in {"figure-name", "figure-value"}:
            self.figure[self.hold] += data
        # the caption's note stands inside it, in small letters
        if self.cell is not None and (self.open[-1:] != ["small"] or self.cell["tag"] != "caption"):
            self.cell["text"] += data
        if self.hold.endswith("json"):
            self._data_of_chart(data)
        elif not self.hold or self.hold.startswith("figure"):
            self.words.append(data)

    def _data_of_chart(self, data: str) -> None:
        """What a script draws: every value in it is readable."""
        try:
            self.words += [str(value) for value in _leaves(json.loads(data).get("data", {}))]
        except (ValueError, AttributeError):
            self.words.append(data)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def _html(document: Document, body: bytes) -> None:
    page = _Page(document)
    page.feed(body.decode())
    document.text = plain(" ".join(page.words))


def _json(document: Document, body: bytes) -> None:
    said = json.loads(body)
    document.text = " ".join(map(str, _leaves(said)))
    for table in said.get("tables", []) if isinstance(said, dict) else []:
        for row in table["rows"]:
            for cell in row["cells"]:
                place = Place(plain(table["caption"]), plain(row["heading"]), plain(cell["column"]))
                document.cells.append((place, written(cell["value"], cell["unit"], cell["symbol"])))


def written(value: Any, unit: str = "", symbol: str = "") -> str:
    """Returns a value as pages write it, without thousands' commas; one that stands beside its symbol is read."""
    if value is None or value == "":
        return symbol or "–"
    return f"{value} {unit}".strip()


def _csv(document: Document, body: bytes) -> None:
    text = body.decode("utf-8-sig")
    _rows_of_file(document, [[_unquoted(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))])


def _unquoted(cell: str) -> str:
    return cell.removeprefix("'")


def _ods(document: Document, body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        content = ET.fromstring(archive.read("content.xml"))
    for sheet in content.iter(f"{{{ODF['table']}}}table"):
        rows = []
        for row in sheet.iter(f"{{{ODF['table']}}}table-row"):
            cells: list[str] = []
            for cell in row:
                times = int(cell.get(f"{{{ODF['table']}}}number-columns-repeated", "1"))
                value = cell.get(f"{{{ODF['office']}}}value")
                said = "".join(cell.itertext()) if value is None else value
                cells += [said.removesuffix(".0")] * min(times, 100)
            rows.append(cells)
        _rows_of_file(document, rows)


def _rows_of_file(document: Document, rows: list[list[str]]) -> None:
    """A file has a row for each number, with the names of its place; or it is one table, named by its address."""
    document.text += " ".join(cell for row in rows for cell in row)
    heads = next((row for row in rows if {"Table", "Row", "Column", "Value"} <= set(row)), None)
    if heads is None:
        for row in rows[1:]:
            for column, said in zip(rows[0][1:], row[1:], strict=False):
                document.cells.append((Place("", plain(row[0]), plain(column)), plain(said) or "–"))
        return
    at = {name: n for n, name in enumerate(heads)}
    for row in rows[rows.index(heads) + 1 :]:
        said = {name: row[n] if n < len(row) else "" for name, n in at.items()}
        if said["Table"]:
            place = Place(*(plain(said[name]) for name in ("Table", "Row", "Column")))
            document.cells.append((place, written(said["Value"], said.get("Unit", ""), said.get("Symbol", ""))))


@dataclass(frozen=True)
class Bar:
    """A bar of a picture: what is written at its end, and how long it is drawn."""

    words: str
    length: float


def _svg(document: Document, body: bytes) -> None:
    picture = ET.fromstring(body)
    words = [text for text in picture.itertext() if text.strip()]
    words += [node.get("aria-label", "") for node in picture.iter()]
    document.text = plain(" ".join(words))


def pictures_of(body: bytes) -> list[bytes]:
    """Returns the drawn charts of a page, or the one that a file is."""
    return re.findall(rb'<svg[^>]* class="marks".*?</svg>', body, re.DOTALL)


def bars_of(picture: bytes) -> list[Bar]:
    """Returns the bars of a picture with what is written at their ends; a bar of nothing has no length."""
    texts, boxes = [], []
    for node, group, across, down in _placed(ET.fromstring(picture)):
        name = node.tag.rpartition("}")[2]
        if name == "text" and "_marks" in group:
            texts.append((across, down, "".join(node.itertext())))
        elif name == "path" and "mark-rect" in group and "_marks" in group and node.get("fill") != "none":
            left, top, right, bottom = _box(node.get("d", ""))
            boxes.append((left + across, top + down, right + across, bottom + down))
    return [
        Bar(text, right - left)
        for left, top, right, bottom in boxes
        for x, y, text in texts
        if 0 <= x - right <= APART and top <= y <= bottom
    ]


def _placed(
    node: ET.Element, group: str = "", across: float = 0, down: float = 0
) -> Iterator[tuple[ET.Element, str, float, float]]:
    """Yields every node with the marks it belongs to and where its own nought is, whatever it stands in."""
    if moved := re.match(r"translate\(([-\d.]+)[, ]([-\d.]+)\)", node.get("transform", "")):
        across, down = across + float(moved[1]), down + float(moved[2])
    if "mark-" in node.get("class", ""):
        group = node.get("class", "")
    yield node, group, across, down
    for child in node:
        yield from _placed(child, group, across, down)


def _box(path: str) -> tuple[float, float, float, float]:
    """Returns the least and the greatest of both coordinates of a path; with straight corners or with round ones."""
    straight = re.match(r"M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+)", path)
    if straight:
        left, top, width, height = map(float, straight.groups())
        return left, top, left + width, top + height
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", path)]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def _pdf(document: Document, body: bytes) -> None:
    document.text = plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))
