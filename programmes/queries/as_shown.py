"""An entry as the public page would show it, before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from inharmony.pages.money import pounds
from programmes.kinds import Kind
from programmes.kinds.kind import Row, Values
from programmes.kinds.lines import number


@dataclass(frozen=True)
class AsShown:
    """What the template of a preview needs: the entry in memory, and what of it is put into words."""

    template: str
    row: Row
    line: str
    when: str
    hubs: Sequence[str]
    amount: str
    figure: str


def shown_as(kind: Kind, row: Row, values: Values) -> AsShown:
    """Returns an entry in memory as its preview shows it; what names several rows stands in `values` alone."""
    many = [one.short_name for one in values.get("programmes", [])]
    value = getattr(row, "value", None)
    return AsShown(
        template=f"programmes/entry/preview/{kind.preview}.html",
        row=row,
        line=kind.line(row),
        when=kind.when(row),
        hubs=many or ([] if kind.many else [hub.short_name for hub in kind.hubs_of(row)]),
        amount=pounds(getattr(row, "amount", None)),
        figure=number(value) if value is not None else "",
    )
