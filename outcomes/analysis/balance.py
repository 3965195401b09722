"""
How alike two groups of schools are, variable by variable: the standardised difference, and what is to be said of it.

No array library is needed for this, so that a page can show it at once.

The difference of the means is divided by the pooled standard deviation, as the What Works Clearinghouse does (Standards
Handbook 4.1, 2020, and 5.0, 2022), without its small-sample factor, which would make groups of few schools look more
alike than they are. Above 0.25 the Clearinghouse takes no study as comparable whatever is adjusted for, and Stuart
(2010, Statistical Science 25) warns of any adjustment; that from 0.1 on a difference is worth a note is Austin's
(2009, Statistics in Medicine 28).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, sqrt
from statistics import fmean, variance

NOTED = 0.1
NOT_COMPARABLE = 0.25
# with fewer schools in either group, chance alone parts them by more than what is judged here
FEW = 10
Numbers = Mapping[str, float | None]


class Match(StrEnum):
    """What is to be said of one variable."""

    ALIKE = "alike"
    NOTED = "some difference"
    APART = "not comparable on this"
    UNKNOWN = "cannot be said"


@dataclass(frozen=True)
class Standardised:
    """
    One variable of both groups: of how many schools it is known, their means, and the difference in deviations.

    `difference` is None where a group has no school with the number, or no spread can be told.
    """

    key: str
    title: str
    in_harmony: int
    comparison: int
    mean_in_harmony: float | None
    mean_comparison: float | None
    difference: float | None

    @property
    def match(self) -> Match:
        """Returns what is to be said of it; at a limit, the milder."""
        if self.difference is None:
            return Match.UNKNOWN
        size = round(abs(self.difference), 9)
        if size > NOT_COMPARABLE:
            return Match.APART
        return Match.NOTED if size > NOTED else Match.ALIKE

    @property
    def apart(self) -> str:
        """Returns the difference as it stands in a table, with a true minus; empty where there is none."""
        return "" if self.difference is None else f"{self.difference:.2f}".replace("-", "−")

    @property
    def words(self) -> str:
        """Returns one sentence on this variable."""
        if self.difference is None:
            return (
                f"{self.title}: cannot be compared; known of {self.in_harmony} In Harmony and {self.comparison} "
                "comparison schools, and both groups need one that differs."
            )
        way = "higher" if self.difference > 0 else "lower"
        size = f"{abs(self.difference):.2f} standard deviations"
        if self.match is Match.ALIKE:
            return f"{self.title}: alike ({size} apart)."
        judged = (
            "the groups are not comparable on this" if self.match is Match.APART else "to be noted beside any result"
        )
        return f"{self.title}: {size} {way} in the In Harmony schools; {judged}."


@dataclass(frozen=True)
class Balance:
    """How alike two groups of schools are: each variable, what is taken for granted, and the verdict in words."""

    variables: tuple[Standardised, ...]
    assumptions: tuple[str, ...]
    words: str


def standardised_differences(
    in_harmony: Sequence[Numbers], comparison: Sequence[Numbers], *, titles: Mapping[str, str]
) -> Balance:
    """
    Returns how alike two groups of schools are on the variables in `titles` (key to name), in their order.

    Each school is a mapping of those keys to numbers, None where it is not known; what is not finite is not known.
    """
    variables = tuple(_variable(key, title, in_harmony, comparison) for key, title in titles.items())
    return Balance(variables, _assumptions(len(in_harmony), len(comparison)), _verdict(variables))


def _variable(key: str, title: str, ours: Sequence[Numbers], theirs: Sequence[Numbers]) -> Standardised:
    own, other = _known(key, ours), _known(key, theirs)
    means = fmean(own) if own else None, fmean(other) if other else None
    return Standardised(key, title, len(own), len(other), *means, _difference(own, other))


def _known(key: str, schools: Sequence[Numbers]) -> list[float]:
    told = (school.get(key) for school in schools)
    return [float(value) for value in told if value is not None and isfinite(value)]


def _difference(own: Sequence[float], other: Sequence[float]) -> float | None:
    """Returns the difference of means over the pooled deviation; None without two schools in one and one in each."""
    freedom = len(own) + len(other) - 2
    if not own or not other or freedom < 1:
        return None
    squares = sum(variance(group) * (len(group) - 1) for group in (own, other) if len(group) > 1)
    apart, pooled = fmean(own) - fmean(other), sqrt(squares / freedom)
    largest = max(abs(value) for value in (*own, *other))
    if pooled <= 1e-12 * largest:
        return 0.0 if abs(apart) <= 1e-12 * largest else None
    return apart / pooled


def _assumptions(ours: int, theirs: int) -> tuple[str, ...]:
    said = [
        "Each school counts once, whatever its roll.",
        "Schools that are alike on these numbers may differ on others: no list of numbers makes two schools the same.",
        "The comparison schools were picked by hand by people who could have known their results.",
    ]
    if min(ours, theirs) < FEW:
        said.append(
            f"With {ours} and {theirs} schools these differences are themselves unsure: chance alone can make them "
            "much larger or smaller than in a large group."
        )
    return tuple(said)


def _verdict(variables: Sequence[Standardised]) -> str:
    known = [one for one in variables if one.match is not Match.UNKNOWN]
    apart = [one.title for one in known if one.match is Match.APART]
    noted = [one.title for one in known if one.match is Match.NOTED]
    silent = len(variables) - len(known)
    unknown = f" {silent} of {len(variables)} cannot be compared." if silent else ""
    if not known:
        return "Nothing can be said of how alike the groups are: too few numbers are known."
    if apart:
        return f"Not comparable on {_listed(apart)}: differences of results are no more than two descriptions.{unknown}"
    if noted:
        return f"Comparable with a note on {_listed(noted)}.{unknown}"
    return f"Alike on all that {'is' if silent else 'was'} known.{unknown}"


def _listed(titles: Sequence[str]) -> str:
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
