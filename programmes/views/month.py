"""The timetable of a month. The page shows no child."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from programmes.queries.month import month_of
from programmes.views.week import FARTHEST


@needs(Permission.KEEP_ENSEMBLES)
def month(request: AuthenticatedRequest) -> HttpResponse:
    """The sessions of one month, of the hubs whose ensembles the person keeps; the address may say which."""
    today = timezone.localdate()
    first = _first_of(request.GET.get("month", ""), today)
    around = ((first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1))
    context = {"first": first, "around": around, "month": month_of(first, request.user), "today": today}
    return render(request, "programmes/session/month.html", context)


def _first_of(asked: str, today: date) -> date:
    """Returns the first day of the month asked for; of this month where none can be read, or one far off."""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = today
    return (first if abs(first - today) <= FARTHEST else today).replace(day=1)
