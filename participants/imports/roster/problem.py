"""What is wrong with a cell or a row, said so that it can be put right without a manual."""

from dataclasses import dataclass
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """What a reading function found wrong with one value. Refused: the row cannot go in as it stands."""

    message: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at its place: row as the spreadsheet program shows it, the sheet's own heading, the value as sent."""

    row: int
    column: str
    value: str
    message: str
    refused: bool
    # of the cell, so that a page can offer it for mending; none where it is about the row
    field: str = ""

    def as_json(self) -> dict[str, Any]:
        """Returns the shape in which commands and staged rows carry problems."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message,
            "refused": self.refused,
            "field": self.field,
        }
