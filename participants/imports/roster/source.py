"""Sheets as they were sent, kept sealed until their date: in pieces, so that one row can be read again alone.

What is given here has lost the columns that the portal must not hold. A piece is a list of rows in JSON, packed and
sealed; what JSON has no word for is a pair: ["d", day], ["t", moment], ["e", error of the spreadsheet].
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from inharmony.spreadsheets import CellError, Row, Sheet
from participants.actions.roster import Piece
from participants.validators.identity import seal_bytes, unseal_bytes

ROWS_A_PIECE = 250
_QUICK = 1  # of zlib: a list packs to a quarter, and better packing takes longer than reading the file


def pieces_of(place: int, sheet: Sheet) -> Iterator[Piece]:
    """Returns a sheet in pieces."""
    for start in range(0, len(sheet.rows), ROWS_A_PIECE):
        rows = sheet.rows[start : start + ROWS_A_PIECE]
        packed = zlib.compress(json.dumps(rows, default=_pair, ensure_ascii=False).encode(), _QUICK)
        yield Piece(place, sheet.name[:100], rows[0].number, seal_bytes(packed))


def _pair(cell: object) -> list[str]:
    if isinstance(cell, datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if isinstance(cell, CellError):
        return ["e", cell.code]
    raise TypeError(f"no cell: {type(cell)}")


_CELLS: dict[str, Any] = {"t": datetime.fromisoformat, "d": date.fromisoformat, "e": CellError}


def rows_in(contents: Iterable[bytes | memoryview]) -> Iterator[Row]:
    """Returns the rows of pieces, in their order; raises SealError."""
    for content in contents:
        for number, cells in json.loads(zlib.decompress(unseal_bytes(bytes(content)))):
            yield Row(number, tuple(_CELLS[cell[0]](cell[1]) if type(cell) is list else cell for cell in cells))
