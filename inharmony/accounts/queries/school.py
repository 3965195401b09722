"""Which schools' leads the managers of a hub appoint and see."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone


def partner_schools(programmes: Iterable[int]) -> QuerySet[Any]:
    """
    Returns the URNs of the partner schools of today, of programmes given by id.

    A school that left may work with the hub next door by now, and its lead sees that hub's children.
    """
    partnerships = apps.get_model("programmes", "Partnership").objects.on(timezone.localdate())
    urns: QuerySet[Any] = partnerships.filter(programme__in=programmes).values("school")
    return urns
