"""Two rows of one child in one file.

Two rows are the same child when they carry the same UPN; or, where not both carry one, the same forename, surname
(accents, case and hyphens aside) and date of birth. Rows that agree wherever both say something become one: the first
takes over what it lacks, and the second is kept as saying the same. Where they contradict each other the second is
refused, naming the first.
"""

from datetime import date
from typing import Any

from participants.imports.roster.parsed import ParsedRow
from participants.imports.roster.problem import Problem
from participants.validators.names import folded

_SAYS = {
    "forename": "forename",
    "surname": "surname",
    "preferred_forename": "preferred forename",
    "date_of_birth": "date of birth",
    "upn": "UPN",
    "former_upn": "former UPN",
    "school_class": "school class",
    "year_group": "year group",
    "school_urn": "school",
}


def join_doubles(rows: list[ParsedRow]) -> None:
    """Marks every later row of a child that an earlier row holds, filling up the earlier one."""
    by_upn: dict[str, ParsedRow] = {}
    by_person: dict[tuple[str, str, date], ParsedRow] = {}
    for row in rows:
        if row.is_refused:
            continue
        upn, person = row.fields.get("upn", ""), _person(row.fields)
        first = by_upn.get(upn) if upn else None
        if first is None and (other := by_person.get(person)) is not None:
            first = other if not (upn and other.fields.get("upn")) else None
            if first is None:
                _warn_of_two_upns(row, other)
        if first is not None:
            _join(first, row)
            if upn and not row.is_refused:
                by_upn.setdefault(upn, first)
            continue
        if upn:
            by_upn[upn] = row
        by_person.setdefault(person, row)


def _person(fields: dict[str, Any]) -> tuple[str, str, date]:
    return folded(fields["forename"]), folded(fields.get("surname", "")), fields["date_of_birth"]


def _join(first: ParsedRow, second: ParsedRow) -> None:
    contradicted = [
        name
        for name, value in second.fields.items()
        if name in first.fields and first.fields[name] != value and not _same_name(name, first.fields[name], value)
    ]
    if contradicted:
        words = ", ".join(_SAYS.get(name, name.replace("_", " ")) for name in contradicted)
        second.problems.append(
            Problem(
                second.row,
                "",
                "",
                f"This is the child of row {first.row} with another {words}. Remove one of the two rows, or correct"
                " the wrong one.",
                refused=True,
            )
        )
        return
    first.fields |= {name: value for name, value in second.fields.items() if name not in first.fields}
    second.same_as = first.row
    second.problems.append(
        Problem(second.row, "", "", f"Says the same as row {first.row}, so it is taken once.", refused=False)
    )


def _same_name(name: str, one: Any, other: Any) -> bool:
    return name in {"forename", "surname", "preferred_forename"} and folded(one) == folded(other)


def _warn_of_two_upns(row: ParsedRow, other: ParsedRow) -> None:
    row.problems.append(
        Problem(
            row.row,
            "",
            "",
            f"Has the name and date of birth of row {other.row} but another UPN; they are taken for two children."
            " Check whether they are one.",
            refused=False,
        )
    )
