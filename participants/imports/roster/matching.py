"""
Which child of the programme a row of a class list means. The policy, in the order in which it is tried.

Names are compared without accents, case, hyphens, apostrophes and blanks: Anne-Marie O’Brien is ANNEMARIE OBRIEN.
A row's forename is its forename or the one it says is used; a child's likewise. A temporary UPN ends in a letter.

1. The child with the row's UPN, then the child with its former UPN, is meant; it does not matter whether anybody has
   the newer one yet. It is a close match where neither a forename nor the date of birth is the child's, and where
   another child here, who carries a UPN too, has the row's name and date of birth: the numbers may have been mixed up.
2. The child with the row's name and date of birth is meant. Where several have them, those go first whose UPN is not
   another than the row's, then those enrolled at the list's school; where it still is not one, it is a close match.
   Where both carry a UPN and the two differ, it is a close match as well, unless ours is a temporary one, which the
   school has replaced.
3. Of the rows that mean one child, the one is certain that says so with most weight: by UPN and name, by former UPN and
   name, by name and date of birth, by the name used. The others are close matches. Where several say so with the same
   weight, all are close matches: the order of the rows never decides. A UPN with another forename weighs as little as
   a name and a date of birth, for of twins one may carry the number of the other.
4. What is left may still be a child who is here, written otherwise. A close match is a child
   - born on the same day, with
     the names the other way round;
     alike forenames and alike surnames;
     the same forename or a form of it, at the list's school, and another surname;
   - or of the same surname, and the same forename or a form of it, whose date of birth differs in one figure, in two
     neighbouring figures or in day and month the other way round, or by one year.
   Alike is a name of three to seven letters with one typing error (a letter wrong, missing, too many, or two changed
   about), a longer one with two, a name and its beginning (Maria, Maria Luisa), a double surname and one of its parts;
   of forenames also a short form or another spelling (`short_forms`), and an initial and a name it begins.
   A child whom another row means for certain is never a close match: twins stay two. Nor is one who carries another
   permanent UPN than the row: two numbers tell two children apart better than names can.
   Of several, the one with fewest differences is shown, then the one at the list's school, then the one known longest.

Everyone else is new. Only the programme's own children are looked at: a child known to another programme is simply new
here, and nothing in the answer tells whether there is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from participants.imports.roster.short_forms import other_forms
from participants.queries.roster import KnownChild
from participants.validators.identity import is_temporary
from participants.validators.names import folded, sort_key

_BY_UPN, _BY_FORMER, _BY_NAME, _BY_NAME_USED = 4, 3, 2, 1
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row means: a child or None for a new one; `why` says what makes a close match close."""

    child: KnownChild | None = None
    why: str = ""

    @property
    def is_close(self) -> bool:
        """Whether a person has to say if it is the same child."""
        return bool(self.why)


NEW = Match()


def match_rows(rows: Sequence[Values], known: Iterable[KnownChild], school_id: int | None) -> list[Match]:
    """
    Returns whom each row means; as many as there are rows, in their order.

    A row has forename, surname, date_of_birth; preferred_forename, upn_hash, upn_sealed, former_upn_hash if any.
    """
    people = People(known, school_id)
    claims = [people.by_number(row) for row in rows]
    taken = {claim.child.id for claim in claims if claim is not None and not claim.why}
    claims = [claim or people.named(row, taken) for claim, row in zip(claims, rows, strict=True)]
    matches = _settled(claims)
    claimed = {match.child.id for match in matches if match is not None and match.child and not match.is_close}
    return [match or people.near(row, claimed) for match, row in zip(matches, rows, strict=True)]


def sort_keys_like(row: Values) -> set[str]:
    """Returns the sort keys by which to look up whom a row may mean who was born on another day."""
    forenames = [row["forename"], *filter(None, [row.get("preferred_forename")])]
    forms = {form for forename in forenames for form in other_forms(_key(forename))}
    return {sort_key(row["surname"], forename) for forename in (*forenames, *forms)}


class _Claim(NamedTuple):
    """That a row means a child, with what weight, and why not for certain where it is so."""

    child: KnownChild
    weight: int
    why: str = ""


