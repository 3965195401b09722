"""Whose eyes rows are read with."""

from typing import Any

from django.db.models import QuerySet

from inharmony.accounts.models import User


def seen(rows: QuerySet[Any], user: User | None) -> Any:
    """Returns the rows a person may see; without a person (the operator's command) the scope alone narrows them."""
    return rows if user is None else rows.visible_to(user)  # type: ignore[attr-defined]  # every model's own manager
