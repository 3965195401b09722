"""Finds planted texts in what somebody was answered, whatever case, accents or blanks they come in."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tests.crawler.plan import Canary, Plan
from tests.crawler.reading import spelt_out, texts_in, texts_of
from tests.crawler.wire import Answer

# apostrophes that programs make of one another, and letters that show nothing
ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u00ad": None, "\u200b": None, "\u2060": None})


SHORTEST = 6


def normal(text: str) -> str:
    """Returns a text as it is compared: without accents, in one case, every blank one space."""
    if not text.isascii():
        split = unicodedata.normalize("NFKD", text.translate(ALIKE))
        text = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def stands_in(spelling: str, text: str) -> bool:
    """Whether a text holds a spelling, both normal; 4 March does not stand in 14 March, nor 1234 in 12345."""
    if spelling not in text:
        return False
    before, after = r"(?<!\d)" * spelling[0].isdigit(), r"(?!\d)" * spelling[-1].isdigit()
    return not before + after or re.search(before + re.escape(spelling) + after, text) is not None


@dataclass(frozen=True)
class Sighting:
    """A planted text, and where in the answer it stood."""

    canary: Canary
    where: str


class Finder:
    """Knows every canary of a plan by every spelling."""

    def __init__(self, plan: Plan) -> None:
        self._spelt = [(canary, tuple(map(normal, canary.spellings))) for canary in plan.canaries]
        short = [canary.what for canary, spellings in self._spelt if min(map(len, spellings)) < SHORTEST]
        if short:
            raise ValueError(f"Too short to stand nowhere else: {short}")

    def in_answer(self, answer: Answer) -> list[Sighting]:
        """Returns the canaries in an answer, each once. Raises UnreadableError."""
        return self._in(texts_of(answer))

    def in_bytes(self, where: str, data: bytes) -> list[Sighting]:
        """Returns the canaries in a file or a text that is nobody's answer. Raises UnreadableError."""
        return self._in(texts_in(where, data))

    def told(self, text: str) -> set[str]:
        """Returns what each canary in a request is: an answer may echo what it was told."""
        return {sighting.canary.what for sighting in self._in(spelt_out("request", text))}

    def _in(self, texts: Iterable[tuple[str, str]]) -> list[Sighting]:
        found: dict[str, Sighting] = {}
        for where, text in texts:
            searched = normal(text)
            for canary, spellings in self._spelt:
                if canary.what not in found and any(stands_in(spelling, searched) for spelling in spellings):
                    found[canary.what] = Sighting(canary, where)
        return list(found.values())
