"""The rows of a class list that did not go in, in the school's own layout, each with the reasons in a last column."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from inharmony.accounts.models import User
from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets import CellError, Row, Sheet
from inharmony.spreadsheets.sheet import Value
from participants.models import Child, RosterImport, RosterRow
from participants.queries.care import care_of
from participants.queries.roster import left_out_rows
from participants.validators.names import folded

REASONS = "Why it did not go in"
_UNDECIDED = "May be a child who is already here. Say in the portal whether it is the same child."
_BY_HAND = "Left out by hand."


@dataclass(frozen=True)
class LeftOut:
    """A row as it was sent, why it did not go in, and the child it may be."""

    sent: Row
    reasons: str
    child_id: int | None


def left_out(roster_import: RosterImport, sheet: Sheet, user: User, shown: Callable[[str], str]) -> ListOut[LeftOut]:
    """Returns the rows of the sheet, as it was kept, that do not go in, or did not, as a list to hand out.

    Cells of columns that the portal must not hold are blank, under their headings. A row that may be a child whom no
    paper may show is not in it. `shown` says how a text may be shown to the person.
    """
    headings = _headings(roster_import, sheet.rows)
    return ListOut(
        act="roster.left_out_exported",
        title="Rows that did not go in",
        about=roster_import.school.name if roster_import.school else "",
        columns=[
            *(Column(heading, _cell(at, shown)) for at, heading in enumerate(headings)),
            Column(REASONS, lambda each: each.reasons),
        ],
        rows=list(_rows(roster_import, user, {row.number: row for row in sheet.rows})),
        programme_of=lambda _each: roster_import.programme_id,
        child_of=lambda each: each.child_id,
        subject=roster_import,
    )


def _headings(roster_import: RosterImport, rows: tuple[Row, ...]) -> list[str]:
    named = {column["index"]: column["heading"] for column in roster_import.columns}
    width = max([*(len(row.cells) for row in rows), *(index + 1 for index in named)], default=0)
    return [named.get(index, "") for index in range(width)]


def _cell(index: int, shown: Callable[[str], str]) -> Callable[[LeftOut], Value]:
    def cell(each: LeftOut) -> Value:
        value = each.sent.cells[index] if index < len(each.sent.cells) else None
        if isinstance(value, CellError):
            return value.code
        return shown(value) if isinstance(value, str) else value

    return cell


def _rows(roster_import: RosterImport, user: User, sent: dict[int, Row]) -> Iterator[LeftOut]:
    kept = list(left_out_rows(roster_import))
    care = care_of({child for row in kept if (child := row.fields.get("candidate"))}, user)
    is_of_one_at_risk = _at_risk(roster_import, user)
    for row in kept:
        child = row.fields.get("candidate")
        if row.row in sent and not is_of_one_at_risk(row) and (child is None or care[child].is_printed):
            yield LeftOut(sent[row.row], _reasons(row), child)


def _at_risk(roster_import: RosterImport, user: User) -> Callable[[RosterRow], bool]:
    """Whether a row has name or UPN of a child at risk: what is refused or left out by hand is matched with nobody."""
    protected = Child.objects.visible_to(user).filter(programme=roster_import.programme_id, is_at_risk=True)
    names, numbers = set(), set()
    for forename, surname, upn_hash in protected.values_list("forename", "surname", "upn_hash"):
        names.add((folded(forename), folded(surname)))
        numbers.add(upn_hash)

    def is_one(row: RosterRow) -> bool:
        file = row.fields.get("file", {})
        person = folded(file.get("forename", "")), folded(file.get("surname", ""))
        return person in names or bool(file.get("upn_hash") and file["upn_hash"] in numbers)

    return is_one


def _reasons(row: RosterRow) -> str:
    reasons = [problem["message"] for problem in row.problems if problem["refused"]]
    if row.decision == RosterRow.Decision.OUT:
        reasons.append(_BY_HAND)
    elif row.outcome == RosterRow.Outcome.CLOSE_MATCH:
        reasons.append(_UNDECIDED)
    return " ".join(reasons)
