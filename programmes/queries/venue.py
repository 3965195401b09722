"""Reads of venues, for whoever keeps the timetable."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Venue


@dataclass(frozen=True)
class VenueLine:
    """A venue and how many sessions are to be held in it from a day on."""

    venue: Venue
    coming: int


def venues_kept(user: User, day: date) -> tuple[list[VenueLine], list[VenueLine]]:
    """Returns the venues of the hubs whose ensembles the person keeps, by school and name: in use on a day, and not."""
    coming = Count("sessions", filter=Q(sessions__day__gte=day, sessions__cancelled_at__isnull=True))
    rows = Venue.objects.visible_to(user).filter(programme__in=user.reach.programmes_for(Permission.KEEP_ENSEMBLES))
    found = [
        VenueLine(venue, venue.coming)
        for venue in rows.select_related("school", "programme")
        .annotate(coming=coming)
        .order_by("programme__short_name", "school__name", "name")
    ]
    return (
        [line for line in found if line.venue.is_used_on(day)],
        [line for line in found if not line.venue.is_used_on(day)],
    )
