"""The way from a saved register to the next one that is missing."""

from datetime import date

from django.urls import reverse

from inharmony.pages import dates
from programmes.queries.next_register import NextRegister

ALL_TAKEN = "All registers are taken."


def next_words(following: NextRegister | None, today: date) -> dict[str, str]:
    """Returns the address and the words of the link to the next register; of words alone where all are taken."""
    if following is None:
        return {"words": ALL_TAKEN}
    when = dates.clock(following.starts_at) if following.day == today else dates.short_day(following.day)
    address = reverse("participants:register", args=[following.session_id])
    return {"href": address, "words": f"Next: {following.title}, {when} ({following.left} left)"}
