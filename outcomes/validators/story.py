"""What in the words of a story says who somebody is: names, and what leads to a person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from participants.validators.names import folded

# a part of a name of several ("de la Cruz") that is no small word
LONG = 3
# a letter and 12 more, the last of them a letter too where it is a temporary one; checked for its form alone
_UPN = re.compile(r"\b[A-Z]\d{11}[A-Z0-9]\b", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"\S+@\S+\.\w+")
# nine digits or more, however they are set apart: no number that is said of music has so many
_TELEPHONE = re.compile(r"(?:\+|\b0|\()(?:[\s().-]*\d){9,}", re.ASCII)
# what stands between two words; hyphens and apostrophes are of a word
_BETWEEN = re.compile(r"[^\w'’‘`´-]+|_+")
_POSSESSIVE = re.compile(r"['’‘`´][sS]?$")


@dataclass(frozen=True)
class Named:
    """A child's names as they are written down."""

    forename: str
    surname: str
    known_as: str = ""


def words_of(text: str) -> list[frozenset[str]]:
    """Returns the words of a text in their order, folded, each with and without the ’s of whose it is."""
    found = []
    for word in _BETWEEN.split(text):
        told = {folded(word), folded(_POSSESSIVE.sub("", word))} - {""}
        parts = sorted({len(one.split()) for one in told})
        if parts == [1]:
            found.append(frozenset(told))
        elif told:
            # a word with a hyphen is a word for each of its parts
            longest = max(told, key=len).split()
            bare = folded(_POSSESSIVE.sub("", word)).split()
            found += [frozenset(filter(None, pair)) for pair in zip(longest, bare or longest, strict=False)]
    return found


def names_in(text: str, children: Iterable[Named]) -> list[str]:
    """Returns each first name, name known by and surname of some children that stands in a text, folded, in order."""
    said = words_of(text)
    wanted = {part for child in children for name in _names(child) for part in _parts(name)}
    return sorted(part for part in wanted if _stands(part.split(), said))


def full_names_in(text: str, children: Iterable[Named]) -> list[str]:
    """Returns the first names with their surnames, either first, that stand side by side in a text, folded."""
    said = words_of(text)
    present = frozenset().union(*said) if said else frozenset()
    found = set()
    for child in children:
        surname = folded(child.surname)
        firsts = {folded(child.forename), folded(child.known_as)} - {""}
        # most children’s surnames stand nowhere in it
        if not surname or not present.issuperset(surname.split()):
            continue
        pairs = {f"{first} {surname}" for first in firsts} | {f"{surname} {first}" for first in firsts}
        found |= {pair for pair in pairs if _stands(pair.split(), said)}
    return sorted(found)


def traces_in(text: str) -> list[str]:
    """Returns what in a text leads to a person without a name: a UPN, a mail address, a telephone number, in words."""
    kinds = ((_UPN, "a UPN"), (_MAIL, "an e-mail address"), (_TELEPHONE, "a telephone number"))
    return [words for pattern, words in kinds if pattern.search(text)]


def _names(child: Named) -> list[str]:
    return [name for name in map(folded, (child.forename, child.known_as, child.surname)) if name]


def _parts(name: str) -> list[str]:
    """The name whole, and each part of it that is no small word."""
    parts = name.split()
    return [name, *(part for part in parts if len(part) >= LONG)] if len(parts) > 1 else [name]


def _stands(name: list[str], said: list[frozenset[str]]) -> bool:
    return any(
        all(part in word for part, word in zip(name, said[at:], strict=False))
        for at in range(len(said) - len(name) + 1)
    )
