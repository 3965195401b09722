"""Which child of the programme a row of a class list means. The policy, in the order in which it is tried:

1. The child with the row's UPN; unless name and date of birth are both others, then it is a close match.
2. The child with the row's former UPN.
3. The child with the row's forename (or known-as), surname and date of birth; accents, case, hyphens and apostrophes do
   not count. Where both carry a UPN and the two differ, it is a close match, unless ours is a temporary one. Where
   several children fit, the one enrolled at the list's school is meant, if it is one; else it is a close match.
4. What is left may still be a child who is here, written otherwise. A close match is a child
   - born on the same day whose names are alike, or swapped, or of whom one name is the same and the school too; or
   - of the same name whose date of birth differs in one place or has day and month swapped.
   A child whom another row means for certain is never a close match: twins stay two.

A row that means a child whom an earlier row means already is a close match too. Everyone else is new. Only the
programme's own children are looked at: a child known to another programme is simply new here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from participants.imports.roster.upn import is_temporary
from participants.queries.roster import KnownChild
from participants.validators.identity import unseal
from participants.validators.names import folded

ALIKE_SURNAME = 0.8
ALIKE_FORENAME = 0.7


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


def match_rows(rows: Sequence[dict[str, Any]], known: Iterable[KnownChild], school_id: int | None) -> list[Match]:
    """Returns whom each row means. A row has forename, surname, date_of_birth; upn_hash, former_upn_hash if any."""
    people = People(known, school_id)
    matches: list[Match | None] = [people.certain(row) for row in rows]
    claimed: set[int] = set()
    for at, match in enumerate(matches):
        if match is None or match.child is None or match.is_close:
            continue
        if match.child.id in claimed:
            matches[at] = Match(match.child, "an earlier row means this child already")
        claimed.add(match.child.id)
    return [match or people.near(row, claimed) for row, match in zip(rows, matches, strict=True)]


class People:
    """The programme's children, findable by what a row may say of them."""

    def __init__(self, known: Iterable[KnownChild], school_id: int | None) -> None:
        self.school_id = school_id
        self.by_upn: dict[str, KnownChild] = {}
        self.by_person: dict[tuple[str, str, date], list[KnownChild]] = defaultdict(list)
        self.by_birth: dict[date, list[KnownChild]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[KnownChild]] = defaultdict(list)
        for child in known:
            self._add(child)

    def _add(self, child: KnownChild) -> None:
        columns = child.columns
        if columns["upn_hash"]:
            self.by_upn[columns["upn_hash"]] = child
        surname, born = folded(columns["surname"]), columns["date_of_birth"]
        forenames = {folded(columns["forename"]), folded(columns["known_as"])} - {""}
        for forename in forenames:
            self.by_person[forename, surname, born].append(child)
            self.by_name[forename, surname].append(child)
        self.by_birth[born].append(child)

    def certain(self, row: dict[str, Any]) -> Match | None:
        """Returns the match of rules 1 to 3, or None."""
        child = self.by_upn.get(row.get("upn_hash", ""))
        if child:
            same = row["date_of_birth"] == child.columns["date_of_birth"] or bool(_names(row) & _names(child.columns))
            return Match(child, "" if same else "it carries this child’s UPN, but another name and date of birth")
        child = self.by_upn.get(row.get("former_upn_hash", ""))
        if child:
            return Match(child)
        found = self.by_person.get((folded(row["forename"]), folded(row["surname"]), row["date_of_birth"]), [])
        if len(found) > 1:
            found = [child for child in found if is_at(child, self.school_id)] or found
        if len(found) > 1:
            return Match(found[0], "more than one child here has this name and date of birth")
        if found and _upns_differ(row, found[0]):
            return Match(found[0], "it has this child’s name and date of birth, but another UPN")
        return Match(found[0]) if found else None

    def near(self, row: dict[str, Any], claimed: set[int]) -> Match:
        """Returns the best close match of rule 4, or NEW."""
        found = [
            (score, -child.id, child, why)
            for child, (score, why) in (
                *((child, self._alike(row, child)) for child in self.by_birth.get(row["date_of_birth"], [])),
                *((child, _born_alike(row, child)) for child in self._namesakes(row)),
            )
            if score and child.id not in claimed and not _both_have_upns(row, child)
        ]
        if not found:
            return NEW
        _, _, child, why = max(found, key=lambda item: item[:2])
        return Match(child, why)

    def _namesakes(self, row: dict[str, Any]) -> list[KnownChild]:
        return self.by_name.get((folded(row["forename"]), folded(row["surname"])), [])

    def _alike(self, row: dict[str, Any], child: KnownChild) -> tuple[float, str]:
        """How alike two names are, from 0 for not at all, of children born on the same day."""
        forename, surname = folded(row["forename"]), folded(row["surname"])
        columns = child.columns
        theirs, surname_here = (
            {folded(columns["forename"]), folded(columns["known_as"])} - {""},
            folded(columns["surname"]),
        )
        if surname in theirs and forename == surname_here:
            return 3.0, "it has the same names the other way round, and the same date of birth"
        surnames = _ratio(surname, surname_here)
        forenames = max(_forename_ratio(forename, name) for name in theirs)
        if surnames >= ALIKE_SURNAME and forenames >= ALIKE_FORENAME:
            return surnames + forenames, "the names are alike and the date of birth is the same"
        if forenames == 1 and is_at(child, self.school_id):
            return 1.0, "it has the same forename, date of birth and school, but another surname"
        return 0.0, ""


def _names(columns: dict[str, Any]) -> set[str]:
    return {folded(columns[name]) for name in ("forename", "surname", "known_as") if columns.get(name)} - {""}


def _both_have_upns(row: dict[str, Any], child: KnownChild) -> bool:
    """Two permanent UPNs tell two children apart better than names can."""
    return bool(row.get("upn_hash") and child.columns["upn_hash"]) and _upns_differ(row, child)


def _upns_differ(row: dict[str, Any], child: KnownChild) -> bool:
    upn = row.get("upn_hash", "")
    if not upn or not child.columns["upn_hash"] or upn == child.columns["upn_hash"]:
        return False
    return not is_temporary(unseal(child.columns["upn_sealed"]))


def is_at(child: KnownChild, school_id: int | None) -> bool:
    """Whether the child is enrolled at the school without an end."""
    return any(stay.school_id == school_id and stay.ends_on is None for stay in child.stays)


def _ratio(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio()


def _forename_ratio(one: str, other: str) -> float:
    """Alike, or one is the beginning of the other (Sam, Samuel; Maria, Maria Luisa)."""
    shorter, longer = sorted((one, other), key=len)
    return 0.9 if len(shorter) >= 3 and longer.startswith(shorter) and one != other else _ratio(one, other)


def _born_alike(row: dict[str, Any], child: KnownChild) -> tuple[float, str]:
    one, other = row["date_of_birth"], child.columns["date_of_birth"]
    if (one.year, one.day, one.month) == (other.year, other.month, other.day) and one != other:
        return 2.0, "it has the same name, and day and month of birth the other way round"
    if sum(a != b for a, b in zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=True)) == 1:
        return 2.0, "it has the same name, and a date of birth that differs in one figure"
    return 0.0, ""
