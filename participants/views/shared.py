"""The children two ensembles share: whom a timetable counts that needs them twice at once, by name."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.queries.membership import members_of
from participants.views.membership import rows_of
from programmes.models import Ensemble
from programmes.models.session import together

# from today: more is a mistyped year
FARTHEST = timedelta(days=30 * 366)


@needs(Permission.SEE_CHILDREN)
def shared(request: AuthenticatedRequest, pk: int, other: int) -> HttpResponse:
    """
    The children of an ensemble who are in another as well, on the day that the address names or today.

    Of sessions of several ensembles it names those that play `with` the first, and those `there` with the other.
    """
    user, day, asked = request.user, _day_of(request.GET.get("day", "")), request.GET
    first = _ensembles(user, [pk, *_keys(asked.getlist("with"))])
    second = _ensembles(user, [other, *_keys(asked.getlist("there"))])
    also = set(members_of(second, user, day).values_list("pk", flat=True))
    rows = [row for row in rows_of(first, user, day) if row.child.pk in also]
    besides = {"with": [each.pk for each in first[1:]], "there": [each.pk for each in second[1:]]}
    audit(
        act="ensemble.shared_viewed",
        by=user,
        programme_id=first[0].programme_id,
        subject=first[0],
        children=[row.child.pk for row in rows],
        details={"other": other} | {name: keys for name, keys in besides.items() if keys},
    )
    context = {"first": first[0], "second": second[0], "day": day, "rows": rows}
    context |= {"here": together([each.name for each in first]), "there": together([each.name for each in second])}
    context["off_paper"] = sum(not row.care.is_printed for row in rows)
    return render(request, "participants/membership/shared.html", context)


def _ensembles(user: User, keys: Sequence[int]) -> list[Ensemble]:
    """Returns ensembles of one hub that play together; 404 where one is not seen, there or not."""
    found = Ensemble.objects.visible_to(user).in_bulk(keys)
    if len(found) < len(set(keys)) or len({each.programme_id for each in found.values()}) > 1:
        raise Http404
    return [found[key] for key in dict.fromkeys(keys)]


def _keys(asked: Sequence[str]) -> list[int]:
    """Returns the ensembles an address names besides; 404 for what is the key of none."""
    if not all(key.isascii() and key.isdigit() and len(key) < 19 for key in asked):
        raise Http404
    return [int(key) for key in asked]


def _day_of(asked: str) -> date:
    """Returns the day asked for; today where none can be read, or one far off."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if abs(day - today) <= FARTHEST else today
