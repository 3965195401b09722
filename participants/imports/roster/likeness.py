"""When two names are alike, and two dates of birth: rule 4 of the policy in matching.py."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from participants.imports.roster.short_forms import other_forms
from participants.queries.roster import KnownChild
from participants.validators.names import folded

Values = dict[str, Any]
_FAR = 9
_MOST_FORGIVEN = 2
OTHER_SURNAME = "it has the same forename, date of birth and school, but another surname"
_SWAPPED = "it has the same names the other way round, and the same date of birth"
_ALIKE = "the names are alike and the date of birth is the same"


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """A name as it is compared: many children have one name, and a child is compared often."""
    return folded(name).replace(" ", "")


def forenames_of(columns: Values, used: str = "preferred_forename") -> set[str]:
    """Returns the forename and the one that is used, as they are compared."""
    names = {name_key(columns["forename"])}
    if columns.get(used):
        names.add(name_key(columns[used]))
    return names - {""}


class Names(NamedTuple):
    """The names of one child or row, as they are compared: as one word each, and the words they are made of."""

    child: Any
    forenames: tuple[str, ...]
    surname: str
    surname_words: frozenset[str]

    @classmethod
    def of(cls, child: KnownChild) -> "Names":
        """Returns those of a child who is known."""
        return cls._made(child, child.columns, "known_as")

    @classmethod
    def of_row(cls, row: Values) -> "Names":
        """Returns those of a row of a list."""
        return cls._made(None, row, "preferred_forename")

    @classmethod
    def _made(cls, child: Any, columns: Values, used: str) -> "Names":
        return cls(
            child,
            tuple(sorted(forenames_of(columns, used))),
            name_key(columns["surname"]),
            frozenset(folded(columns["surname"]).split()),
        )


class Day:
    """The children born on one day, findable by what of their names a row may share: of most days there are many."""

    def __init__(self, children: Iterable[KnownChild]) -> None:
        self.surnames: list[str] = []
        self.known: list[Names] = []
        # by a forename, and by a word of a surname
        self.by_forename: dict[str, set[int]] = defaultdict(set)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        for at, one in enumerate(map(Names.of, children)):
            self.known.append(one)
            self.surnames.append(one.surname)
            for forename in one.forenames:
                self.by_forename[forename].add(at)
            for word in one.surname_words or {""}:
                self.by_word[word].add(at)

    def like(self, row: "Names") -> Iterator["Names"]:
        """Returns those whose surname is nearly the row's, or who share a forename or a word of the surname."""
        if not self.known:
            return
        found: set[int] = set()
        most = _forgiven(len(row.surname) + _MOST_FORGIVEN)
        near = process.extract(row.surname, self.surnames, scorer=OSA.distance, score_cutoff=most, limit=None)
        found.update(at for _, _, at in near)
        for forename in row.forenames:
            for form in (forename, *other_forms(forename)):
                found |= self.by_forename.get(form, set())
        found |= self.by_forename.get(row.surname, set())
        for word in (*row.surname_words, ""):
            found |= self.by_word.get(word, set())
        yield from (self.known[at] for at in sorted(found if row.surname else range(len(self.known))))


def alike(row: Names, known: Names) -> tuple[int, str]:
    """How two children born on one day differ by name, and in which words; no words where they are two."""
    if row.surname in known.forenames and known.surname in row.forenames:
        return 1, _SWAPPED
    forenames = min((_forenames_differ(one, other) for one in row.forenames for other in known.forenames), default=_FAR)
    if forenames >= _FAR:
        return _FAR, ""
    surnames = _surnames_differ(row, known)
    if surnames < _FAR:
        return forenames + surnames, _ALIKE
    # a name of a few letters that is nearly another is not the same name
    is_same = forenames == 0 or any(not other_forms(name).isdisjoint(known.forenames) for name in row.forenames)
    return (4, OTHER_SURNAME) if is_same else (_FAR, "")


def _forenames_differ(one: str, other: str) -> int:
    if one == other:
        return 0
    if other in other_forms(one):
        return 1
    shorter, longer = sorted((one, other), key=len)
    if (len(shorter) == 1 or len(shorter) >= 3) and longer.startswith(shorter):
        return 2
    return _typing_errors(one, other)


def _surnames_differ(row: Names, known: Names) -> int:
    if row.surname == known.surname:
        return 0
    if not row.surname or not known.surname:
        return 2
    if min(len(row.surname_words), len(known.surname_words)) < max(len(row.surname_words), len(known.surname_words)):
        fewer, more = sorted((row.surname_words, known.surname_words), key=len)
        if fewer <= more:
            return 1
    return _typing_errors(row.surname, known.surname)


def _forgiven(letters: int) -> int:
    """How many typing errors a name of so many letters is forgiven."""
    return 0 if letters < 3 else 1 if letters < 8 else _MOST_FORGIVEN


def _typing_errors(one: str, other: str) -> int:
    """How many typing errors lie between two names; `_FAR` where they are more than such a name is forgiven."""
    forgiven = _forgiven(max(len(one), len(other)))
    if not forgiven or abs(len(one) - len(other)) > forgiven:
        return _FAR
    errors = OSA.distance(one, other, score_cutoff=forgiven)
    return errors if errors <= forgiven else _FAR


def born_alike(one: date, other: date) -> str:
    """What makes two dates of birth nearly one, in words; empty where nothing does, or where they are the same."""
    if one == other:
        return ""
    if (one.year, one.day, one.month) == (other.year, other.month, other.day):
        return "it has the same name, and day and month of birth the other way round"
    written, ours = f"{one:%d%m%Y}", f"{other:%d%m%Y}"
    wrong = [at for at, (a, b) in enumerate(zip(written, ours, strict=True)) if a != b]
    if len(wrong) == 1:
        return "it has the same name, and a date of birth that differs in one figure"
    if (one.day, one.month) == (other.day, other.month) and abs(one.year - other.year) == 1:
        return "it has the same name, and a date of birth one year apart"
    if len(wrong) == 2 and wrong[1] - wrong[0] == 1 and written[wrong[0]] == ours[wrong[1]]:
        at = wrong[0]
        if written[at + 1] == ours[at]:
            return "it has the same name, and a date of birth with two figures changed about"
    return ""
