"""The timetable of a week. The page shows no child, only how many two ensembles share."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from programmes.queries.clash import clashes_among
from programmes.queries.session import week_of

WEEK = timedelta(weeks=1)
# from today: more is a mistyped year
FARTHEST = timedelta(days=30 * 366)


@needs(Permission.KEEP_ENSEMBLES)
def week(request: AuthenticatedRequest) -> HttpResponse:
    """The sessions of one week, day by day, of the hubs whose ensembles the person keeps; the address may say which."""
    today = timezone.localdate()
    monday = _monday_of(request.GET.get("week", ""), today)
    around = (monday - WEEK, monday + WEEK)
    days = week_of(monday, request.user)
    clashes = clashes_among([session for one in days for session in one.sessions], request.user)
    rows = [(one.day, [(session, clashes.get(session.pk)) for session in one.sessions]) for one in days]
    context = {"monday": monday, "around": around, "days": rows, "today": today}
    return render(request, "programmes/session/week.html", context)


def _monday_of(asked: str, today: date) -> date:
    """Returns the Monday of the week asked for; of this week where no day can be read, or one far off."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    if abs(day - today) > FARTHEST:
        day = today
    return day - timedelta(days=day.weekday())