def _settled(claims: Sequence[_Claim | None]) -> list[Match | None]:
    """The claims as matches: of each child the weightiest is certain, if it is one."""
    best: dict[int, tuple[int, int]] = {}
    for claim in claims:
        if claim is not None and not claim.why:
            weight, times = best.get(claim.child.id, (0, 0))
            if claim.weight >= weight:
                best[claim.child.id] = (claim.weight, times + 1 if claim.weight == weight else 1)
    return [claim and _match(claim, best) for claim in claims]


def _match(claim: _Claim, best: dict[int, tuple[int, int]]) -> Match:
    if claim.why or best[claim.child.id] == (claim.weight, 1):
        return Match(claim.child, claim.why)
    return Match(claim.child, "another row of the list means this child too")


@lru_cache(maxsize=100_000)
def _key(name: str) -> str:
    """A name as it is compared: many children have one name, and a child is compared often."""
    return folded(name).replace(" ", "")


class People:
    """The programme's children, findable by what a row may say of them."""

    def __init__(self, known: Iterable[KnownChild], school_id: int | None) -> None:
        self.school_id = school_id
        self.children = known if isinstance(known, list) else list(known)
        self.by_upn = {child.columns["upn_hash"]: child for child in self.children if child.columns["upn_hash"]}
        self._is_temporary: dict[int, bool] = {}
        self._days: dict[date, _Day] = {}

    @cached_property
    def by_person(self) -> dict[tuple[str, str, date], list[KnownChild]]:
        found: dict[tuple[str, str, date], list[KnownChild]] = {}
        for child in self.children:
            columns = child.columns
            forename, surname, born = _key(columns["forename"]), _key(columns["surname"]), columns["date_of_birth"]
            found.setdefault((forename, surname, born), []).append(child)
            if columns["known_as"] and (used := _key(columns["known_as"])) != forename:
                found.setdefault((used, surname, born), []).append(child)
        return found

    @cached_property
    def by_birth(self) -> dict[date, list[KnownChild]]:
        found: dict[date, list[KnownChild]] = defaultdict(list)
        for child in self.children:
            found[child.columns["date_of_birth"]].append(child)
        return found

    def born_on(self, day: date) -> "_Day":
        """Returns the children of a day, findable by parts of their names."""
        if day not in self._days:
            self._days[day] = _Day(self.by_birth.get(day, ()))
        return self._days[day]

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[KnownChild]]:
        found: dict[tuple[str, str], list[KnownChild]] = defaultdict(list)
        for (forename, surname, _), children in self.by_person.items():
            found[forename, surname] += children
        return found

    def by_number(self, row: Values) -> _Claim | None:
        """Returns whom the row means by a UPN, or None."""
        child, weight = self.by_upn.get(row.get("upn_hash", "")), _BY_UPN
        if child is None:
            child, weight = self.by_upn.get(row.get("former_upn_hash", "")), _BY_FORMER
        if child is None:
            return None
        columns = child.columns
        is_birth_same = row["date_of_birth"] == columns["date_of_birth"]
        if is_birth_same and row["forename"] == columns["forename"]:
            return _Claim(child, weight)
        is_name_same = not _forenames(row).isdisjoint(_forenames(columns, "known_as"))
        if not is_name_same and not is_birth_same:
            return _Claim(child, weight, "it carries this child’s UPN, but another name and date of birth")
        if is_name_same and is_birth_same:
            return _Claim(child, weight)
        why = _MIXED_UP if self._is_of_another(row, child) else ""
        return _Claim(child, weight if is_name_same else _BY_NAME, why)

    def _is_of_another(self, row: Values, child: KnownChild) -> bool:
        """Whether a child with a number of its own has the row's name and date of birth, and not this one."""
        found = self.of_name_and_birth(row)
        return child not in found and any(other.columns["upn_hash"] for other in found)

    def of_name_and_birth(self, row: Values) -> list[KnownChild]:
        """Returns the children with a row's name, or the one it says is used, and its date of birth."""
        surname, born = _key(row["surname"]), row["date_of_birth"]
        found = self.by_person.get((_key(row["forename"]), surname, born), [])
        used = row.get("preferred_forename")
        if not used or _key(used) == _key(row["forename"]):
            return found
        also = self.by_person.get((_key(used), surname, born), [])
        return [*found, *(child for child in also if child not in found)]

    def named(self, row: Values, taken: set[int]) -> _Claim | None:
        """Returns whom the row means by name and date of birth, or None; those taken by number only as a question."""
        found = self.of_name_and_birth(row)
        if not found:
            return None
        if len(found) > 1:
            found = self._narrowed(row, found, taken)
        child = min(found, key=lambda one: one.id)
        weight = _BY_NAME if _key(row["forename"]) == _key(child.columns["forename"]) else _BY_NAME_USED
        if len(found) > 1:
            return _Claim(child, weight, "more than one child here has this name and date of birth")
        if self._upns_differ(row, child):
            return _Claim(child, weight, "it has this child’s name and date of birth, but another UPN")
        return _Claim(child, weight)

    def _narrowed(self, row: Values, found: list[KnownChild], taken: set[int]) -> list[KnownChild]:
        """Those of several namesakes who are not spoken for, carry no other UPN, and are at the school."""
        found = [child for child in found if child.id not in taken] or found
        found = [child for child in found if not self._upns_differ(row, child)] or found
        return [child for child in found if is_at(child, self.school_id)] or found

    def _upns_differ(self, row: Values, child: KnownChild) -> bool:
        """Whether both carry a UPN and they are two; a temporary one of ours is replaced by any other."""
        upn, ours = row.get("upn_hash", ""), child.columns["upn_hash"]
        if not upn or not ours or upn == ours:
            return False
        if child.id not in self._is_temporary:
            self._is_temporary[child.id] = is_temporary(child.columns["upn_sealed"])
        return not self._is_temporary[child.id]

    def are_two(self, one: KnownChild, other: KnownChild) -> bool:
        """Whether two records are two children for sure: by two permanent numbers, or by one list that names both."""
        lists = {place.roster_import_id for place in one.places} & {place.roster_import_id for place in other.places}
        if lists - {None}:
            return True
        return self._upns_differ(one.columns, other) and self._upns_differ(other.columns, one)

    def near(self, row: Values, claimed: set[int]) -> Match:
        """Returns the best close match of rule 4, or NEW."""
        found = [
            (differences, not is_at(child, self.school_id), child.id, child, why)
            for differences, child, why in (*self._born_the_same_day(row), *self.born_nearly_then(row))
            if child.id not in claimed
        ]
        for *_, child, why in sorted(found, key=lambda item: item[:3]):
            # last, for a sealed UPN is slow to open
            if not (self._upns_differ(row, child) and not _is_temporary_row(row)):
                return Match(child, why)
        return NEW

    def _born_the_same_day(self, row: Values) -> Iterator[tuple[int, KnownChild, str]]:
        written = _Known.of_row(row)
        for one in self.born_on(row["date_of_birth"]).like(written):
            differences, why = _alike(written, one)
            if why is _OTHER_SURNAME and not is_at(one.child, self.school_id):
                continue
            if why:
                yield differences, one.child, why

    def born_nearly_then(self, row: Values) -> Iterator[tuple[int, KnownChild, str]]:
        """Returns who has a row's surname and forename, or a form of it, and nearly its date of birth; with what."""
        surname, forenames = _key(row["surname"]), _forenames(row)
        forms = {form: 1 for name in forenames for form in other_forms(name)} | dict.fromkeys(forenames, 0)
        for forename, differences in forms.items():
            for child in self.by_name.get((forename, surname), ()):
                if why := _born_alike(row["date_of_birth"], child.columns["date_of_birth"]):
                    yield 1 + differences, child, why


