"""
What in the words of a story says who somebody is: names, and what leads to a person.

A name is looked for as it may be written without any malice: with other accents, apostrophes, hyphens or none, in one
word or two, with a number after it, of several people. Every pattern here takes time in proportion to the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from participants.validators.names import folded

# a part of a name of several ("de la Cruz") that is no small word
LONG = 3
# words that may stand between a first name and a surname: "Amy Louise", "Amy and Ben Jones"
BETWEEN = 2
# what people write for an apostrophe; before accents are taken off, for one of these is an accent to Unicode
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′ʹ＇", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
_UNSEEN = {"Cf", "Mn", "Me"}
# a word broken at the end of a line, by a hyphen or where one may stand
_BROKEN = re.compile(r"[-\u00ad][^\S\n]*\r?\n[^\S\n]*")
# what turns the direction of what is written after it
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_LETTERS = re.compile(r"[^\W\d_]+")
# amyJones is two words, and Jones-Smith, Amy_Jones and Amy1Jones are
_CAPITAL_INSIDE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HINGES = frozenset("'-_0123456789")

# a letter and 12 more, the last of them a letter too where it is a temporary one; checked for its form alone
_UPN = re.compile(r"\b[A-Z]\d{11}[A-Z0-9]\b", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"[^\s@]@(?:[\w-]{1,63}\.){1,4}\w")
_HANDLE = re.compile(r"(?<![\w@])@\w")
_WEB = re.compile(
    r"https?:/|\bwww\.|(?<![\w@.-])(?:[\w-]{1,63}\.){1,4}(?:com|org|net|uk|info|io|eu|co|tv|ly)\b", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? {0,2}\d[A-Z]{2}\b", re.IGNORECASE | re.ASCII)
# digits with little between them
_DIGITS = re.compile(r"[+(]? ?\d(?:[\s().-]{0,5}\d){8,}", re.ASCII)
_DAY_OF_NUMBERS = re.compile(r"\b(\d{1,4})[./ -]{1,3}(\d{1,2})[./ -]{1,3}(\d{2,4})\b", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY_OF_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {{1,2}}{_MONTH}\b|\b{_MONTH} {{1,2}}(\d{{1,2}})(?:st|nd|rd|th)?\b",
    re.IGNORECASE | re.ASCII,
)
_WORD = re.compile(r"\w+")
# of the name of a school what many schools are called
_OF_ANY_SCHOOL = frozenset(
    _WORD.findall(
        "academy and ce catholic church college community cofe c e england first for high infant infants junior juniors"
        " nursery of primary rc roman school schools secondary special the trust voluntary aided controlled"
    )
)
# of the note of who agreed what is no name
_NO_NAMES = frozenset(
    _WORD.findall(
        "and dr for from her his miss mother mr mrs ms mum dad father mx of our sir teacher head the their tutor who"
    )
)


@dataclass(frozen=True)
class Named:
    """A child's names as they are written down."""

    forename: str
    surname: str
    known_as: str = ""


@dataclass(frozen=True)
class Word:
    """A word of a text, folded, where it stands, whether it has a capital, and whether it hangs on the one before."""

    bare: str
    at: int
    to: int
    is_capital: bool
    is_joined: bool


@dataclass(frozen=True)
class Text:
    """A text as names are looked for in it."""

    plain: str
    words: Sequence[Word]
    letters: str

    @classmethod
    def of(cls, text: str) -> "Text":
        """Returns a text taken apart."""
        plain = _plain(text)
        words = list(_words(plain))
        return cls(plain, words, "".join(word.bare for word in words))


def hidden_in(text: str) -> bool:
    """Returns whether a text holds what nobody sees and what turns others about; an end of line is neither."""
    return any(c in _TURNS or (c != "\n" and unicodedata.category(c) == "Cc") for c in text)


def names_in(text: str, children: Iterable[Named]) -> list[str]:
    """Returns each first name, name known by and surname of some children that stands in a text, folded, in order."""
    said, found = Text.of(text), set()
    for child in children:
        for name in (child.forename, child.known_as):
            # of a first name of several words each counts that is no single letter: with a capital if it is short
            found |= {part for part, least in _parts(name, 2) if _stands(part, said, is_capital=len(least) < LONG)}
        found |= {part for part, _ in _parts(child.surname, LONG) if _stands(part, said)}
    return sorted(folded(part) for part in found)


