"""Spreadsheets as people send them: read in a limited child, handed back as plain rows."""

from .reading import read
from .sheet import Book, Cell, CellError, Row, Sheet, Unreadable

__all__ = ["Book", "Cell", "CellError", "Row", "Sheet", "Unreadable", "read"]
