"""Entries of the record as a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from inharmony.pages.exporting import Column, ListOut
from programmes.kinds import Kind
from programmes.kinds.kind import Row
from programmes.queries.versions import NOTHING, written


def entries_out(kind: Kind, rows: Iterable[Row]) -> ListOut[Row]:
    """Returns entries of a kind with every field they have, and whether they are withdrawn."""
    columns = [Column(one.label, _value(kind, name)) for name, one in kind.asked.items()]
    if kind.can_withdraw:
        columns.append(Column("Withdrawn on", lambda row: row.withdrawn_on))
    return ListOut(
        act="entries.exported",
        title=kind.plural.capitalize(),
        columns=(Column("Number", lambda row: row.pk), *columns),
        rows=rows,
        programme_of=lambda row: hubs[0].pk if len(hubs := kind.hubs_of(row)) == 1 else None,
    )


def _value(kind: Kind, name: str) -> Any:
    column: Any = kind.model._meta.get_field(name)

    def value(row: Row) -> Any:
        if column.many_to_many:
            return ", ".join(str(one) for one in getattr(row, name).all()) or None
        found = getattr(row, name)
        if column.choices or isinstance(found, bool):
            said = written(column, name, found)
            return None if said == NOTHING else said
        return str(found) if column.is_relation and found is not None else found if found != "" else None

    return value
