"""What is wrong with a cell or a row, said so that it can be put right without a manual."""

from typing import Any, NamedTuple


class Fault(NamedTuple):
    """What a reading function found wrong with one value. Refused: the row cannot go in as it stands."""

    message: str
    refused: bool = False


class Problem(NamedTuple):
    """A fault at its place: row as the spreadsheet program shows it, the sheet's own heading, the value as sent.

    `field` names the field whose cell would have to be mended, where it is one cell.
    """

    row: int
    column: str
    value: str
    message: str
    refused: bool
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
