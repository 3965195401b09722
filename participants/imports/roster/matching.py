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
from functools import cached_property
from typing import NamedTuple

from participants.imports.roster.likeness import (
    OTHER_SURNAME,
    Day,
    Names,
    Values,
    alike,
    born_alike,
    forenames_of,
    name_key,
)
from participants.imports.roster.short_forms import other_forms
from participants.queries.roster import KnownChild
from participants.validators.identity import is_temporary
from participants.validators.names import sort_key

_BY_UPN, _BY_FORMER, _BY_NAME, _BY_NAME_USED = 4, 3, 2, 1


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
    forms = {form for forename in forenames for form in other_forms(name_key(forename))}
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


class People:
    """The programme's children, findable by what a row may say of them."""

    def __init__(self, known: Iterable[KnownChild], school_id: int | None) -> None:
        self.school_id = school_id
        self.children = known if isinstance(known, list) else list(known)
        self.by_upn = {child.columns["upn_hash"]: child for child in self.children if child.columns["upn_hash"]}
        self._is_temporary: dict[int, bool] = {}
        self._days: dict[date, Day] = {}

    @cached_property
    def by_person(self) -> dict[tuple[str, str, date], list[KnownChild]]:
        found: dict[tuple[str, str, date], list[KnownChild]] = {}
        for child in self.children:
            columns = child.columns
            forename, surname, born = (
                name_key(columns["forename"]),
                name_key(columns["surname"]),
                columns["date_of_birth"],
            )
            found.setdefault((forename, surname, born), []).append(child)
            if columns["known_as"] and (used := name_key(columns["known_as"])) != forename:
                found.setdefault((used, surname, born), []).append(child)
        return found

    @cached_property
    def by_birth(self) -> dict[date, list[KnownChild]]:
        found: dict[date, list[KnownChild]] = defaultdict(list)
        for child in self.children:
            found[child.columns["date_of_birth"]].append(child)
        return found

    def born_on(self, day: date) -> "Day":
        """Returns the children of a day, findable by parts of their names."""
        if day not in self._days:
            self._days[day] = Day(self.by_birth.get(day, ()))
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
        is_name_same = not forenames_of(row).isdisjoint(forenames_of(columns, "known_as"))
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
        surname, born = name_key(row["surname"]), row["date_of_birth"]
        found = self.by_person.get((name_key(row["forename"]), surname, born), [])
        used = row.get("preferred_forename")
        if not used or name_key(used) == name_key(row["forename"]):
            return found
        also = self.by_person.get((name_key(used), surname, born), [])
        return [*found, *(child for child in also if child not in found)]

    def named(self, row: Values, taken: set[int]) -> _Claim | None:
        """Returns whom the row means by name and date of birth, or None; those taken by number only as a question."""
        found = self.of_name_and_birth(row)
        if not found:
            return None
        if len(found) > 1:
            found = self._narrowed(row, found, taken)
        child = min(found, key=lambda one: one.id)
        weight = _BY_NAME if name_key(row["forename"]) == name_key(child.columns["forename"]) else _BY_NAME_USED
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
        written = Names.of_row(row)
        for one in self.born_on(row["date_of_birth"]).like(written):
            differences, why = alike(written, one)
            if why is OTHER_SURNAME and not is_at(one.child, self.school_id):
                continue
            if why:
                yield differences, one.child, why

    def born_nearly_then(self, row: Values) -> Iterator[tuple[int, KnownChild, str]]:
        """Returns who has a row's surname and forename, or a form of it, and nearly its date of birth; with what."""
        surname, forenames = name_key(row["surname"]), forenames_of(row)
        forms = {form: 1 for name in forenames for form in other_forms(name)} | dict.fromkeys(forenames, 0)
        for forename, differences in forms.items():
            for child in self.by_name.get((forename, surname), ()):
                if why := born_alike(row["date_of_birth"], child.columns["date_of_birth"]):
                    yield 1 + differences, child, why


_MIXED_UP = "it carries this child’s UPN, but another child here has its name and date of birth"


def _is_temporary_row(row: Values) -> bool:
    return is_temporary(row.get("upn_sealed", ""))


def is_at(child: KnownChild, school_id: int | None) -> bool:
    """Whether the child is enrolled at the school without an end."""
    return any(stay.school_id == school_id and stay.ends_on is None for stay in child.stays)


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
    written = Names.of_row(row)
    for near in people.born_on(row["date_of_birth"]).like(written):
        if near.child.id != child.id and (why := alike(written, near)[1]) and why is not OTHER_SURNAME:
            yield near.child, why
    for _, other, why in people.born_nearly_then(row):
        yield other, why.removeprefix("it has ")
