"""From parsed rows to staged ones: what is kept of a row until it is accepted, and what accepting it would do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from participants.actions.roster import StagedRow
from participants.imports.roster.codes import NO_SCHOOL
from participants.imports.roster.matching import NEW, Match, match_rows, sort_keys_like
from participants.imports.roster.parsed import ParsedRoster, ParsedRow
from participants.imports.roster.planning import Intake, Outcome, Plan, close, plan_row
from participants.imports.roster.problem import Problem
from participants.imports.roster.upn import looks_like_one, masked
from participants.models import RosterRow
from participants.queries.roster import KnownChild, OnRoll
from participants.validators.identity import seal, upn_hash
from participants.validators.names import folded, folded_sort_key

Decision = RosterRow.Decision

_DATES = ("date_of_birth", "start_date", "leaving_date")
_SEALED = ("upn", "former_upn")
Values = dict[str, Any]


@dataclass(slots=True)
class FileRow:
    """A row as the file has it: clean values by field (UPNs hashed and sealed), and what was wrong with it."""

    row: int
    values: Values
    cells: dict[str, str]
    problems: list[Values]
    is_unfit: bool
    same_as: int | None = None
    decision: str = ""
    # of whom a close match was decided
    said_of: int | None = None
    # whether it was said not to be the child whose UPN it carries
    is_denied: bool = False
    mended: Values = field(default_factory=dict)
    # of who it is: forename and surname, folded
    person: tuple[str, str] = ("", "")

    @property
    def is_planned(self) -> bool:
        """Whether the row means a child of its own, and is not left out."""
        return not self.is_unfit and self.same_as is None and self.decision != Decision.OUT


@dataclass
class Keys:
    """What the children who could be meant are looked up by."""

    upn_hashes: set[str] = field(default_factory=set)
    born_on: set[date] = field(default_factory=set)
    sort_keys: set[str] = field(default_factory=set)


def from_parsed(roster: ParsedRoster, school_id: int | None) -> list[FileRow]:
    """Returns the rows to keep; refuses those that name another school than the one the list is for.

    What was read of the rows is let go with them: a long list is not held twice.
    """
    heading = roster.mapped.get("school_urn", "")
    rows = []
    roster.rows.reverse()
    while roster.rows:
        rows.append(_from_parsed(roster.rows.pop(), heading, school_id))
    return rows


def _from_parsed(parsed: ParsedRow, urn_heading: str, school_id: int | None) -> FileRow:
    values, problems = parsed.fields, parsed.problems
    if urn := values.pop("school_urn", ""):
        if urn in NO_SCHOOL:
            values["no_school"] = urn
        elif int(urn) != school_id:
            problems = [*problems, _other_school(parsed.row, urn_heading, urn, school_id)]
    for name in _SEALED:
        if upn := values.pop(name, None):
            values[f"{name}_hash"] = upn_hash(upn)
            if name == "upn":
                values["upn_sealed"] = seal(upn)
    return FileRow(
        row=parsed.row,
        values=values,
        # of a row without a fault the values say it all; UPNs are kept sealed only
        cells=_without_upns(parsed.cells) if problems else {},
        problems=[problem.as_json() for problem in problems],
        is_unfit=any(problem.refused for problem in problems),
        same_as=parsed.same_as,
        person=_person(values),
    )


def _without_upns(cells: dict[str, str]) -> dict[str, str]:
    """A UPN is kept sealed only, in whatever column it stands."""
    return {name: masked(text) if looks_like_one(text) else text for name, text in cells.items() if name not in _SEALED}


def _person(values: Values) -> tuple[str, str]:
    return folded(values.get("forename", "")), folded(values.get("surname", ""))


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
            values=(values := _with_dates(kept.fields["file"])),
            cells=kept.cells,
            problems=[problem for problem in kept.problems if "plan" not in problem],
            is_unfit=kept.fields.get("unfit", False),
            same_as=kept.fields.get("same_as"),
            decision=kept.decision,
            said_of=kept.fields.get("candidate"),
            mended=kept.mended,
            person=_person(values),
        )
        for kept in rows
        if kept.row is not None
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
            keys.sort_keys.add(folded_sort_key(*row.person))
            keys.sort_keys |= sort_keys_like(values)
    return keys


def staged(
    rows: Sequence[FileRow], known: Iterable[KnownChild], intake: Intake, on_roll: OnRoll | None = None
) -> Iterator[StagedRow]:
    """Returns every row with its outcome and plan, and behind them who is on roll and on none of them."""
    known = list(known)
    numbers = {child.id: child.columns["upn_hash"] for child in known}
    for row in rows:
        row.is_denied = _is_denied(row, numbers)
    matches = iter(match_rows([_meant(row) for row in rows if row.is_planned], known, intake.school_id))
    first: dict[int, int] = {}
    met: set[int] = set()
    for row in rows:
        match = next(matches) if row.is_planned else NEW
        plan = _require_one_row_a_child(row, _plan(row, match, intake), first)
        met |= {child for child in (plan.child_id, plan.fields.get("candidate")) if child}
        yield _staged(row, plan)
    if on_roll is not None:
        yield from _leavers(on_roll, met, rows)


def _is_denied(row: FileRow, numbers: Mapping[int, str]) -> bool:
    number = numbers.get(row.said_of or 0)
    return bool(number) and row.decision == Decision.ANOTHER and row.values.get("upn_hash") == number


def _meant(row: FileRow) -> Values:
    """What says whom a row means: not the UPN of a child that it is not."""
    if not row.is_denied:
        return row.values
    return {name: value for name, value in row.values.items() if name not in {"upn_hash", "upn_sealed"}}


def _without_number(row: FileRow, match: Match, intake: Intake) -> Plan:
    """A number stands once in a hub: the row means whom its name does, or a new child, who has none for now."""
    if match.is_close and match.child and match.child.id != row.said_of:
        plan = Plan(Outcome.CLOSE_MATCH, refusal=_NOBODYS)
    else:
        plan = plan_row(_meant(row), row.person, NEW if match.is_close else match, intake)
        plan.outcome = Outcome.CLOSE_MATCH if not plan.refusal else plan.outcome
        plan.without = "This UPN is the other child’s here, so it is left out. Correct it in the school’s system."
    plan.fields |= {"candidate": row.said_of, "why": "it carries this child’s UPN"}
    return plan


_NOBODYS = (
    "Its UPN is another child’s, and its name is like that of a third. Type the child’s own UPN, or leave the row out."
)


def _plan(row: FileRow, match: Match, intake: Intake) -> Plan:
    if row.is_unfit:
        return Plan(Outcome.REFUSED, fields={"does": "nothing", "unfit": True})
    if row.same_as is not None:
        return Plan(Outcome.UNCHANGED, fields={"does": "nothing", "same_as": row.same_as})
    if row.decision == Decision.OUT:
        return Plan(Outcome.REFUSED)
    if row.is_denied:
        return _without_number(row, match, intake)
    if match.is_close and (match.child is None or match.child.id != row.said_of):
        # it was said of another child, or of none
        row.decision = ""
    return plan_row(row.values, row.person, match, intake, decision=row.decision)


def _require_one_row_a_child(row: FileRow, plan: Plan, first: dict[int, int]) -> Plan:
    """Deciding that two rows are the same child would write it twice: the later row is refused, naming the earlier."""
    if plan.child_id is None or not row.is_planned or (plan.outcome == Outcome.CLOSE_MATCH and not row.decision):
        return plan
    earlier = first.setdefault(plan.child_id, row.row)
    if earlier == row.row:
        return plan
    words = f"Row {earlier} is this child already. Leave one of the two rows out, or decide otherwise."
    refused = Plan(Outcome.CLOSE_MATCH, plan.child_id, refusal=words)
    refused.fields |= {name: plan.fields[name] for name in ("why", "candidate") if name in plan.fields}
    return refused


def _staged(row: FileRow, plan: Plan) -> StagedRow:
    problems = row.problems
    if plan.refusal:
        refused = Problem(row.row, "", "", plan.refusal, refused=True)
        problems = [*problems, refused.as_json() | {"plan": True}]
    if plan.without:
        said = Problem(row.row, "", "", plan.without, refused=False)
        problems = [*problems, said.as_json() | {"plan": True}]
    plan.fields["file"] = row.values
    return StagedRow(
        row=row.row,
        outcome=plan.outcome.value,
        child_id=plan.child_id,
        decision=row.decision,
        cells=row.cells,
        fields=plan.fields,
        problems=problems,
        before=plan.before,
        mended=row.mended,
    )


def _leavers(on_roll: OnRoll, met: set[int], rows: Sequence[FileRow]) -> Iterator[StagedRow]:
    """Who is on roll in a year group (or, where the list has none, a class) of the list, and on no row of it."""
    read = [row.values for row in rows if row.is_planned]
    listed = {name: {values[name] for values in read if name in values} for name in ("year_group", "school_class")}
    # of a row that is refused or left out the name is enough to know that the school has the child
    unread = {row.person for row in rows if not row.is_planned}
    for child in on_roll.children:
        if child.id in met or child.person in unread:
            continue
        if not child.is_among(listed["year_group"], listed["school_class"]):
            continue
        last_day = max(on_roll.last_day, child.stay.starts_on)
        if child.stay.ends_on:
            # who is to leave earlier already does not stay longer for being missing
            last_day = min(last_day, child.stay.ends_on)
        plan = Plan(Outcome.LEAVER, child.id)
        if leaves := child.id in on_roll.leaving:
            close(plan, child.stay, last_day)
            plan.fields["does"] = "update"
        plan.fields["file"] = {}
        yield StagedRow(
            row=None,
            outcome=Outcome.LEAVER.value,
            child_id=child.id,
            decision=Decision.LEAVES.value if leaves else "",
            cells={},
            fields=plan.fields,
            problems=[],
            before=plan.before,
            mended={},
        )


def plain(values: Any) -> Any:
    """Dates as text, all the way down: what JSON keeps and what a kept row is compared with."""
    if isinstance(values, dict):
        return {name: plain(value) for name, value in values.items()}
    return values.isoformat() if isinstance(values, date) else values


def differing(rows: Iterable[StagedRow], kept: Sequence[RosterRow]) -> list[StagedRow]:
    """Returns the rows that would do something else now than was staged."""
    before = {key_of(row): (row.outcome, row.child_id, row.fields, row.before, row.problems) for row in kept}
    return [
        row
        for row in rows
        if (row.outcome, row.child_id, plain(row.fields), plain(row.before), row.problems) != before.get(key_of(row))
    ]


def key_of(row: StagedRow | RosterRow) -> tuple[int | None, int | None]:
    """Returns what a row is told apart by: its number, or of nobody's row the child."""
    return (row.row, None) if row.row is not None else (None, row.child_id)
