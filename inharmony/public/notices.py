"""The versions of the notices, newest first: what stands on a page is what was last said, and since when."""

from dataclasses import dataclass
from datetime import date

# links that leave the portal are given to templates, never written in them
ICO = {"page": "https://ico.org.uk/make-a-complaint/", "words": "ico.org.uk/make-a-complaint"}
EASS = {"page": "https://www.equalityadvisoryservice.com/", "words": "equalityadvisoryservice.com"}


@dataclass(frozen=True)
class Edition:
    """One version of a notice: its number, the day it holds from, and what is otherwise than before."""

    number: int
    since: date
    changes: str


_FIRST, _ASKED = date(2026, 11, 29), date(2026, 11, 30)

NOTICES: dict[str, tuple[Edition, ...]] = {
    "privacy": (
        Edition(3, _ASKED, "Families are asked about quotations and case studies too."),
        Edition(2, date(2026, 11, 29), "A home’s postcode is looked up, and how deprived its area is stays."),
        Edition(1, _FIRST, "The first version."),
    ),
    "privacy-children": (
        Edition(2, _ASKED, "We may show what you said, if you and your family say yes."),
        Edition(1, _FIRST, "The first version."),
    ),
    "privacy-families": (
        Edition(2, _ASKED, "A fifth question is about quotations and case studies."),
        Edition(1, _FIRST, "The first version."),
    ),
    "cookies": (Edition(1, _FIRST, "The first version."),),
    "accessibility": (Edition(1, _FIRST, "The first version."),),
}
