"""The trail as a spreadsheet: what its page shows, so children by number."""

from collections.abc import Iterable

from inharmony.audit.lines import Line
from inharmony.pages.exporting import Column, ListOut


def trail_out(lines: Iterable[Line], *, about: str) -> ListOut[Line]:
    """Returns the lines of the trail in the words of its page."""
    return ListOut(
        act="trail.exported",
        title="Trail",
        about=about,
        columns=(
            Column("When", lambda line: line.at),
            Column("Who", lambda line: line.who),
            Column("What", lambda line: line.words),
            Column("About", lambda line: "; ".join(each.words for each in line.about) or None),
            Column("Fields", lambda line: "; ".join(line.fields) or None),
        ),
        rows=lines,
    )
