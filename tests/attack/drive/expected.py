"""What a release says: its stored cells at the places where readers find them, by no way that pages and files go."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluation.figures.cells import Source
from evaluation.figures.evidence import evidence_in_words
from evaluation.figures.released import AGAIN, WHOLE, table
from evaluation.figures.table import Table
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL, TABLES, Counts, Rows
from evaluation.models import Release, ReleaseCell
from evaluation.queries.release import published
from inharmony.access.scope import Scope, scoped
from programmes.models import Ensemble
from tests.attack.assembled import bare
from tests.attack.country import Counts as Truth
from tests.attack.reading import SYMBOLS, Document, Place, bars_of, pictures_of, plain

# table, row and column: as they are stored, or in words
Where = tuple[str, str, str]


@dataclass
class Expected:
    """A release by place in words, and its tables as they are printed."""

    source: Source
    tables: dict[str, Table]
    cells: dict[Place, str]
    evidence: Mapping[str, Any]
    on_paper: int = 0
    bars: int = 0

    @classmethod
    def of(cls, release: Release) -> "Expected":
        """Returns the release's own numbers, read by the role that reads releases."""
        with scoped(Scope(role="national")):
            kept = Release.objects.select_related("academic_year").get(pk=release.pk)
            source = published(kept)
            found = ReleaseCell.objects.filter(release=release)
            raw = {(one.table, one.row, one.column): _text(one.value, one.symbol) for one in found}
        made = {key: table(source, key) for key in source.cells if not _stands_beside(key)}
        shown = {
            Place(key, plain(row.heading), plain(column)): bare(plain(cell.written))
            for key, one in made.items()
            for row in (*one.rows, *([one.total] if one.total else ()))
            for column, cell in zip(one.columns, row.cells, strict=True)
        }
        stored = {_place(source, *where): text for where, text in raw.items()}
        return cls(source, made, {**shown, **_again(source, raw), **stored}, kept.evidence)

    def says(self, place: Place, text: str) -> bool:
        """Whether the release says so at a place; of a table that it has and a row or column that it has not, nothing."""
        return self.cells.get(place, text) == text

    def strange(self, document: Document, body: bytes, truth: Truth) -> Iterator[str]:
        """Returns what paper and pictures say otherwise, and exact numbers that stand anywhere."""
        exact = {count.count for count in (truth.total, *truth.hubs.values(), *truth.national.values())}
        # what was tried before it left is told in counts of cells and attempts, which may be any number
        tried = {
            int(one)
            for _, words in evidence_in_words(self.evidence)
            for one in re.findall(r"\d+", words.replace(",", ""))
        }
        for number in sorted({one for one in exact if one >= 100 and one % 5} & document.numbers - tried):
            yield f"the exact {number} stands in {document.address}"
        if document.kind == "application/pdf":
            yield from self._on_paper(document)
        if document.kind in {"image/svg+xml", "text/html"}:
            for picture in pictures_of(body):
                yield from self._of_bars(document, picture)

    def _on_paper(self, document: Document) -> Iterator[str]:
        """A table is printed where its caption stands before its headings; then each of its lines is."""
        for one in self.tables.values():
            heads = plain(" ".join([one.heading, *one.columns]))
            if not any(
                f"{plain(caption)} {heads}" in document.text for caption in (one.caption, f"{one.caption} {one.note}")
            ):
                continue
            for row in (*one.rows, *([one.total] if one.total else ())):
                line = plain(" ".join([row.heading, *(cell.written for cell in row.cells)]))
                self.on_paper += len(row.cells)
                if line not in document.text:
                    yield f"{document.address} does not say {line!r} below {one.caption!r}"

    def _of_bars(self, document: Document, picture: bytes) -> Iterator[str]:
        """A bar is as long as the number it says, to a hundredth: no longer by what was rounded away."""
        said = [(bar.length, bare(plain(bar.words))) for bar in bars_of(picture)]
        lengths = [length / float(number) for length, number in said if number not in {*SYMBOLS, "–", "0"}]
        self.bars += len(lengths)
        if lengths and max(lengths) - min(lengths) > 0.01 * max(lengths):
            yield f"bars of {document.address} are not as long as their numbers"


def _text(value: Decimal | None, symbol: str) -> str:
    """A stored number as readers have it without its unit, the symbol, or a dash."""
    if value is None:
        return symbol or "–"
    return f"{value.quantize(Decimal(1)) if value == int(value) else value.normalize():f}"


def _stands_beside(key: str) -> bool:
    """Whether a table has no place of its own: attendance and hours of a category stand beside its children."""
    return TABLES[key].counts is Counts.MEANS and TABLES[key].rows is Rows.CATEGORIES


def _place(source: Source, key: str, row: str, column: str) -> Place:
    """Where a stored cell is read, in words."""
    spec = TABLES[key]
    rows = {
        Rows.ONE: {tables.TWICE: AGAIN},
        Rows.PROGRAMMES: source.rows,
        Rows.CATEGORIES: DIMENSIONS[spec.dimension].categories if spec.dimension else {},
        Rows.KINDS: {kind.value: str(kind.label) for kind in Ensemble.Kind},
    }[spec.rows]
    words = next(one.heading for one in spec.columns if one.key == column)
    at = tables.by(spec.dimension) if _stands_beside(key) else key
    return Place(at, plain(WHOLE if row == ALL else rows[row]), plain(words))


def _again(source: Source, raw: dict[Where, str]) -> dict[Place, str]:
    """Cells that stand in other tables once more, as their foot or their last column."""
    found = {(tables.BY_PROGRAMME, WHOLE, "Children"): (tables.CHILDREN, ALL, "")}
    for key in source.cells:
        spec = TABLES[key]
        if _stands_beside(key):
            is_hours = key == tables.hours_by(spec.dimension)
            whole = (tables.INTENSITY, ALL, "received") if is_hours else (tables.ATTENDANCE, ALL, "")
            found[tables.by(spec.dimension), WHOLE, spec.columns[0].heading] = whole
        elif spec.dimension and spec.rows is Rows.CATEGORIES:
            found[key, WHOLE, "Children"] = (tables.CHILDREN, ALL, "")
        elif spec.dimension:
            found |= _of_programmes(source, key)
    return {
        Place(at, plain(row), plain(column)): raw[stored]
        for (at, row, column), stored in found.items()
        if stored in raw
    }


def _of_programmes(source: Source, key: str) -> dict[Where, Where]:
    """The foot and the last column of children of each programme by a characteristic."""
    dimension = TABLES[key].of
    there = {column for _, column in source.cells[key]}
    return {
        (key, WHOLE, WHOLE): (tables.CHILDREN, ALL, ""),
        **{(key, name, WHOLE): (tables.BY_PROGRAMME, slug, "") for slug, name in source.rows.items()},
        **{
            (key, WHOLE, words): (tables.by(dimension.key), category, "")
            for category, words in dimension.categories.items()
            if category in there
        },
    }
