"""The class lists of a hub as a spreadsheet: which came in, from whom, and what they did."""

from collections.abc import Callable, Iterable

from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets.sheet import Value
from participants.models import RosterImport

_COUNTS = {"total": "Rows", "new": "New", "changed": "Changed", "unchanged": "Unchanged", "refused": "Refused"}


def rosters_out(imports: Iterable[RosterImport]) -> ListOut[RosterImport]:
    """Returns the lists, newest first, with the counts of their rows."""
    return ListOut(
        act="rosters.exported",
        title="Class lists",
        columns=(
            Column("File", lambda each: each.file_name),
            Column("School", lambda each: str(each.school) if each.school else None),
            Column("Year", lambda each: str(each.academic_year)),
            Column("Sent", lambda each: each.uploaded_at),
            Column("By", lambda each: each.uploaded_by.name),
            Column("State", lambda each: each.get_state_display()),
            *(Column(words, _counted(key)) for key, words in _COUNTS.items()),
        ),
        rows=imports,
        programme_of=lambda each: each.programme_id,
    )


def _counted(key: str) -> Callable[[RosterImport], Value]:
    def counted(each: RosterImport) -> Value:
        number: int | None = each.counts.get(key)
        return number

    return counted
