"""What an ensemble is in a spreadsheet, going out and coming in."""

from collections.abc import Callable

from inharmony.spreadsheets.sheet import Value
from programmes.models import Ensemble

# heading -> what stands under it
ENSEMBLE_COLUMNS: tuple[tuple[str, Callable[[Ensemble], Value]], ...] = (
    ("Hub", lambda each: each.programme.short_name),
    ("Ensemble", lambda each: each.name),
    ("Kind", lambda each: each.get_kind_display()),
    ("Level", lambda each: each.get_level_display()),
    ("School URN", lambda each: each.school_id),
    ("School", lambda each: each.school.name if each.school else None),
    ("Places", lambda each: each.capacity),
    ("Starts", lambda each: each.starts_on),
    ("Ends", lambda each: each.ends_on),
)
