"""Who runs In Harmony, and with whom it works."""

from dataclasses import dataclass
from itertools import groupby

from inharmony.pages import dates
from programmes.models import Collaboration
from programmes.models.office import Office


@dataclass(frozen=True)
class Held:
    """An office as somebody held it."""

    holder: str
    of_body: str
    when: str
    words: str
    source: str
    hub: str


@dataclass(frozen=True)
class Offices:
    """All who held one kind of office."""

    name: str
    held: tuple[Held, ...]


@dataclass(frozen=True)
class Joint:
    """Work with others; `heads` say how many took part, where they were counted."""

    kind: str
    title: str
    partner: str
    when: str
    venue: str
    heads: tuple[str, ...]
    words: str
    source: str
    hubs: str


def offices() -> list[Offices]:
    """Returns who held which office, in the order of the offices and then of time; one statement."""
    order = Office.Kind.values.index
    rows = sorted(Office.objects.shown().select_related("programme"), key=lambda row: order(row.kind))
    kinds = groupby(rows, key=lambda row: row.get_kind_display())
    return [Offices(name, tuple(_held(row) for row in held)) for name, held in kinds]


def collaborations() -> list[Joint]:
    """Returns the work with others in the order of time; two statements."""
    rows = Collaboration.objects.shown().prefetch_related("programmes").order_by("starts_on", "id")
    return [
        Joint(
            row.get_kind_display(),
            row.title,
            row.partner,
            dates.printed_span(row.starts_on, row.ends_on, row.precision),
            row.venue,
            _heads(row),
            row.words,
            row.source,
            ", ".join(sorted(one.short_name for one in row.programmes.all())),
        )
        for row in rows
    ]


def _held(row: Office) -> Held:
    when = ""
    if row.starts_on:
        # of most, the day on which they are in print is all that is known: no "since"
        when = dates.printed_span(row.starts_on, row.ends_on, row.precision)
    elif row.ends_on:
        when = f"until {dates.printed(row.ends_on, row.precision)}"
    hub = row.programme.short_name if row.programme else ""
    return Held(row.holder, row.of_body, when, row.words, row.source, hub)


def _heads(row: Collaboration) -> tuple[str, ...]:
    counted = ((row.children, "children"), (row.adults, "adults"), (row.audience, "in the audience"))
    return tuple(f"{many:,} {who}" for many, who in counted if many is not None)