_MIXED_UP = "it carries this child’s UPN, but another child here has its name and date of birth"
_OTHER_SURNAME = "it has the same forename, date of birth and school, but another surname"
_SWAPPED = "it has the same names the other way round, and the same date of birth"
_ALIKE = "the names are alike and the date of birth is the same"


def _forenames(columns: Values, used: str = "preferred_forename") -> set[str]:
    names = {_key(columns["forename"])}
    if columns.get(used):
        names.add(_key(columns[used]))
    return names - {""}


def _is_temporary_row(row: Values) -> bool:
    return is_temporary(row.get("upn_sealed", ""))


def is_at(child: KnownChild, school_id: int | None) -> bool:
    """Whether the child is enrolled at the school without an end."""
    return any(stay.school_id == school_id and stay.ends_on is None for stay in child.stays)


class _Known(NamedTuple):
    """The names of one child or row, as they are compared: as one word each, and the words they are made of."""

    child: Any
    forenames: tuple[str, ...]
    surname: str
    surname_words: frozenset[str]

    @classmethod
    def of(cls, child: KnownChild) -> "_Known":
        return cls._made(child, child.columns, "known_as")

    @classmethod
    def of_row(cls, row: Values) -> "_Known":
        return cls._made(None, row, "preferred_forename")

    @classmethod
    def _made(cls, child: Any, columns: Values, used: str) -> "_Known":
        return cls(
            child,
            tuple(sorted(_forenames(columns, used))),
            _key(columns["surname"]),
            frozenset(folded(columns["surname"]).split()),
        )


