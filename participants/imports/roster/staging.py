"""From parsed rows to staged ones: what is kept of a row until it is accepted, and what accepting it would do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from participants.actions.roster import StagedRow
from participants.imports.roster.codes import NO_SCHOOL
from participants.imports.roster.matching import NEW, Match, match_rows
from participants.imports.roster.parsed import ParsedRoster, ParsedRow
from participants.imports.roster.planning import Intake, Outcome, Plan, plan_row
from participants.imports.roster.problem import Problem
from participants.models import RosterRow
from participants.queries.roster import KnownChild
from participants.validators.identity import seal, upn_hash
from participants.validators.names import sort_key

_DATES = ("date_of_birth", "start_date", "leaving_date")
_SEALED = ("upn", "former_upn")
Values = dict[str, Any]


@dataclass
class FileRow:
    """A row as the file has it: clean values by field (UPNs hashed and sealed), and what was wrong with it."""

    row: int
    values: Values
    cells: dict[str, str]
    problems: list[Values]
    is_unfit: bool
    same_as: int | None = None
    decision: str = ""

    @property
    def is_planned(self) -> bool:
        """Whether the row means a child of its own."""
        return not self.is_unfit and self.same_as is None


@dataclass
class Keys:
    """What the children who could be meant are looked up by."""

    upn_hashes: set[str] = field(default_factory=set)
    born_on: set[date] = field(default_factory=set)
    sort_keys: set[str] = field(default_factory=set)


def from_parsed(roster: ParsedRoster, school_id: int | None) -> list[FileRow]:
    """Returns the rows to keep; refuses those that name another school than the one the list is for."""
    return [_from_parsed(row, roster.mapped.get("school_urn", ""), school_id) for row in roster.rows]


def _from_parsed(parsed: ParsedRow, urn_heading: str, school_id: int | None) -> FileRow:
    values = {name: value for name, value in parsed.fields.items() if name not in _SEALED}
    problems = list(parsed.problems)
    urn = values.pop("school_urn", "")
    if urn in NO_SCHOOL:
        values["no_school"] = urn
    elif urn and int(urn) != school_id:
        problems.append(_other_school(parsed.row, urn_heading, urn, school_id))
    for name in _SEALED:
        if upn := parsed.fields.get(name):
            values[f"{name}_hash"] = upn_hash(upn)
    if upn := parsed.fields.get("upn"):
        values["upn_sealed"] = seal(upn)
    return FileRow(
        row=parsed.row,
        values=values,
        # UPNs are kept sealed only
        cells={name: text for name, text in parsed.cells.items() if name not in _SEALED},
        problems=[problem.as_json() for problem in problems],
        is_unfit=any(problem.refused for problem in problems),
        same_as=parsed.same_as,
    )


def _other_school(row: int, heading: str, urn: str, school_id: int | None) -> Problem:
    return Problem(
        row,
        heading,
        urn,
        f"“{urn}” is another school than {school_id}, for which this list is imported. Correct the URN, or import the"
        " row with that school’s list.",
        refused=True,
    )


def from_kept(rows: Iterable[RosterRow]) -> list[FileRow]:
    """Returns the file's rows out of staged ones, to plan them again."""
    return [
        FileRow(
            row=kept.row,
            values=_with_dates(kept.fields["file"]),
            cells=kept.cells,
            problems=[problem for problem in kept.problems if "plan" not in problem],
            is_unfit=kept.fields.get("unfit", False),
            same_as=kept.fields.get("same_as"),
            decision=kept.decision,
        )
        for kept in rows
    ]


def _with_dates(values: Values) -> Values:
    return values | {name: date.fromisoformat(values[name]) for name in _DATES if name in values}


def keys_of(rows: Iterable[FileRow]) -> Keys:
    """Returns what to look known children up by."""
    keys = Keys()
    for row in rows:
        if row.is_planned:
            values = row.values
            keys.upn_hashes |= {values[name] for name in ("upn_hash", "former_upn_hash") if name in values}
            keys.born_on.add(values["date_of_birth"])
            keys.sort_keys.add(sort_key(values["surname"], values["forename"]))
    return keys


def staged(rows: Sequence[FileRow], known: Iterable[KnownChild], intake: Intake) -> list[StagedRow]:
    """Returns every row with its outcome and plan."""
    planned = [row for row in rows if row.is_planned]
    matches = match_rows([row.values for row in planned], known, intake.school_id)
    meant = dict(zip((row.row for row in planned), matches, strict=True))
    plans = [_plan(row, meant.get(row.row, NEW), intake) for row in rows]
    _require_one_row_a_child(rows, plans)
    return [_staged(row, plan) for row, plan in zip(rows, plans, strict=True)]


def _plan(row: FileRow, match: Match, intake: Intake) -> Plan:
    if row.is_unfit:
        return Plan(Outcome.REFUSED, fields={"does": "nothing", "unfit": True})
    if row.same_as is not None:
        return Plan(Outcome.UNCHANGED, fields={"does": "nothing", "same_as": row.same_as})
    return plan_row(row.values, match, intake, decision=row.decision)


def _require_one_row_a_child(rows: Sequence[FileRow], plans: list[Plan]) -> None:
    """Deciding that two rows are the same child would write it twice: the later row is refused, naming the earlier."""
    first: dict[int, int] = {}
    for at, (row, plan) in enumerate(zip(rows, plans, strict=True)):
        if plan.child_id is None or not row.is_planned or (plan.outcome == Outcome.CLOSE_MATCH and not row.decision):
            continue
        if plan.child_id in first:
            words = (
                f"Row {first[plan.child_id]} is this child already. Leave one of the two rows out, or decide otherwise."
            )
            plans[at] = Plan(Outcome.CLOSE_MATCH, plan.child_id, refusal=words)
            plans[at].fields |= {name: plan.fields[name] for name in ("why", "candidate") if name in plan.fields}
        first.setdefault(plan.child_id, row.row)


def _staged(row: FileRow, plan: Plan) -> StagedRow:
    problems = list(row.problems)
    if plan.refusal:
        refused = Problem(row.row, "", "", plan.refusal, refused=True)
        problems.append(refused.as_json() | {"plan": True})
    return StagedRow(
        row=row.row,
        outcome=plan.outcome.value,
        child_id=plan.child_id,
        decision=row.decision,
        cells=row.cells,
        fields=_plain(plan.fields | {"file": row.values}),
        problems=problems,
        before=_plain(plan.before),
    )


def _plain(values: Any) -> Any:
    """Dates as text, all the way down: what JSON keeps and what a kept row is compared with."""
    if isinstance(values, dict):
        return {name: _plain(value) for name, value in values.items()}
    return values.isoformat() if isinstance(values, date) else values


def counts_of(rows: Iterable[StagedRow]) -> dict[str, int]:
    """Returns the number of rows in all and of each outcome, noughts too."""
    found = Counter(row.outcome for row in rows)
    return {"total": found.total(), **{outcome.value: found[outcome.value] for outcome in Outcome}}


def difference(rows: Sequence[StagedRow], kept: Sequence[RosterRow]) -> int:
    """Returns how many rows would do something else now than was staged."""
    before = {row.row: (row.outcome, row.child_id, row.fields, row.before) for row in kept}
    return sum((row.outcome, row.child_id, row.fields, row.before) != before.get(row.row) for row in rows)
