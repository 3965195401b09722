"""The children two ensembles share: whom a timetable counts that needs them twice at once, by name."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from participants.queries.membership import members
from participants.views.membership import get_ensemble_for, rows_of

# from today: more is a mistyped year
FARTHEST = timedelta(days=30 * 366)


@needs(Permission.SEE_CHILDREN)
def shared(request: AuthenticatedRequest, pk: int, other: int) -> HttpResponse:
    """The children of an ensemble who are in another as well, on the day that the address names or today."""
    first, second = get_ensemble_for(request.user, pk), get_ensemble_for(request.user, other)
    day = _day_of(request.GET.get("day", ""))
    also = {child.pk for child in members(second, request.user, day)}
    rows = [row for row in rows_of(first, request.user, day) if row.child.pk in also]
    audit(
        act="ensemble.shared_viewed",
        by=request.user,
        programme_id=first.programme_id,
        subject=first,
        children=[row.child.pk for row in rows],
        details={"other": second.pk},
    )
    context = {"first": first, "second": second, "day": day, "rows": rows}
    context["off_paper"] = sum(not row.care.is_printed for row in rows)
    return render(request, "participants/membership/shared.html", context)


def _day_of(asked: str) -> date:
    """Returns the day asked for; today where none can be read, or one far off."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if abs(day - today) <= FARTHEST else today
