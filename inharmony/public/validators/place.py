"""What somebody typed into the search for a place: a postcode, the first half of one, or a name."""

import re
import unicodedata
from dataclasses import dataclass

from schools.validators.names import key

LONGEST = 80
_DISTRICT = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_FULL = re.compile(rf"({_DISTRICT})([0-9][A-Z]{{2}})")
# the first half, or the first half with the first figure of the second
_HALF = re.compile(rf"({_DISTRICT})(?: [0-9])?")
_NOT_IN_POSTCODE = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True)
class Asked:
    """
    What was asked for. `words` is as it is shown again; of a postcode `district` and, of a whole one, `postcode`.

    Of a name, `key` is how it is compared, and `within` what stood after a comma ("Shropshire").
    """

    words: str
    key: str = ""
    within: str = ""
    district: str = ""
    postcode: str = ""

    @property
    def area(self) -> str:
        """The letters a postcode begins with, which stand for a post town."""
        return self.district[: 2 if self.district[1:2].isalpha() else 1]

    @property
    def is_empty(self) -> bool:
        """Whether nothing that could be a place was typed."""
        return not (self.key or self.district)


def read(typed: str) -> Asked:
    """Returns what somebody asked for, whatever they typed; never refuses."""
    words = _plain(typed)
    squeezed = _NOT_IN_POSTCODE.sub("", words.upper())
    if whole := _FULL.fullmatch(squeezed):
        return Asked(f"{whole[1]} {whole[2]}", district=whole[1], postcode=squeezed)
    if half := _HALF.fullmatch(_NOT_IN_POSTCODE.sub(" ", words.upper()).strip()):
        return Asked(half[1], district=half[1])
    name, _, within = words.partition(",")
    return Asked(words, key=key(name) or key(within), within=key(within) if key(name) else "")


def _plain(typed: str) -> str:
    """The text on one line, no sign that cannot be seen, at most as long as a place's name."""
    seen = "".join(" " if unicodedata.category(sign).startswith(("C", "Z")) else sign for sign in typed[: 4 * LONGEST])
    return " ".join(seen.split())[:LONGEST].strip()
