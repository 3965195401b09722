"""A number that says what it is. Pages, charts, reports and exports all read these values and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

Number = int | Decimal
# the one unit that stands before its number
POUND = "£"


def written(value: Number | None, symbol: str = "") -> str:
    """Returns "1,357" or "2.4"; of a number that is not shown its symbol, of one that cannot be formed a dash."""
    if symbol:
        return symbol
    return "–" if value is None else f"{value:,}"


def per_cent(part: int, whole: int) -> int | None:
    """Returns the share in whole per cent, halves up; None where there is nothing to share."""
    return (200 * part + whole) // (2 * whole) if whole else None


def rounded(value: Decimal, to: str) -> Decimal:
    """Returns the value rounded halves up, to `"1"` or to `"0.1"`."""
    return value.quantize(Decimal(to), ROUND_HALF_UP)


@dataclass(frozen=True)
class Completeness:
    """Registers taken of registers due: what every figure that comes from marks rests on."""

    taken: int
    due: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down, so that 100 means that none is missing; 100 where none was due."""
        return 100 * self.taken // self.due if self.due else 100

    @property
    def words(self) -> str:
        """Returns "385 of 402 registers taken"."""
        return f"{self.taken:,} of {self.due:,} registers taken" if self.due else "No register is due yet"

    @property
    def missing_words(self) -> str:
        """Returns "17 missing.", or that none is."""
        return f"{self.due - self.taken:,} missing." if self.taken < self.due else "None missing."


@dataclass(frozen=True)
class Definition:
    """What a figure counts, in one unit, over which population; written once, for page, report and export."""

    key: str
    name: str
    unit: str
    counts: str
    population: str
    denominator: str = "None: this is a count."


@dataclass(frozen=True)
class Figure:
    """
    One number with its meaning.

    `value` is None where it cannot be formed (no marks yet) or is not shown; then `symbol` says why (c, z or x).
    """

    definition: Definition
    value: Number | None
    as_at: datetime
    completeness: Completeness | None = None
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""
    symbol: str = ""
    # of the catalogue: whether a missing register makes it too small; `completeness` is then None while none is due
    is_of_registers: bool = False

    @property
    def key(self) -> str:
        """The figure's name in code and addresses."""
        return self.definition.key

    @property
    def name(self) -> str:
        """The figure's name on screen and paper."""
        return self.definition.name

    @property
    def unit(self) -> str:
        """What is counted, or "%"; empty beside the name of what is counted."""
        return self.definition.unit

    @property
    def percent(self) -> int | None:
        """How complete it is, for the meter beside it; None where it does not rest on registers."""
        return self.completeness.percent if self.completeness else None

    @property
    def words(self) -> str:
        """How complete it is, in words."""
        return self.completeness.words if self.completeness else ""

    @property
    def written(self) -> str:
        """The value as every page and report writes it, without its unit; a sum of money with its sign."""
        text = written(self.value, self.symbol)
        return f"{POUND}{text}" if self.unit == POUND and self.value is not None else text

    @property
    def shown_unit(self) -> str:
        """The unit as it stands beside the value: none beside a symbol or a dash, or where it stands before."""
        return "" if self.value is None or self.unit == POUND else self.unit

    @property
    def anchor(self) -> str:
        """The address of its definition on the same page."""
        return f"#what-{self.key}"
