"""The timetable of a week. The page shows no child, only how many two ensembles share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from inharmony.pages.exporting import hand_out, offer
from programmes.exports.session import sessions_out
from programmes.models import Session
from programmes.queries.clash import Clashes, clashes_among
from programmes.queries.session import week_of

WEEK = timedelta(weeks=1)
# from today: more is a mistyped year
FARTHEST = timedelta(days=30 * 366)


@dataclass(frozen=True)
class WeekLine:
    """A session of a week, what it clashes with, and whether the person can open its register by now."""

    session: Session
    clashes: Clashes | None
    opens_register: bool


@needs(Permission.KEEP_ENSEMBLES)
def week(request: AuthenticatedRequest) -> HttpResponse:
    """The sessions of one week, day by day, of the hubs whose ensembles the person keeps; the address may say which."""
    today = timezone.localdate()
    monday = _monday_of(request.GET.get("week", ""), today)
    around = (monday - WEEK, monday + WEEK)
    days = week_of(monday, request.user)
    clashes = clashes_among([session for one in days for session in one.sessions], request.user)
    takes = request.user.reach.programmes_for(Permission.TAKE_REGISTER)
    rows = [
        (one.day, [WeekLine(each, clashes.get(each.pk), _opens(each, takes, today)) for each in one.sessions])
        for one in days
    ]
    context = {"monday": monday, "around": around, "days": rows, "today": today}
    if any(one.sessions for one in days):
        context["export"] = offer(request, "programmes:timetable-export", what="sessions")
    return render(request, "programmes/session/week.html", context)


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
@require_POST
def week_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same sessions as a spreadsheet."""
    monday = _monday_of(request.GET.get("week", ""), timezone.localdate())
    sessions = [session for one in week_of(monday, request.user) for session in one.sessions]
    return hand_out(request, sessions_out(sessions, about=f"week of {dates.day(monday)}"))


def _opens(session: Session, takes: Collection[int], today: date) -> bool:
    return session.programme_id in takes and not session.is_cancelled and (session.is_held or session.day <= today)


def _monday_of(asked: str, today: date) -> date:
    """Returns the Monday of the week asked for; of this week where no day can be read, or one far off."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    if abs(day - today) > FARTHEST:
        day = today
    return day - timedelta(days=day.weekday())
