"""The way of a past register: read, compared with what stands, shown, decided on, accepted.

What accepting would do is worked out anew each time it is looked at, and once more, under a lock, when it is accepted.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.spreadsheets import read
from participants.actions import past_registers as acts
from participants.actions.past_registers import NotWaitingError, PastRegisterRefusedError, SheetFile
from participants.imports.registers.grid import Grid, grids_of
from participants.imports.registers.matching import Roll, meant_by
from participants.imports.registers.planning import (
    Plan,
    Planning,
    RowMeant,
    Standing,
    Times,
    letters_of,
)
from participants.models import PastRegister, PastRegisterSheet
from participants.queries.past_registers import (
    children_of_year,
    letters_before,
    marks_at,
    past_registers,
    sessions_on,
)
from participants.validators.identity import seal_bytes, unseal_bytes
from programmes.models import Ensemble
from schools.models import AcademicYear


class AlreadyInError(PastRegisterRefusedError):
    """The very same sheet is in force; `past_register` is what brought it in."""

    def __init__(self, past_register: PastRegister) -> None:
        accepted_by, accepted_at = past_register.accepted_by, past_register.accepted_at
        assert accepted_by is not None
        assert accepted_at is not None
        super().__init__(
            f"This sheet was brought in on {timezone.localtime(accepted_at):%d/%m/%Y at %H:%M} by {accepted_by.name}."
            " To bring it in again, undo it first."
        )
        self.past_register = past_register


@dataclass(frozen=True)
class Sent:
    """A file somebody sent, for an ensemble and an academic year; a sheet's name where they gave one."""

    data: bytes
    file_name: str
    ensemble: Ensemble
    academic_year: AcademicYear
    sheet: str = ""


def keep(sent: Sent, *, by: User) -> PastRegister:
    """
    Reads a file and keeps what of it the portal may hold; returns the past register.

    Raises PastRegisterRefusedError before the file is looked at, then Unreadable, NotARegisterError or AlreadyInError;
    nothing is written then.
    """
    acts.require_agreement(sent.ensemble.programme)
    file_hash = hashlib.sha256(sent.data).hexdigest()
    grids = grids_of(read(sent.data, sent.file_name), sent.academic_year, sheet=sent.sheet)
    only = grids[0] if len(grids) == 1 else None
    if only is not None:
        in_force = past_registers(by).filter(
            ensemble=sent.ensemble,
            academic_year=sent.academic_year.year,
            file_hash=file_hash,
            place=only.place,
            state=PastRegister.State.ACCEPTED,
        )
        if known := in_force.first():
            raise AlreadyInError(known)
    return acts.keep(
        ensemble=sent.ensemble,
        academic_year=sent.academic_year,
        file=SheetFile(sent.file_name, file_hash, sealed(grids)),
        place=only.place if only else None,
        sheet=only.name if only else "",
        by=by,
    )


def sealed(grids: list[Grid]) -> bytes:
    """Returns sheets as they are kept."""
    written = json.dumps([grid.as_json() for grid in grids], default=_as_text, ensure_ascii=False)
    return seal_bytes(zlib.compress(written.encode()))


def _as_text(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def opened(content: bytes | memoryview) -> list[Grid]:
    """Returns sheets that were sealed; raises SealError."""
    kept: list[dict[str, Any]] = json.loads(zlib.decompress(unseal_bytes(bytes(content))))
    return [Grid.from_json(each) for each in kept]


def grids_in(past_register: PastRegister) -> list[Grid]:
    """Returns the sheets that are kept; none where they were destroyed; one statement."""
    kept = PastRegisterSheet.objects.filter(past_register=past_register).first()
    return opened(kept.content) if kept else []


def grid_of(past_register: PastRegister) -> Grid | None:
    """Returns the sheet that is meant; None where it is not chosen yet or was destroyed."""
    return next((grid for grid in grids_in(past_register) if grid.place == past_register.place), None)


def plan_of(past_register: PastRegister, by: User, grid: Grid | None = None) -> Plan:
    """Returns what accepting would do by now; the same number of statements whatever the size.

    `grid` is the sheet that is meant, where it was read already.
    """
    grid = grid or grid_of(past_register)
    if grid is None:
        raise NotWaitingError("What was read of this sheet is not kept any more.")
    ensemble, year = past_register.ensemble, AcademicYear(year=past_register.academic_year_id)
    choices = past_register.choices
    roll = Roll(children_of_year(ensemble, year, by))
    numbered = [(at, row) for at, block in enumerate(grid.blocks) for row in block.rows]
    meant = meant_by(numbered, roll, choices.get("rows", {}))
    letters = letters_of(grid, meant, choices.get("letters", {}), letters_before(by, past_register.programme))
    times = times_of(past_register)
    sessions = sessions_on(ensemble, {column.day for column in grid.columns if column.day}, by)
    held = [session for on_day in sessions.values() for session in on_day if session.is_held]
    planning = Planning(ensemble, year, timezone.localdate(), letters, roll.members)
    found = planning.days(grid, meant, Standing(sessions, marks_at(held, by)), times)
    rows = [RowMeant(row, meant[row.row]) for row in grid.rows]
    return Plan(letters, rows, found, planning.troubles, planning.conflicts, times, roll.others())


def times_of(past_register: PastRegister) -> Times:
    """Returns from when to when the sessions were, as somebody said."""
    said = past_register.choices
    if "starts_at" not in said:
        return Times()
    return Times(time.fromisoformat(said["starts_at"]), time.fromisoformat(said["ends_at"]))


@transaction.atomic
def accept(past_register: PastRegister, token: str, *, by: User) -> PastRegister:
    """Accepts what the page showed, wholly or not at all; raises PastRegisterRefusedError."""
    acts.require_waiting(past_register, by)
    plan = plan_of(past_register, by)
    acts.require_token(past_register, by, token, plan.fingerprint())
    if not plan.is_confirmed:
        raise PastRegisterRefusedError("Nothing was written: say first what each letter means.")
    starts_at, ends_at = plan.times.starts_at, plan.times.ends_at
    return acts.accept(
        past_register=past_register,
        to_take=plan.to_take(),
        times=(starts_at, ends_at) if starts_at and ends_at else None,
        counts=plan.counts(),
        by=by,
    )
