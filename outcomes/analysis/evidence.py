"""
What all analyses share: which way a number went, how its interval is told, why an analysis is refused.

Words follow the numbers and go no further: what happened together is never called the work of one of the two.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import isfinite

# fewest respondents and schools of which a mean is given (rule 6 of IH-SDC 1)
FEWEST = 10
FEWEST_SCHOOLS = 2
# fewest respondents outside the two largest schools with an interval that others read. Of nine and one, of two schools,
# of eight and one and one, the interval and the mean together give away what the one, or each of the two, said
FEWEST_BESIDE_TWO = 5
# beyond this, either way, no measure and no register goes; squares of it are still numbers
MOST = 1e12
# below this share of a number, what is left of it is rounding
ROUNDING = 1e-9

# what was found of attainment, by which every sentence on it is bounded
FOUND_OF_ATTAINMENT = (
    "The national evaluation (NFER, 2016) found that attainment rose in In Harmony and in comparison schools alike, "
    "with no extra progress for In Harmony pupils, and this comparison does not show otherwise."
)


class AnalysisRefusedError(Exception):
    """These numbers are not analysed; the message says why and what would do, in plain words."""


class TooFewError(AnalysisRefusedError):
    """Fewer respondents or schools than a number may be given of."""


class NotANumberError(AnalysisRefusedError):
    """A value that is no finite number."""


class NothingToTellError(AnalysisRefusedError):
    """Values that do not differ where they would have to."""


class Direction(StrEnum):
    """Which way a number went, as far as its interval says."""

    UP = "went up"
    DOWN = "went down"
    UNCLEAR = "no clear change"


@dataclass(frozen=True)
class Interval:
    """The limits between which the truth lies in 95 of 100 such studies, and how they were found, in words."""

    low: float
    high: float
    how: str

    @property
    def direction(self) -> Direction:
        """Returns up or down where no difference at all lies outside the interval; else unclear."""
        nothing = ROUNDING * max(abs(self.low), abs(self.high))
        if self.low > nothing:
            return Direction.UP
        return Direction.DOWN if self.high < -nothing else Direction.UNCLEAR

    @property
    def words(self) -> str:
        low, high = told(self.low, self.high)
        return f"95 % interval {low} to {high}"


def told(*values: float) -> tuple[str, ...]:
    """
    Returns numbers as they stand in a sentence: all with as many decimals, a true minus, no minus before zero.

    One decimal, or two or three where a number that is not zero would be told as zero. A half is rounded away from
    zero, as pages round.
    """
    # first to nine places, so that the order in which numbers were added up decides no half
    exact = [round(value, 9) for value in values]
    places = next((places for places in (1, 2) if all(_rounded(v, places) or not _rounded(v, 4) for v in exact)), 3)
    return tuple(f"{_rounded(value, places):,.{places}f}".replace("-", "−") for value in exact)


def _rounded(value: float, places: int) -> Decimal:
    # adding nothing takes the sign off a zero
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def counted(many: int, one: str) -> str:
    """Returns a count with its noun, in the plural where it is not one."""
    return f"{many:,} {one}" if many == 1 else f"{many:,} {one}s"


def require_numbers(values: Iterable[float], what: str) -> None:
    """Refuses values that are not finite, or larger than anything that is measured here."""
    for value in values:
        if not isfinite(value) or abs(value) > MOST:
            raise NotANumberError(
                f"{what}: “{value}” is no number that anything here is measured in. Leave out what is not known."
            )


def schools_of(schools: Iterable[Hashable]) -> int:
    """Returns how many schools there are; who is at none (None) makes none."""
    return len({school for school in schools if school is not None})


def hides_schools(schools: Iterable[Hashable]) -> bool:
    """Returns whether an interval made from how these respondents' schools differ gives no school away."""
    many = Counter(schools)
    return sum(many.values()) - sum(count for _, count in many.most_common(2)) >= FEWEST_BESIDE_TWO


def require_enough(respondents: int, schools: int) -> None:
    """Refuses what is about fewer respondents or schools than a mean may be given of."""
    if respondents < FEWEST:
        raise TooFewError(
            f"Fewer than {FEWEST} respondents: a number is given from {FEWEST} on, because the mean of fewer can give "
            "one of them away."
        )
    if schools < FEWEST_SCHOOLS:
        raise TooFewError(
            "All respondents are of one school: a number is given from two schools on, because how schools differ "
            "cannot be seen in one."
        )
