"""Who paid for In Harmony, from when to when, as far as it is in print. Conditions are not read, far less shown."""

from dataclasses import dataclass
from datetime import date

from inharmony.pages import dates
from inharmony.pages.money import pounds
from inharmony.public.charts.periods import Span
from inharmony.public.queries.period import lasting
from programmes.models import FundingAgreement, OrganisationRole
from programmes.models.entry import Precision


@dataclass(frozen=True)
class Agreed:
    """An agreement in print; `amount` says of what it is, and is empty where none is in print."""

    title: str
    funder: str
    to: str
    when: str
    amount: str
    words: str
    source: str


@dataclass(frozen=True)
class Paid:
    """That a body paid for some hubs, from when to when."""

    funder: str
    hubs: str
    when: str
    note: str
    source: str
    span: Span


def agreements(*, is_in_harmony_only: bool) -> list[Agreed]:
    """Returns the agreements in print that are In Harmony's alone, or those that are not; one statement."""
    rows = FundingAgreement.objects.shown().filter(is_public=True, is_in_harmony_only=is_in_harmony_only)
    read = rows.select_related("funder", "programme").defer("conditions")
    return [
        Agreed(
            row.title,
            row.funder.name,
            row.programme.short_name if row.programme else "In Harmony",
            _agreed_for(row),
            _amount(row),
            row.words,
            row.source,
        )
        for row in read.order_by("starts_on", "id")
    ]


def payers() -> list[Paid]:
    """Returns who paid for which hubs, by body in the order in which they began; one statement."""
    rows = OrganisationRole.objects.filter(kind=OrganisationRole.Kind.FUNDER)
    first: dict[str, date] = {}
    alike: dict[tuple[object, ...], list[OrganisationRole]] = {}
    for row in rows.select_related("organisation", "programme").order_by("starts_on", "programme__short_name"):
        first.setdefault(row.organisation.name, row.starts_on)
        alike.setdefault((row.organisation.name, row.starts_on, row.ends_on, row.note, row.source), []).append(row)
    return [_paid(held) for held in sorted(alike.values(), key=lambda held: first[held[0].organisation.name])]


def paying(paid: list[Paid], today: date) -> list[str]:
    """Returns the names of the bodies that pay today."""
    return list(dict.fromkeys(one.funder for one in paid if (one.span.ends_on or today) >= today))


def _paid(held: list[OrganisationRole]) -> Paid:
    row = held[0]
    return Paid(
        row.organisation.name,
        ", ".join(one.programme.short_name for one in held),
        lasting(row.starts_on, row.ends_on, Precision.MONTH),
        row.note,
        row.source,
        Span(row.organisation.name, row.starts_on, row.ends_on),
    )


def _agreed_for(row: FundingAgreement) -> str:
    # where no end is in print nobody knows whether it goes on: "from", not "since"
    when = dates.printed_span(row.starts_on, row.ends_on, row.precision)
    return when if row.ends_on else f"from {when}"


def _amount(row: FundingAgreement) -> str:
    amount = pounds(row.amount)
    return f"{amount} a year" if amount and row.is_a_year else amount
