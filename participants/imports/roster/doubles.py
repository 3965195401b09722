"""Two rows of one child in one file.

Two rows are the same child when they carry the same UPN; or, where not both carry one, the same forename, surname
(accents, case and hyphens aside) and date of birth. Rows that agree wherever both say something become one: the first
takes over what it lacks, and the second is kept as saying the same. Where they contradict each other the second is
refused, naming the first.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from participants.imports.roster.parsed import ParsedRow
from participants.imports.roster.problem import Problem
from participants.imports.roster.upn import looks_like_one, masked
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
# fields that may have no column of their own
_TOLD_BY = {"forename": "full_name", "surname": "full_name", "eal": "first_language"}


def join_doubles(rows: list[ParsedRow], mapped: Mapping[str, str]) -> None:
    """Marks every later row of a child that an earlier row holds, filling up the earlier one.

    `mapped` names the headings that problems are told under.
    """
    names = {row.fields.get(field, "") for row in rows for field in ("forename", "surname")}
    fold = {name: folded(name) for name in names}
    fit = [row for row in rows if not (row.problems and row.is_refused)]
    people = [
        (fold[fields["forename"]], fold[fields.get("surname", "")], fields["date_of_birth"])
        for fields in (row.fields for row in fit)
    ]
    upns = [row.fields["upn"] for row in fit if "upn" in row.fields]
    if len(set(people)) == len(people) and len(set(upns)) == len(upns):
        return
    by_upn: dict[str, ParsedRow] = {}
    by_person: dict[tuple[str, str, date], ParsedRow] = {}
    for row, person in zip(fit, people, strict=True):
        upn = row.fields.get("upn", "")
        first = by_upn.get(upn) if upn else None
        if first is None and (other := by_person.get(person)) is not None:
            first = other if not (upn and other.fields.get("upn")) else None
            if first is None:
                _warn_of_two_upns(row, other, mapped)
        if first is not None:
            _join(first, row, mapped)
            if upn and not row.is_refused:
                by_upn.setdefault(upn, first)
            continue
        if upn:
            by_upn[upn] = row
        by_person.setdefault(person, row)


def _join(first: ParsedRow, second: ParsedRow, mapped: Mapping[str, str]) -> None:
    contradicted = [
        name
        for name, value in second.fields.items()
        if name in first.fields and first.fields[name] != value and not _same_name(name, first.fields[name], value)
    ]
    if contradicted:
        words = ", ".join(_SAYS.get(name, name.replace("_", " ")) for name in contradicted)
        told = (at for name in contradicted for at in (name, _TOLD_BY.get(name, "")) if at in mapped)
        field = next(told, "")
        second.problems.append(
            Problem(
                second.row,
                mapped.get(field, ""),
                _sent(second, field),
                f"This is the child of row {first.row} with another {words}. Remove one of the two rows, or correct"
                " the wrong one.",
                refused=True,
                field=field,
            )
        )
        return
    first.fields |= {name: value for name, value in second.fields.items() if name not in first.fields}
    second.same_as = first.row
    words = f"Says the same as row {first.row}, so it is taken once. Nothing needs to be done."
    second.problems.append(_of_child(second, mapped, words))


def _of_child(row: ParsedRow, mapped: Mapping[str, str], words: str) -> Problem:
    """A fault of the row as a whole, told at the name."""
    field = "surname" if "surname" in mapped else "full_name"
    return Problem(row.row, mapped.get(field, ""), _sent(row, field), words, refused=False)


def _sent(row: ParsedRow, field: str) -> str:
    sent = row.cells.get(field, "")
    return masked(sent) if field in {"upn", "former_upn"} or looks_like_one(sent) else sent


def _same_name(name: str, one: Any, other: Any) -> bool:
    return name in {"forename", "surname", "preferred_forename"} and folded(one) == folded(other)


def _warn_of_two_upns(row: ParsedRow, other: ParsedRow, mapped: Mapping[str, str]) -> None:
    words = (
        f"Has the name and date of birth of row {other.row} but another UPN; they are taken for two children."
        " Check whether they are one."
    )
    row.problems.append(_of_child(row, mapped, words))