def first_names_in(text: str, children: Iterable[Named]) -> list[str]:
    """Returns each first name and name known by of some children that stands in a text with a capital, folded."""
    said = Text.of(text)
    firsts = {name for child in children for name in (child.forename, child.known_as) if folded(name)}
    return sorted({folded(name) for name in firsts if _stands(name, said, is_capital=True)})


def full_names_in(text: str, children: Iterable[Named]) -> list[str]:
    """
    Returns what in a text is the first name of a child with the surname, as it stands there, folded.

    The first of several first names is enough, and a part of the surname; either may be first, and with capitals two
    other words may stand between.
    """
    said, found = Text.of(text), set()
    for child in children:
        surnames = [part for part, _ in _parts(child.surname, LONG) if _squeezed(part) in said.letters]
        # most children’s surnames stand nowhere in it
        last = [span for part in surnames for span in _spans(part, said)]
        if last:
            firsts = {part for name in (child.forename, child.known_as) for part in _first_of(name)}
            first = [span for part in firsts for span in _spans(part, said)]
            found |= {said.plain[at:to] for one in first for other in last for at, to in _meeting(one, other, said)}
    # it may go over an end of line
    return sorted({folded(" ".join(name.split())) for name in found})


def adults_in(text: str, who: str) -> list[str]:
    """Returns each word of the note of who agreed that is a name and stands in a text with a capital, folded."""
    said = Text.of(text)
    noted = [word for word in Text.of(who).words if len(word.bare) >= LONG and word.bare not in _NO_NAMES]
    return sorted({word.bare for word in noted if _stands(word.bare, said, is_capital=True)})


def schools_in(text: str, schools: Iterable[str], towns: Iterable[str]) -> list[str]:
    """Returns the names of schools that stand in a text, without what any school is called; a town is told of all."""
    said, known = Text.of(text), {folded(town) for town in towns}
    found = []
    for school in schools:
        own = [word.bare for word in Text.of(school).words if word.bare not in _OF_ANY_SCHOOL]
        name = " ".join(own)
        if own and name not in known and _stands(name, said, is_capital=True):
            found.append(folded(school))
    return sorted(found)


def birthdays_in(text: str, born: Iterable[date]) -> bool:
    """Returns whether one of some days stands in a text: in numbers with its year, in words also without."""
    days = set(born)
    whole = {(day.year, day.month, day.day) for day in days}
    plain = _plain(text)
    for one, month, other in (tuple(map(int, each)) for each in _DAY_OF_NUMBERS.findall(plain)):
        years = {one: other, other: one}
        told = {(year + (2000 if year < 100 else 0), month, day) for year, day in years.items()}
        told |= {(year, day, month) for year, month, day in told}
        if told & whole:
            return True
    in_words = {
        (_MONTHS.index((before or after).lower()) + 1, int(number or also))
        for number, before, after, also in _DAY_OF_WORDS.findall(plain)
    }
    return bool(in_words & {(day.month, day.day) for day in days})


def holds_upn(text: str) -> bool:
    """Returns whether a unique pupil number stands in a text."""
    return bool(_UPN.search(_plain(text)))


def traces_in(text: str) -> list[str]:
    """Returns what in a text leads to a person without a name: a number or an address of any kind, in words."""
    plain = _plain(text)
    kinds = (
        (_UPN, "a UPN"),
        (_MAIL, "an e-mail address"),
        (_HANDLE, "a name on social media"),
        (_WEB, "a web address"),
        (_POSTCODE, "a postcode"),
    )
    found = [words for pattern, words in kinds if pattern.search(plain)]
    runs = _DIGITS.findall(_UPN.sub(" ", plain))
    return [*found, "a telephone number"] if any(map(_is_telephone, runs)) else found


