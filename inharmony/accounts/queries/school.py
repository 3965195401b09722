"""Which schools' leads the managers of a hub appoint and see."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone


def partner_schools(programmes: Iterable[int], day: date | None = None) -> QuerySet[Any]:
    """
    Returns the URNs of the partner schools of today, or of a day given, of programmes given by id.

    A school that left may work with the hub next door by now, and its lead sees that hub's children.
    """
    partnerships = apps.get_model("programmes", "Partnership").objects.on(day or timezone.localdate())
    urns: QuerySet[Any] = partnerships.filter(programme__in=programmes).values("school")
    return urns


def hubs_of_school(urn: int, day: date) -> dict[int, str]:
    """Returns the programmes a school works with on a day or, as far as is entered, later: names by id."""
    partnerships = apps.get_model("programmes", "Partnership").objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), school=urn
    )
    return dict(partnerships.order_by("programme__short_name").values_list("programme", "programme__short_name"))
