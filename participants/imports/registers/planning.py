"""What accepting a past register would do, day by day, with what stands now; and what of it is refused, cell by cell.

The house's rules, which a sheet does not bend:

- A day with a session of the ensemble whose register is not taken gets its register. A day without one gets a session.
- What a register says already is never written over: the same mark is unchanged, any other is a conflict, shown.
- A child is marked only on days on which they were in the hub. A child who was not in the ensemble then is marked as
  one who came along: in that register alone, and who is in the ensemble stays as it is. A child at risk is no walk-in.
- A day is taken wholly from the sheet or not at all: with two columns of one day, neither is.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from inharmony.pages import dates
from participants.actions.past_registers import DayToTake
from participants.imports.registers import days
from participants.imports.registers.grid import ChildRow, Column, Grid
from participants.imports.registers.letters import NO_MARK, proposed
from participants.imports.registers.matching import Meant
from participants.models.attendance import Mark
from participants.queries.past_registers import ChildOfYear
from programmes.models import Ensemble, Session
from schools.models import AcademicYear

MAKES, TAKES, STANDS, EMPTY, REFUSED = "makes", "takes", "stands", "empty", "refused"
_WRITES = frozenset({MAKES, TAKES})


@dataclass(frozen=True)
class Letter:
    """A letter of the sheet: how often it stands in rows that count, what it means, and whether somebody said so."""

    letter: str
    often: int
    means: str
    is_said: bool

    @property
    def key(self) -> str:
        """What names its field in a form."""
        return f"letter-{self.letter.encode().hex()}"


@dataclass(frozen=True)
class Trouble:
    """A cell (or row, or column) that is not taken: where, of whom where one is known, what stands there, why."""

    row: int | None
    column: str
    value: str
    message: str
    child: ChildOfYear | None = None
    day: date | None = None


@dataclass
class Day:
    """A day of the sheet and what becomes of it."""

    day: date
    columns: list[Column]
    does: str = EMPTY
    why: str = ""
    session: Session | None = None
    marks: dict[int, Mark] = field(default_factory=dict)
    walk_ins: int = 0
    # children of the ensemble on that day of whom the sheet says nothing
    unmarked: int = 0
    unchanged: int = 0
    conflicts: int = 0

    @property
    def letters(self) -> str:
        """The columns it stands in."""
        return ", ".join(column.letters for column in self.columns)


@dataclass
class RowMeant:
    """A row of the sheet and whom it means."""

    row: ChildRow
    meant: Meant

    @property
    def is_open(self) -> bool:
        """Whether a person has to say whom it means."""
        return self.meant.child is None and not self.meant.is_out


@dataclass(frozen=True)
class Times:
    """From when to when the sessions were that are made; None until a person says."""

    starts_at: time | None = None
    ends_at: time | None = None


@dataclass
class Plan:
    """Everything accepting would do, and everything it would not."""

    letters: list[Letter]
    rows: list[RowMeant]
    days: list[Day]
    troubles: list[Trouble]
    conflicts: list[Trouble]
    times: Times
    # whom a row can be said to mean besides those whose names are alike
    others: list[ChildOfYear] = field(default_factory=list)

    @property
    def unknown(self) -> list[Letter]:
        """The letters of which nobody has said or can know what they mean."""
        return [letter for letter in self.letters if not letter.means]

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has said what every letter means."""
        return all(letter.is_said for letter in self.letters)

    @property
    def needs_times(self) -> bool:
        """Whether sessions would be made and nobody has said when they were."""
        return self.times.starts_at is None and any(day.does == MAKES for day in self.days)

    @property
    def writes(self) -> list[Day]:
        """The days whose registers would be taken."""
        return [day for day in self.days if day.does in _WRITES]

    @property
    def is_ready(self) -> bool:
        """Whether it can be accepted."""
        return self.is_confirmed and not self.needs_times and bool(self.writes)

    @property
    def open_rows(self) -> list[RowMeant]:
        """The rows that a person has to decide on; until then they are left out."""
        return [row for row in self.rows if row.is_open]

    @property
    def asked_rows(self) -> list[RowMeant]:
        """The rows that a person has to decide on, then those they have decided on."""
        return self.open_rows + [row for row in self.rows if row.meant.is_out or row.meant.is_said]

    @property
    def found_rows(self) -> list[RowMeant]:
        """The rows that mean a child."""
        return [row for row in self.rows if row.meant.child is not None]

    @property
    def children_shown(self) -> set[int]:
        """The ids of the children whom the page names; of a name that is several children’s, all of them."""
        shown = {row.meant.child.id for row in self.found_rows if row.meant.child}
        shown |= {child.id for row in self.rows for child in row.meant.likely}
        return shown | ({child.id for child in self.others} if self.asked_rows else set())

    @property
    def offered(self) -> dict[int, set[int]]:
        """The ids of the children whom each row that is asked about may be said to mean, by its number."""
        others = {child.id for child in self.others}
        return {row.row.row: others | {child.id for child in row.meant.likely} for row in self.asked_rows}

    def to_take(self) -> list[DayToTake]:
        """Returns what the act is given."""
        return [
            DayToTake(day.day, day.session.pk if day.session else None, dict(sorted(day.marks.items())))
            for day in self.writes
        ]

    def counts(self) -> dict[str, int]:
        """Returns the figures of the page, which stay with the entry once it is accepted."""
        marks = Counter(mark.value for day in self.writes for mark in day.marks.values())
        does = Counter(day.does for day in self.days)
        return {
            **{f"mark_{mark.value}": marks[mark.value] for mark in Mark},
            "marks": sum(marks.values()),
            "sessions": does[MAKES],
            "registers": does[MAKES] + does[TAKES],
            "walk_ins": sum(day.walk_ins for day in self.writes),
            "unchanged": sum(day.unchanged for day in self.days),
            "conflicts": len(self.conflicts),
            "refused": len(self.troubles),
            "rows_out": sum(row.meant.child is None for row in self.rows),
            "children": len({child for day in self.writes for child in day.marks}),
        }

    def fingerprint(self) -> str:
        """Returns what is the same as long as accepting would do the same."""
        told = [
            [f"{day.day}", day.session_id, [[child, str(mark)] for child, mark in day.marks.items()]]
            for day in self.to_take()
        ]
        return hashlib.sha256(json.dumps([told, f"{self.times}"]).encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """What stands by now on the days of a sheet: the sessions of the ensemble by day, and the marks of each."""

    sessions: Mapping[date, Sequence[Session]]
    marks: Mapping[int, Mapping[int, str]]


def letters_of(
    grid: Grid, meant: Mapping[int, Meant], said: Mapping[str, str], remembered: Mapping[str, str]
) -> list[Letter]:
    """Returns the letters of the rows that are not left out, the most frequent first."""
    counted = Counter(letter for row in grid.rows if not meant[row.row].is_out for letter in row.marks.values())
    means = proposed(counted, remembered)
    return [
        Letter(letter, count, said.get(letter) or means[letter], bool(said.get(letter)))
        for letter, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]


class Planning:
    """Works out the days of one sheet."""

    def __init__(
        self,
        ensemble: Ensemble,
        year: AcademicYear,
        today: date,
        letters: Sequence[Letter],
        members: Sequence[ChildOfYear],
    ) -> None:
        self.ensemble, self.year, self.today, self.members = ensemble, year, today, members
        self.means = {letter.letter: letter.means for letter in letters}
        self.troubles: list[Trouble] = []
        self.conflicts: list[Trouble] = []

    def days(self, grid: Grid, meant: Mapping[int, Meant], standing: Standing, times: Times) -> list[Day]:
        """Returns every day of the sheet with what becomes of it, in order."""
        self.troubles += [Trouble(flaw.row, flaw.column, flaw.value, flaw.message) for flaw in grid.flaws]
        columns = self._columns(grid)
        found = [Day(day, of_day) for day, of_day in sorted(columns.items())]
        for day in found:
            if len({column.row for column in day.columns}) < len(day.columns):
                which = f"{dates.day(day.day)} stands over columns {day.letters}"
                self._refuse(day, f"{which}. Leave one of them in the sheet, and send it again.")
        single = [day for day in found if not day.why]
        marked = self._marks(grid, meant, {column_key(column): day for day in single for column in day.columns})
        for day in single:
            self._settle(day, marked[day.day], standing, times)
        return found

    def _columns(self, grid: Grid) -> dict[date, list[Column]]:
        by_day: dict[date, list[Column]] = defaultdict(list)
        for column in grid.columns:
            words = column.problem or days.why_not(column.day, self.year, self.today) if column.day else column.problem
            if words or column.day is None:
                self.troubles.append(Trouble(column.row, column.letters, column.text, words))
            else:
                by_day[column.day].append(column)
        return by_day

    def _marks(
        self, grid: Grid, meant: Mapping[int, Meant], day_of: Mapping[tuple[int, int], Day]
    ) -> dict[date, dict[int, tuple[Mark, ChildRow, Column, ChildOfYear]]]:
        found: dict[date, dict[int, tuple[Mark, ChildRow, Column, ChildOfYear]]] = defaultdict(dict)
        for block in grid.blocks:
            for row in block.rows:
                child = meant[row.row].child
                if child is None:
                    continue
                for column in block.columns:
                    day, means = day_of.get(column_key(column)), self.means.get(row.marks.get(column.index, ""), "")
                    if day is None or means in ("", NO_MARK):
                        continue
                    self._mark(found[day.day], Mark(means), row, column, child)
        return found

    def _mark(
        self,
        of_day: dict[int, tuple[Mark, ChildRow, Column, ChildOfYear]],
        mark: Mark,
        row: ChildRow,
        column: Column,
        child: ChildOfYear,
    ) -> None:
        written = row.marks[column.index]
        assert column.day is not None
        if not child.is_enrolled_on(column.day):
            words = (
                f"{child.name} was not in the hub on {dates.day(column.day)}. Correct the enrolment, or leave it out."
            )
            self.troubles.append(Trouble(row.row, column.letters, written, words, child, column.day))
        elif child.is_at_risk and not child.is_member_on(column.day):
            words = (
                f"{child.name} is protected and was not in the ensemble on {dates.day(column.day)}. A protected child"
                " is marked in registers of their own ensembles alone."
            )
            self.troubles.append(Trouble(row.row, column.letters, written, words, child, column.day))
        elif child.id in of_day and of_day[child.id][0] != mark:
            earlier = of_day[child.id][1].row
            words = f"Row {earlier} has another mark of {child.name} on {dates.day(column.day)}, and is taken."
            self.troubles.append(Trouble(row.row, column.letters, written, words, child, column.day))
        else:
            of_day.setdefault(child.id, (mark, row, column, child))

    def _settle(
        self,
        day: Day,
        marked: dict[int, tuple[Mark, ChildRow, Column, ChildOfYear]],
        standing: Standing,
        times: Times,
    ) -> None:
        if not marked:
            return
        sessions = list(standing.sessions.get(day.day, ()))
        why = self._against(day, sessions)
        chosen = None if why else _chosen(sessions, times)
        if sessions and chosen is None and not why:
            why = (
                f"The ensemble has {len(sessions)} sessions on {dates.day(day.day)}. Say above when the one was that"
                " the sheet is of, or take these registers by hand."
            )
        if why:
            self._refuse(day, why)
            return
        day.session = chosen
        if chosen is not None and chosen.is_held:
            day.does = STANDS
            self._compare(day, marked, standing.marks.get(chosen.pk, {}))
            return
        day.does = TAKES if chosen else MAKES
        day.marks = {child: mark for child, (mark, *_) in sorted(marked.items())}
        day.walk_ins = sum(not child.is_member_on(day.day) for *_, child in marked.values())
        day.unmarked = sum(child.is_member_on(day.day) for child in self.members if child.id not in marked)

    def _refuse(self, day: Day, why: str) -> None:
        day.does, day.why = REFUSED, why
        for column in day.columns:
            self.troubles.append(Trouble(column.row, column.letters, column.text, why, day=day.day))

    def _against(self, day: Day, sessions: Sequence[Session]) -> str:
        """Why no register of a day can be taken from the sheet, or an empty text."""
        when, name = dates.day(day.day), self.ensemble.name
        if day.day < self.ensemble.starts_on:
            began = dates.day(self.ensemble.starts_on)
            return f"{name} begins on {began}, after {when}. Change its first day, then look here again."
        if self.ensemble.ends_on is not None and day.day > self.ensemble.ends_on:
            return f"{name} played until {dates.day(self.ensemble.ends_on)}, and {when} is after that."
        return _against_sessions(when, sessions)

    def _compare(
        self,
        day: Day,
        marked: dict[int, tuple[Mark, ChildRow, Column, ChildOfYear]],
        stands: Mapping[int, str],
    ) -> None:
        for child_id, (mark, row, column, child) in marked.items():
            now = stands.get(child_id)
            if now == mark:
                day.unchanged += 1
                continue
            day.conflicts += 1
            says = f"“{Mark(now).label}”" if now else "nothing of this child"
            words = f"The register of {dates.day(day.day)} says {says}, and stays. The sheet says “{mark.label}”."
            self.conflicts.append(Trouble(row.row, column.letters, row.marks[column.index], words, child, day.day))


def column_key(column: Column) -> tuple[int, int]:
    """Returns what a column of a block is known by."""
    return column.row, column.index


def _against_sessions(when: str, sessions: Sequence[Session]) -> str:
    """Why none of the sessions that stand on a day can be the one of the sheet."""
    if sessions and all(session.is_cancelled for session in sessions):
        return f"The session on {when} is cancelled. If it took place after all, bring it back; then look here again."
    if any(session.is_joint for session in sessions if not session.is_held):
        return f"On {when} the ensemble plays together with others. Take that register by hand."
    if any(session.is_headcount for session in sessions):
        return f"The session on {when} is counted by heads, without names."
    return ""


def _chosen(sessions: Sequence[Session], times: Times) -> Session | None:
    """The session a day's column is of: the only one, else the one at the time that was said."""
    held = [session for session in sessions if not session.is_cancelled]
    if len(held) == 1:
        return held[0]
    at_time = [session for session in held if session.starts_at == times.starts_at]
    return at_time[0] if len(at_time) == 1 else None
