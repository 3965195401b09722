"""Ensembles, and who is in one, as spreadsheets."""

from collections.abc import Callable, Iterable
from typing import Any

from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets.sheet import Value
from participants.exports.child import names_of
from programmes.exports.ensemble import ENSEMBLE_COLUMNS
from programmes.models import Ensemble

Sized = tuple[Ensemble, int]


def members_out(ensemble: Ensemble, rows: Iterable[Any]) -> ListOut[Any]:
    """Returns the members of an ensemble: rows with `child`, `care` and `playing`, as its page has them."""
    return ListOut(
        act="ensemble.exported",
        title="Members",
        about=ensemble.name,
        subject=ensemble,
        columns=(
            Column("Forename", lambda row: row.child.forename),
            Column("Surname", lambda row: names_of(row.child)[1]),
            Column("Preferred forename", lambda row: names_of(row.child)[2]),
            Column("Instrument", lambda row: row.playing.get_instrument_display() if row.playing else None),
            Column("Until", lambda row: row.child.last_day),
            Column("Photos", lambda row: str(row.care.badge) or None),
        ),
        rows=[row for row in rows if row.care.is_printed],
        programme_of=lambda _row: ensemble.programme_id,
        child_of=lambda row: row.child.pk,
    )


def ensembles_out(rows: Iterable[Sized]) -> ListOut[Sized]:
    """Returns ensembles with their sizes, under the headings by which a list of ensembles is brought in."""
    return ListOut(
        act="ensembles.exported",
        title="Ensembles",
        columns=(
            *(Column(heading, _of_ensemble(read)) for heading, read in ENSEMBLE_COLUMNS),
            Column("Children", lambda row: row[1]),
        ),
        rows=rows,
        programme_of=lambda row: row[0].programme_id,
    )


def _of_ensemble(read: Callable[[Ensemble], Value]) -> Callable[[Sized], Value]:
    return lambda row: read(row[0])
