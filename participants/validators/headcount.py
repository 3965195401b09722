"""What a count of heads may be."""

from dataclasses import dataclass

from programmes.models import Session


@dataclass(frozen=True)
class Headcount:
    """How many children and how many adults came to a session; each 0 to 999. Says nothing of anybody."""

    children: int
    adults: int

    def __post_init__(self) -> None:
        """Raises ValueError for a count that no hall holds."""
        if not (0 <= self.children <= Session.MOST_HEADS and 0 <= self.adults <= Session.MOST_HEADS):
            raise ValueError(f"A count of heads is 0 to {Session.MOST_HEADS}: {self}")
