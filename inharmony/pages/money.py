"""Sums of money as the portal writes them."""

from decimal import Decimal


def pounds(amount: Decimal | None) -> str:
    """Returns "£12,500", or "£12,500.50": pence only where there are any; nothing where no sum is known."""
    if amount is None:
        return ""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"
