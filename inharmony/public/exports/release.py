"""A release as a file: the same protected cells as its page, with what they mean."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from evaluation.exports.table import SYMBOLS
from evaluation.figures.figure import Definition
from evaluation.figures.table import Cell, Row, Table
from inharmony.public.queries.releases import Opened
from inharmony.spreadsheets.sheet import SheetOut

LICENCE = {
    "name": "Open Government Licence v3.0",
    "address": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
INVENTED = "Demonstration: every school, child and number of this release is invented."
HEADINGS = ("Release", "Period", "Cut on", "Table", "Row", "Column", "Value", "Unit", "Symbol", "Licence", "Notice")


def as_json(opened: Opened) -> dict[str, Any]:
    """Returns the release as the fields that the page of figures documents."""
    one = opened.numbered
    return {
        "title": f"In Harmony, {one.release}",
        "is_demonstration": one.release.is_demonstration,
        "notice": INVENTED if one.release.is_demonstration else "",
        "licence": LICENCE,
        "academic_year": one.year,
        "period": one.period,
        "number": one.release.number,
        "superseded_by": one.after,
        "cut_at": timezone.localtime(one.release.cut_at).isoformat(timespec="seconds"),
        "rule": one.release.rule,
        "address": address(opened, "json"),
        "symbols": SYMBOLS,
        "definitions": [_definition(definition) for definition in opened.definitions],
        "tables": [_table(table) for table in opened.tables],
        "changes_from": opened.before.number if opened.before else None,
        "changes": [
            {"table": change.table, "row": change.row, "before": change.before, "after": change.after}
            for change in opened.changes
        ],
    }


def as_sheet(opened: Opened) -> SheetOut:
    """Returns the release as one sheet, a row for each cell."""
    release = opened.numbered.release
    before = (str(release), release.period_title, timezone.localtime(release.cut_at).date())
    after = (LICENCE["name"], INVENTED if release.is_demonstration else "")
    return SheetOut(
        str(release),
        HEADINGS,
        (
            (*before, table.caption, row.heading, column, cell.number, cell.unit, cell.symbol, *after)
            for table in opened.tables
            for row in _rows(table)
            for column, cell in zip(table.columns, row.cells, strict=True)
        ),
    )


def address(opened: Opened, kind: str) -> str:
    """Returns where the file stands for good."""
    one = opened.numbered
    return reverse("public:figures-release-file", args=[one.year, one.period, one.release.number, kind])


def _definition(definition: Definition) -> dict[str, str]:
    return {
        "key": definition.key,
        "name": definition.name,
        "unit": definition.unit,
        "counts": definition.counts,
        "population": definition.population,
        "denominator": definition.denominator,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "caption": table.caption,
        "note": table.note,
        "rows": [
            {
                "key": row.key,
                "heading": row.heading,
                "is_total": row is table.total,
                "cells": [_cell(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)],
            }
            for row in _rows(table)
        ],
    }


def _cell(column: str, cell: Cell) -> dict[str, Any]:
    return {"column": column, "value": cell.number, "unit": cell.unit, "symbol": cell.symbol}


def _rows(table: Table) -> Iterable[Row]:
    return (*table.rows, *([table.total] if table.total else ()))
