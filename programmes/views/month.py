"""The timetable of a month. The page shows no child."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages.exporting import hand_out, offer
from programmes.exports.session import sessions_out
from programmes.queries.month import month_of, sessions_of_month
from programmes.views.week import FARTHEST


@needs(Permission.KEEP_ENSEMBLES)
def month(request: AuthenticatedRequest) -> HttpResponse:
    """The sessions of one month, of the hubs whose ensembles the person keeps; the address may say which."""
    today = timezone.localdate()
    first = _first_of(request.GET.get("month", ""), today)
    around = ((first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1))
    context: dict[str, Any] = {"first": first, "around": around, "month": month_of(first, request.user), "today": today}
    if context["month"].sessions:
        context["export"] = offer(request, "programmes:timetable-month-export", what="sessions")
    return render(request, "programmes/session/month.html", context)


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
@require_POST
def month_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same sessions as a spreadsheet."""
    first = _first_of(request.GET.get("month", ""), timezone.localdate())
    return hand_out(request, sessions_out(sessions_of_month(first, request.user), about=f"{first:%B %Y}"))


def _first_of(asked: str, today: date) -> date:
    """Returns the first day of the month asked for; of this month where none can be read, or one far off."""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = today
    return (first if abs(first - today) <= FARTHEST else today).replace(day=1)