def _is_telephone(run: str) -> bool:
    """
    Nine digits or more from a 0, a + or a bracket on; or ten to twelve in long groups that are not all years.

    No number that is said of music has so many; a count to twelve is none.
    """
    groups = re.findall(r"\d+", run)
    left = sum(map(len, groups))
    if run[0] in "+(":
        return True
    for at, group in enumerate(groups):
        if group[0] == "0" and left >= 9:
            return True
        left -= len(group)
        for many in (1, 2, 3, 4):
            some = groups[at : at + many]
            is_of_years = all(len(one) == 4 and one[:2] in {"19", "20"} for one in some)
            if min(map(len, some)) >= LONG and 10 <= sum(map(len, some)) <= 12 and not is_of_years:
                return True
    return False


def _plain(text: str) -> str:
    """The text without accents, what nobody sees and broken words, with one kind of apostrophe and of dash."""
    apart = unicodedata.normalize("NFKD", _BROKEN.sub("-", text.translate(_APOSTROPHES).translate(_DASHES)))
    if not apart.isascii():
        apart = "".join(c for c in apart if unicodedata.category(c) not in _UNSEEN and c != "\u034f")
    return apart.translate(_APOSTROPHES).translate(_DASHES)


def _words(plain: str) -> Iterator[Word]:
    end = 0
    for found in _LETTERS.finditer(plain):
        between = plain[end : found.start()]
        joined = bool(end and len(between) < 8 and set(between) <= _HINGES)
        begin, whole = found.start(), found.group()
        end = found.end()
        # the ’s of whose it is
        if joined and between == "'" and whole in {"s", "S"}:
            continue
        for part in _CAPITAL_INSIDE.split(whole):
            bare = folded(part).replace(" ", "")
            if bare:
                yield Word(bare, begin, begin + len(part), part[0].isupper(), joined)
            begin, joined = begin + len(part), True


def _squeezed(name: str) -> str:
    return folded(_plain(name)).replace(" ", "")


def _parts(name: str, least: int) -> list[tuple[str, str]]:
    """The name whole, and each part of it that is no small word; each with what must be long to be one in any case."""
    parts = folded(_plain(name)).split()
    if not parts:
        return []
    some = [(part, part) for part in parts if len(part) >= least] if len(parts) > 1 else []
    return [(name, "whole"), *some]


def _first_of(name: str) -> set[str]:
    parts = folded(_plain(name)).split()
    return {name, parts[0]} if parts else set()


def _stands(name: str, said: Text, *, is_capital: bool = False) -> bool:
    return any(not is_capital or said.words[begin].is_capital for begin, _ in _spans(name, said))


def _spans(name: str, said: Text) -> Iterator[tuple[int, int]]:
    """
    Where a name stands: from which word, up to which.

    It may stand in fewer words than it has, and in more where they hang together, or where it has several itself; also
    in two long ones with capitals, Mary Kate for Marykate. The last may be one of several people: the Okafors.
    """
    wanted = _squeezed(name)
    if not wanted or wanted not in said.letters:
        return
    seams, so_far = set(), 0
    for piece in _words(_plain(name)):
        so_far += len(piece.bare)
        seams.add(so_far)
    for begin, word in enumerate(said.words):
        if not wanted.startswith(word.bare[: len(wanted)]):
            continue
        end = _end_of(wanted, seams, said.words, begin)
        if end:
            yield begin, end


def _end_of(wanted: str, seams: set[int], words: Sequence[Word], begin: int) -> int:
    have = ""
    for at in range(begin, len(words)):
        word = words[at]
        may_go_on = (
            at == begin
            or word.is_joined
            or len(have) in seams
            or (word.is_capital and words[at - 1].is_capital and min(len(word.bare), len(words[at - 1].bare)) >= LONG)
        )
        if not may_go_on:
            return 0
        have += word.bare
        if have == wanted or (len(wanted) >= LONG and have in {f"{wanted}s", f"{wanted}es"}):
            return at + 1
        if not wanted.startswith(have):
            return 0
    return 0


def _meeting(first: tuple[int, int], last: tuple[int, int], said: Text) -> Iterator[tuple[int, int]]:
    """Where a first name and a surname stand together, from which letter of the text up to which."""
    words = said.words
    gap = last[0] - first[1]
    have_capitals = words[first[0]].is_capital and words[last[0]].is_capital
    if gap == 0 or (0 < gap <= BETWEEN and have_capitals):
        yield words[first[0]].at, words[last[1] - 1].to
    elif last[1] == first[0]:
        yield words[last[0]].at, words[first[1] - 1].to
