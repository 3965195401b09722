"""Sessions as a spreadsheet, under the headings by which a timetable is brought in."""

from collections.abc import Callable, Iterable

from inharmony.pages import dates
from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets.sheet import Value
from programmes.models import Session
from programmes.models.session import listed

# heading -> what stands under it
SESSION_COLUMNS: tuple[tuple[str, Callable[[Session], Value]], ...] = (
    ("Hub", lambda each: each.programme.short_name),
    ("Ensemble", lambda each: each.ensemble.name),
    ("Date", lambda each: each.day),
    ("Starts", lambda each: dates.clock(each.starts_at)),
    ("Ends", lambda each: dates.clock(each.ends_at)),
    ("Kind", lambda each: each.get_kind_display()),
    ("Venue", lambda each: str(each.venue) if each.venue else None),
    ("Cover", lambda each: each.tutor.name if each.tutor else None),
)


def sessions_out(sessions: Iterable[Session], *, about: str) -> ListOut[Session]:
    """Returns sessions that came `with_joined`, with what became of each."""
    return ListOut(
        act="timetable.exported",
        title="Sessions",
        about=about,
        columns=(
            *(Column(heading, read) for heading, read in SESSION_COLUMNS),
            Column("With", lambda each: listed(names) if (names := _joining(each)) else None),
            Column("State", _state),
        ),
        rows=sessions,
        programme_of=lambda each: each.programme_id,
    )


def _joining(session: Session) -> list[str]:
    return [player.name for player in session.players[1:]]


def _state(session: Session) -> Value:
    if session.is_cancelled:
        return f"Cancelled: {session.get_cancel_reason_display()}"
    return "Register taken" if session.is_held else None
