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
from inharmony.spreadsheets.sheet import Span
from participants.actions.roster import Piece
from participants.validators.identity import seal_bytes, unseal_bytes

ROWS_A_PIECE = 250
_QUICK = 1  # of zlib: a list packs to a quarter, and better packing takes longer than reading the file


def pieces_of(place: int, sheet: Sheet) -> Iterator[Piece]:
    """Returns a sheet in pieces."""
    for start in range(0, len(sheet.rows), ROWS_A_PIECE):
        rows = sheet.rows[start : start + ROWS_A_PIECE]
        said = {"rows": rows, "merged": sheet.merged if start == 0 else ()}
        packed = zlib.compress(json.dumps(said, default=_pair, ensure_ascii=False).encode(), _QUICK)
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


def sheet_in(name: str, contents: Iterable[bytes | memoryview]) -> Sheet:
    """Returns the sheet of all its pieces, in their order; raises SealError."""
    opened = [_opened(content) for content in contents]
    merged = tuple(Span(*span) for piece in opened for span in piece["merged"])
    return Sheet(name, False, tuple(row for piece in opened for row in _rows(piece)), merged)


def rows_in(contents: Iterable[bytes | memoryview]) -> Iterator[Row]:
    """Returns the rows of pieces, in their order; raises SealError."""
    for content in contents:
        yield from _rows(_opened(content))


def _opened(content: bytes | memoryview) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(zlib.decompress(unseal_bytes(bytes(content))))
    return opened


def _rows(piece: dict[str, Any]) -> Iterator[Row]:
    for number, cells in piece["rows"]:
        yield Row(number, tuple(_CELLS[cell[0]](cell[1]) if type(cell) is list else cell for cell in cells))
