"""The rows of a table of figures, not put together in a template: a hub's page has hundreds of cells."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


def table_rows(rows: Iterable[Any]) -> SafeString:
    """Returns the rows: each a heading, that may lead somewhere, and its cells with the columns they stand in."""
    return mark_safe("\n".join(map(_row, rows)))  # noqa: S308 - each part is escaped below


def _row(row: Any) -> str:
    heading = format_html('<a href="{}">{}</a>', row.href, row.heading) if row.href else conditional_escape(row.heading)
    cells = "".join(
        f'<td class="num" data-label="{conditional_escape(column)}">{_cell(cell)}</td>' for column, cell in row.cells
    )
    return f'<tr><th scope="row">{heading}</th>{cells}</tr>'


def _cell(cell: Any) -> str:
    if cell.symbol:
        return f'<span class="symbol">{conditional_escape(cell.symbol)}</span>'
    return conditional_escape(cell.written)
