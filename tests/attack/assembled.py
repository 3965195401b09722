"""From what was fetched to what a reader holds: the tables of children as numbers by characteristic, hub and category."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tests.attack.published import Cell, Published
from tests.attack.reading import SYMBOLS, Document, Place

WHOLE, TWICE = "children", "twice"
CHILDREN, PROGRAMMES = "children_by_", "programmes_by_"
BY_PROGRAMME = "children_by_programme"


@dataclass
class Names:
    """What the portal's own published list of tables calls everything: tables by key, rows by their words."""

    captions: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    columns: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, release: Mapping) -> "Names":
        """Returns the names in a release's JSON."""
        names = cls()
        for table in release["tables"]:
            key = table["key"]
            names.captions[key] = table["caption"]
            names.rows[key] = {row["heading"]: row["key"] for row in table["rows"] if not row["is_total"]}
            names.columns[key] = {cell["column"] for row in table["rows"] for cell in row["cells"]}
            names.totals.update((key, row["heading"]) for row in table["rows"] if row["is_total"])
        return names

    def placed(self, document: Document) -> Iterable[tuple[Place, str]]:
        """Returns a document's cells under the table's key; what belongs to no table of children is left out."""
        keys = {caption: key for key, caption in self.captions.items()}
        stem = re.search(r"([\w]+)\.\w+(?:\?.*)?$", document.address)
        for place, text in document.cells:
            key = keys.get(place.table) or (stem[1] if stem and stem[1] in self.captions and not place.table else "")
            column = re.sub(r" \((%|£)\)$", "", place.column)
            # a table of many columns stands on its side where a page is narrow
            for row, of in ((place.row, column), (column, place.row)):
                if key and of in self.columns[key] and (row in self.rows[key] or row == self.totals.get(key)):
                    yield Place(key, row, of), bare(text)
                    break


def bare(text: str) -> str:
    """Returns a number without its unit, or the symbol, or a dash."""
    text = text.replace(",", "").removeprefix("£").strip()
    found = re.match(r"-?[\d.]+|[czx]\b|–", text)
    if not found:
        return text
    return re.sub(r"\.0$", "", found[0])


def assembled(cells: Mapping[Place, str], names: Names, programmes: Iterable[str]) -> Published:
    """Returns what a reader holds who laid everything together; what nobody has seen is not out."""
    found = Published(None, None, {}, {}, {}, {}, {}, tuple(programmes))
    total: Cell | None = None
    twice: Cell | None = None
    for place, text in cells.items():
        row = names.rows[place.table].get(place.row, "")
        if place.table == WHOLE and row == TWICE:
            twice = cell(text)
        elif place.table == BY_PROGRAMME and place.row == names.totals.get(place.table):
            total = cell(text)
        elif place.table == BY_PROGRAMME:
            found.hubs[row] = cell(text)
        elif place.table.startswith(CHILDREN) and row:
            _of_country(found, place.table.removeprefix(CHILDREN), row, place.column, cell(text))
        elif place.table.startswith(PROGRAMMES) and row:
            dimension = place.table.removeprefix(PROGRAMMES)
            category = names.rows.get(CHILDREN + dimension, {}).get(place.column)
            if category:
                found.inside[dimension, row, category] = cell(text)
    return replace(found, total=total, twice=twice)


def _of_country(found: Published, dimension: str, category: str, column: str, said: Cell) -> None:
    if column == "Children":
        found.national[dimension, category] = said
    elif column == "Share":
        found.shares[dimension, category] = said
    else:
        found.means.setdefault((dimension, category), []).append(said)


def cell(text: str) -> Cell:
    """Returns a number or a symbol as a reader takes it."""
    if text in SYMBOLS or text == "–":
        return text if text in SYMBOLS else "x"
    return round(float(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else "x"
