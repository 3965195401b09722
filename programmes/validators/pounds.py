"""Sums of money as people write them."""

import re
from decimal import Decimal

from inharmony.pages.money import pounds

# far beyond what any hub takes in; sums over hubs and sources fit where releases keep them
LARGEST = Decimal("99999999.99")
LONGEST = 40  # characters, blanks and all: no sum needs more
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_POUNDS = re.compile(r"£?(\d{1,3}(?:,\d{3})+|\d{1,10})(\.\d{1,2})?", re.ASCII)


def read_pounds(text: str) -> Decimal | None:
    """
    Returns a sum of pounds such as “£12,500”, “12500.00” or “12 500”; None for nothing.

    Raises ValueError for anything else: a comma that stands for the pence would be a hundred times too much.
    """
    if len(text) > LONGEST:  # cut, it might read as another sum
        raise ValueError(f"Write the sum in at most {LONGEST} characters, like 12,500 or 12500.00.")
    squeezed = _BLANKS.sub("", text)
    if not squeezed:
        return None
    found = _POUNDS.fullmatch(squeezed)
    if found is None:
        raise ValueError("Write pounds in figures, like 12,500 or 12500.00.")
    amount = Decimal(found[1].replace(",", "") + (found[2] or ""))
    if amount > LARGEST:
        raise ValueError(f"Write a sum of at most {pounds(LARGEST)}.")
    return amount.quantize(Decimal("0.01"))


def written_pounds(amount: Decimal) -> str:
    """Returns a sum as it stands in a box: “12,500”, with pence where there are any."""
    return pounds(amount).removeprefix("£")
