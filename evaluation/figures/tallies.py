"""What figures are made of: sums of sessions and of marks, wherever they were summed (`evaluation.queries.tallies`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from evaluation.figures.figure import Completeness
from participants.models.attendance import ATTENDED

CAME = Q(mark__in=ATTENDED)


@dataclass(frozen=True)
class SessionTally:
    """
    How many sessions, for how long those held lasted, and what their registers say.

    `due` counts registers due, `since` is the day of the first of those that is missing. `attended` and `possible` are
    marks; `offered` and `received` are hours of children, `weeks` those with a register, Monday to Sunday.
    """

    planned: int = 0
    held: int = 0
    cancelled: int = 0
    due: int = 0
    length: timedelta = field(default=timedelta())
    attended: int = 0
    possible: int = 0
    offered: timedelta = field(default=timedelta())
    received: timedelta = field(default=timedelta())
    weeks: int = 0
    since: date | None = None

    @property
    def completeness(self) -> Completeness:
        """Registers taken of registers due."""
        return Completeness(self.held, self.due)

    @property
    def missing(self) -> int:
        """Registers due and not taken."""
        return self.due - self.held


@dataclass(frozen=True)
class EnsembleTally:
    """The tally of one ensemble, and the school it belongs to; no school where it belongs to no one's."""

    ensemble: int
    name: str
    school: int | None
    school_name: str
    sessions: SessionTally


@dataclass(frozen=True)
class SessionSums:
    """The sessions of a period: all, by week (its Monday), by ensemble in name order, and the cancelled by reason."""

    all: SessionTally
    by_week: Mapping[date, SessionTally]
    by_ensemble: tuple[EnsembleTally, ...]
    cancelled: Mapping[str, int]


@dataclass(frozen=True)
class ChildSums:
    """
    Children of a period, each once: `listed` on a register, `reached` who came.

    Of the latter by school of the ensemble (None is no one school; a child may stand at two) and by year group.
    """

    listed: int = 0
    reached: int = 0
    by_school: Mapping[int | None, int] = field(default_factory=dict)
    by_year_group: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldTally:
    """Children who are alike in one thing: `listed` on a register, `reached` who came; their marks and minutes."""

    listed: int = 0
    reached: int = 0
    attended: int = 0
    possible: int = 0
    offered: int = 0
    received: int = 0

    def __add__(self, other: "FieldTally") -> "FieldTally":
        return FieldTally(
            self.listed + other.listed,
            self.reached + other.reached,
            self.attended + other.attended,
            self.possible + other.possible,
            self.offered + other.offered,
            self.received + other.received,
        )


@dataclass(frozen=True)
class MarkTally:
    """What the registers taken say: children on them, children who came, marks, and hours offered and received."""

    listed: int = 0
    reached: int = 0
    possible: int = 0
    attended: int = 0
    offered: timedelta = field(default=timedelta())
    received: timedelta = field(default=timedelta())
    weeks: int = 0


def tally_of(sessions: SessionTally, children: ChildSums) -> MarkTally:
    """Returns what the registers of these sessions say of these children."""
    return MarkTally(
        children.listed,
        children.reached,
        sessions.possible,
        sessions.attended,
        sessions.offered,
        sessions.received,
        sessions.weeks,
    )