_FAR = 9
_MOST_FORGIVEN = 2


class _Day:
    """The children born on one day, findable by what of their names a row may share: of most days there are many."""

    def __init__(self, children: Iterable[KnownChild]) -> None:
        self.surnames: list[str] = []
        self.known: list[_Known] = []
        # by a forename, and by a word of a surname
        self.by_forename: dict[str, set[int]] = defaultdict(set)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        for at, one in enumerate(map(_Known.of, children)):
            self.known.append(one)
            self.surnames.append(one.surname)
            for forename in one.forenames:
                self.by_forename[forename].add(at)
            for word in one.surname_words or {""}:
                self.by_word[word].add(at)

    def like(self, row: "_Known") -> Iterator["_Known"]:
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


def _alike(row: _Known, known: _Known) -> tuple[int, str]:
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
    return (4, _OTHER_SURNAME) if is_same else (_FAR, "")


def _forenames_differ(one: str, other: str) -> int:
    if one == other:
        return 0
    if other in other_forms(one):
        return 1
    shorter, longer = sorted((one, other), key=len)
    if (len(shorter) == 1 or len(shorter) >= 3) and longer.startswith(shorter):
        return 2
    return _typing_errors(one, other)


def _surnames_differ(row: _Known, known: _Known) -> int:
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


def _born_alike(one: date, other: date) -> str:
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


class Double(NamedTuple):
    """Two records that may be of one child, the earlier first, and what speaks for it."""

    one: KnownChild
    other: KnownChild
    why: str


_SAME = "the same name and date of birth"


def likely_doubles(known: Iterable[KnownChild], of: int | None = None) -> list[Double]:
    """
    Returns pairs of children of one programme who may be one, by name; with `of`, those of one child, by its id.

    They are whom a list's row would be asked about (rules 2 and 4), but for who shares forename and school alone. Two
    who stand on one list of the year are two, and so are two with permanent UPNs.
    """
    people = People(known, None)
    found: dict[tuple[int, int], Double] = {}
    for child in people.children:
        if of is None or child.id == of:
            for other, why in _like(child, people):
                one, then = sorted((child, other), key=lambda each: each.id)
                if not people.are_two(one, then):
                    found.setdefault((one.id, then.id), Double(one, then, why))
    return sorted(found.values(), key=lambda each: (each.why != _SAME, each.one.columns["sort_key"], each.one.id))


def _like(child: KnownChild, people: People) -> Iterator[tuple[KnownChild, str]]:
    row = {**child.columns, "preferred_forename": child.columns["known_as"]}
    for other in people.of_name_and_birth(row):
        if other.id != child.id:
            yield other, _SAME
    written = _Known.of_row(row)
    for near in people.born_on(row["date_of_birth"]).like(written):
        if near.child.id != child.id and (why := _alike(written, near)[1]) and why is not _OTHER_SURNAME:
            yield near.child, why
    for _, other, why in people.born_nearly_then(row):
        yield other, why.removeprefix("it has ")
