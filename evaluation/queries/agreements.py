"""What funders agreed to pay, as far as it is in print. Conditions are not read, far less shown."""

from dataclasses import dataclass

from inharmony.pages import dates
from inharmony.pages.money import pounds
from programmes.models import FundingAgreement


@dataclass(frozen=True)
class Agreed:
    """An agreement in print: who pays whom, for when, how much as far as it is said, and where that is said."""

    title: str
    funder: str
    to: str
    when: str
    amount: str
    is_in_harmony_only: bool
    source: str


def agreements_in_print() -> list[Agreed]:
    """Returns the agreements that are in print, In Harmony's own first; one statement."""
    rows = FundingAgreement.objects.shown().filter(is_public=True).select_related("funder", "programme")
    return [_agreed(row) for row in rows.defer("conditions").order_by("-is_in_harmony_only", "-starts_on", "id")]


def _agreed(row: FundingAgreement) -> Agreed:
    when = dates.printed_span(row.starts_on, row.ends_on, row.precision)
    return Agreed(
        row.title,
        row.funder.name,
        row.programme.short_name if row.programme else "In Harmony",
        # where no end is in print nobody knows whether it goes on
        when if row.ends_on else f"from {when}",
        _amount(row),
        row.is_in_harmony_only,
        row.source,
    )


def _amount(row: FundingAgreement) -> str:
    if row.amount is None:
        return "Not in print"
    return f"{pounds(row.amount)} a year" if row.is_a_year else pounds(row.amount)
