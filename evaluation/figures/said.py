"""What was answered in a hub, exactly: the results of its analyses as tables, and by indicator with their words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluation.figures.table import Cell, Row, Table
from outcomes.indicators import INDICATORS, Described
from outcomes.measures.shipped import BY_KEY
from outcomes.measures.structure import TOTAL, Measure
from outcomes.models import Result
from programmes.models import Indicator

Kind = Result.Kind
EMPTY = "Nothing was answered in this year, or names are still on what was."
HIDDEN = "c"
CHANGE_COLUMNS = ("Children", "At the start", "Later", "Change", "Interval from", "Interval to")


@dataclass(frozen=True)
class Said:
    """What one analysis of a part says: its words, what it takes for granted, and its numbers."""

    measure: Measure
    part: str
    kind: Kind
    characteristic: str
    numbers: Mapping[str, Any]
    words: str

    @classmethod
    def of(cls, result: Result) -> "Said":
        """Returns what a stored result says."""
        measure = BY_KEY[result.measure, result.version]
        kind = Kind(result.kind)
        return cls(measure, result.part, kind, result.characteristic, result.result, result.words)

    @property
    def title(self) -> str:
        """The part, or the total, as the measure names it."""
        return self.measure.title_of(self.part)

    @property
    def feeds(self) -> Indicator | None:
        """The indicator it speaks on; a total speaks on what its parts do."""
        if self.part == TOTAL:
            return next(iter(self.measure.feeds), None)
        return self.measure.part(self.part).feeds

    @property
    def assumptions(self) -> Sequence[str]:
        """What it takes for granted, in sentences; none where there is no number."""
        found: Sequence[str] = self.numbers.get("assumptions", ())
        return found


@dataclass(frozen=True)
class OnIndicator:
    """An indicator with what was answered on it: the results of each part, the first of them that of all."""

    of: Described
    parts: tuple[tuple[Said, ...], ...]


def by_indicator(found: Iterable[Said]) -> list[OnIndicator]:
    """Returns the eight indicators in their order, each with the parts that feed it."""
    parts: dict[Indicator, dict[tuple[str, str], list[Said]]] = {}
    for one in found:
        if one.feeds is not None:
            parts.setdefault(one.feeds, {}).setdefault((one.measure.key, one.part), []).append(one)
    return [OnIndicator(one, tuple(tuple(own) for own in parts.get(one.indicator, {}).values())) for one in INDICATORS]


def taken_for_granted(found: Iterable[Said]) -> list[str]:
    """Returns what more than one analysis takes for granted, each sentence once, in the order in which they come."""
    told = Counter(words for one in found for words in one.assumptions)
    return [words for words, many in told.items() if many > 1]


def said_table(found: Iterable[Said], key: str) -> Table:
    """Returns one of the four tables of what was answered; raises KeyError for another key."""
    kind, caption, heading, columns, rows = TABLES[key]
    made = tuple(row for one in found if one.kind is kind and one.numbers for row in rows(one))
    return Table(key, caption, heading, columns, made, empty=EMPTY)


def _change(one: Said) -> Iterator[Row]:
    yield Row(one.part, one.title, _of_change(one.numbers))


def _groups(one: Said) -> Iterator[Row]:
    for line in one.numbers["lines"]:
        change = line["change"]
        cells = _of_change(change) if change else (Cell(symbol=HIDDEN),) * len(CHANGE_COLUMNS)
        words = f"{one.title}, {one.numbers['characteristic']}: {line['group']}"
        yield Row(f"{one.part}_{one.characteristic}_{line['group']}", words, cells)


def _hours(one: Said) -> Iterator[Row]:
    for number, quarter in enumerate(one.numbers["quarters"], start=1):
        cells = (Cell(quarter["children"]), _points(quarter["hours"]), _points(quarter["change"]))
        yield Row(f"{one.part}_{number}", f"{one.title}, part {number} by hours", cells)


def _level(one: Said) -> Iterator[Row]:
    numbers = one.numbers
    yield Row(one.part, one.title, (Cell(numbers["answered"]), Cell(numbers["schools"]), _points(numbers["score"])))


def _of_change(change: Mapping[str, Any]) -> tuple[Cell, ...]:
    interval = change["interval"] or {}
    points = (change["before"], change["after"], change["change"], interval.get("low"), interval.get("high"))
    return (Cell(change["matched"]), *(_points(value) for value in points))


def _points(value: float | None) -> Cell:
    return Cell() if value is None else Cell(round(Decimal(str(value)), 1))


# kind of result, caption, what a row is, columns, and the rows of one result
TABLES: Mapping[str, tuple[Kind, str, str, tuple[str, ...], Callable[[Said], Iterator[Row]]]] = {
    "said_change": (Kind.CHANGE, "Change of children who answered both times", "Part", CHANGE_COLUMNS, _change),
    "said_groups": (Kind.GROUPS, "Change by group of children", "Part and group", CHANGE_COLUMNS, _groups),
    "said_hours": (
        Kind.HOURS,
        "Hours received and change, in parts of like many children",
        "Part and hours",
        ("Children", "Hours received", "Change"),
        _hours,
    ),
    "said_level": (
        Kind.LEVEL,
        "What adults answered",
        "Part",
        ("Answers", "Schools", "Mean score"),
        _level,
    ),
}
