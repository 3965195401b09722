"""The refusal of a file. It stands alone, so that the limited child starts without what only the caller needs."""


class Unreadable(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The file is refused as a whole. `str()` of it is the message for the person: what, where, what to do.

    `reason` is a short fixed word for tests and for the audit, where messages may not go.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


NOT_CALCULATED = "formula without a result"
TOO_LONG = "text too long for a cell"
NO_KNOWN_ERROR = "#ERROR!"
# what may stand in a cell instead of a value; whatever else a file calls an error becomes the last
ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"),
        *("#BUSY!", "#GETTING_DATA", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", NO_KNOWN_ERROR),
        *(f"Err:{number}" for number in range(501, 541)),  # as LibreOffice writes them
    )
)
FLAWS = ERRORS | {NOT_CALCULATED, TOO_LONG}
