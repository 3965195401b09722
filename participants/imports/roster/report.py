"""An import as one JSON object, for the command line and for tests that stand outside."""

from typing import Any

from participants.imports.roster.planning import Outcome
from participants.models import RosterImport, RosterRow
from participants.validators.identity import unseal

FLAGS = ("pupil_premium", "fsm", "fsm6", "eal")
# of what becomes of rows; who is on none of them is a question for the page
_OF_ROWS = [outcome for outcome in Outcome.values if outcome != Outcome.LEAVER]
_NO_ROWS = {"total": 0, **dict.fromkeys(_OF_ROWS, 0)}


def as_json(roster_import: RosterImport) -> dict[str, Any]:
    """Returns what the file was, what became of its columns and rows, and every problem at its place."""
    rows = list(RosterRow.objects.filter(roster_import=roster_import, row__isnull=False).order_by("row"))
    problems = [*roster_import.notes, *(problem for row in rows for problem in row.problems)]
    return {
        "import_id": roster_import.pk,
        "file": {
            "format": roster_import.file_format,
            "sheet": roster_import.sheet,
            "heading_row": roster_import.heading_row,
            "encoding": roster_import.encoding,
        },
        "columns": {
            "mapped": roster_import.mapped,
            "ignored": [*roster_import.ignored, *roster_import.dropped],
        },
        "rows": {name: roster_import.counts.get(name, 0) for name in _NO_ROWS},
        "problems": [{name: problem[name] for name in _PROBLEM} for problem in sorted(problems, key=_place)],
        "preview_rows": [_row(row) for row in rows],
        "refused_file": roster_import.refusal or None,
    }


_PROBLEM = ("row", "column", "value", "message", "refused")


def _place(problem: dict[str, Any]) -> int:
    return int(problem["row"])


def _row(row: RosterRow) -> dict[str, Any]:
    file = row.fields["file"]
    return {
        "row": row.row,
        "outcome": row.outcome,
        **{name: file.get(name, "") for name in ("forename", "surname", "date_of_birth")},
        "upn": unseal(file.get("upn_sealed", "")),
        **{name: file.get(name, "") for name in ("year_group", "school_class")},
        "flags": {name: file[name] for name in FLAGS if name in file},
    }


def refused_as_json(message: str) -> dict[str, Any]:
    """Returns the same shape for something refused before there was an import."""
    return {
        "import_id": None,
        "file": {"format": "", "sheet": "", "heading_row": None, "encoding": ""},
        "columns": {"mapped": {}, "ignored": []},
        "rows": dict(_NO_ROWS),
        "problems": [],
        "preview_rows": [],
        "refused_file": message,
    }


def in_force_as_json(roster_import: RosterImport, message: str) -> dict[str, Any]:
    """Returns the report of a file that is in force already: everything it brought in is unchanged."""
    told = as_json(roster_import)
    left_out = {Outcome.REFUSED.value}
    for row in told["preview_rows"]:
        if row["outcome"] not in left_out:
            row["outcome"] = Outcome.UNCHANGED.value
    refused = told["rows"]["refused"]
    told["rows"] = dict(_NO_ROWS) | {"total": told["rows"]["total"], "refused": refused}
    told["rows"]["unchanged"] = told["rows"]["total"] - refused
    return told | {"message": message}
