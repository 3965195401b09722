"""A series of sessions carried on in one press, to the end of the term or the year. The page shows no child."""

from collections.abc import Collection
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from programmes.actions import timetable as acts
from programmes.models import Ensemble
from programmes.queries.series import Horizon, first_day, horizons, series_of
from programmes.queries.timetable import Proposed, proposed
from programmes.views.ensemble import kept_ensemble

# from today: more is no answer to this page's form
FARTHEST = timedelta(days=2 * 366)


@needs(Permission.KEEP_ENSEMBLES)
def carry_on(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Each day on which the ensemble would play, with what speaks against it; and the act that writes those ticked."""
    ensemble = kept_ensemble(request.user, pk)
    series, today = series_of(ensemble, request.user), timezone.localdate()
    if not series or (ensemble.ends_on is not None and ensemble.ends_on < today):
        return render(request, "programmes/session/carry-on.html", {"ensemble": ensemble})
    sent = request.POST if request.method == "POST" else request.GET
    first = _day_sent(sent, today) or first_day(ensemble, series, today)
    until, others = _chosen(sent, horizons(ensemble, series[0].venue, first))
    planned = [one for each in series for one in each.planned(ensemble, first, until.day)]
    lines = proposed(sorted(planned, key=lambda one: (one.day, one.starts_at)), request.user)
    ticked, refused = set(request.POST.getlist("at")) if request.method == "POST" else None, ""
    if ticked is not None:
        try:
            return _add(request, ensemble, lines, ticked)
        except acts.TimetableRefusedError as refusal:
            refused = str(refusal)
    context = {"ensemble": ensemble, "series": series, "first": first, "until": until, "others": others}
    context |= {"rows": _rows(lines, ticked), "refused": refused}
    return render(request, "programmes/session/carry-on.html", context, status=422 if refused else 200)


def _day_sent(sent: QueryDict, today: date) -> date | None:
    """Returns the day from which the list that was looked at began: sent twice, the same days are meant."""
    try:
        day = date.fromisoformat(sent.get("first", ""))
    except ValueError:
        return None
    return day if abs(day - today) <= FARTHEST else None


def _chosen(sent: QueryDict, offered: list[Horizon]) -> tuple[Horizon, list[Horizon]]:
    """Returns until when, the nearest unless the address says otherwise, and what else is on offer."""
    chosen = next((one for one in offered if one.key == sent.get("until")), offered[0])
    return chosen, [one for one in offered if one is not chosen]


def _key(line: Proposed) -> str:
    return f"{line.planned.day:%Y-%m-%d} {line.planned.starts_at:%H:%M}"


def _rows(lines: Collection[Proposed], ticked: Collection[str] | None) -> list[tuple[Proposed, str, bool]]:
    """Returns each day, its key, and whether its box is ticked: as it was sent, else as it is proposed."""
    return [(one, _key(one), one.is_ticked if ticked is None else _key(one) in ticked) for one in lines]


def _add(
    request: AuthenticatedRequest, ensemble: Ensemble, lines: Collection[Proposed], ticked: set[str]
) -> HttpResponse:
    chosen = [one.planned for one in lines if _key(one) in ticked]
    if not ticked:
        raise acts.TimetableRefusedError("No day is ticked. Tick the days on which the ensemble plays.")
    if len(chosen) < len(ticked):
        raise acts.TimetableRefusedError("The timetable was changed meanwhile. Look at the days again.")
    made = acts.add_sessions(programme=ensemble.programme, planned=chosen, by=request.user)
    many = f"{len(made)} session{'s' * (len(made) != 1)}"
    words = f"{many} of {ensemble.name} {'are' if len(made) != 1 else 'is'} in the timetable."
    messages.success(request, words if made else "These sessions are in the timetable already.")
    return redirect("participants:ensemble", pk=ensemble.pk)
