"""The hub's own page: live and exact, for its own people only."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from evaluation.access import hub_for, hubs_of
from evaluation.charts.line import attendance_by_week
from evaluation.figures.attendance import weeks_table
from evaluation.forms.period import PeriodForm
from evaluation.queries.calendar import term_on
from evaluation.queries.participation import participation, rows_of
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from participants.queries.runs import Away, standing_runs


@needs(Permission.SEE_HUB_FIGURES)
def hub(request: AuthenticatedRequest, slug: str = "") -> HttpResponse:
    """GET: what the hub has to do, and its figures of the year or term in the address, else of this term."""
    hubs, today = hubs_of(request.user), timezone.localdate()
    programme = hub_for(request.user, slug, hubs=hubs)
    is_bare = not {"year", "term"} & request.GET.keys()
    form = PeriodForm(request.GET, usual=term_on(today, programme) if is_bare else None)
    if not form.is_valid():
        raise Http404
    found = participation(rows_of(programme, form.period(programme), request.user))
    context = {
        "programme": programme,
        "hubs": hubs,
        "filters": form,
        "found": found,
        "away": _away(standing_runs(request.user, today, programme=programme.pk)),
        "chart": attendance_by_week(found.weeks),
        "weeks": weeks_table(found.weeks),
        "may_report": request.user.reach.may(Permission.MAKE_HUB_REPORT, programme_id=programme.pk),
    }
    return render(request, "evaluation/hub/show.html", context)


def _away(found: Sequence[Away]) -> list[dict[str, object]]:
    """Returns one line to look into where children stopped coming; their names stand on its page, not here."""
    if not found:
        return []
    children = len({one.child_id for one in found})
    return [
        {
            "title": f"{children:,} {'child' if children == 1 else 'children'} missed three sessions or more in a row",
            "words": f"The longest: {found[0].times} sessions, since {dates.weekday(found[0].since)}.",
            "href": reverse("participants:in-a-row"),
            "action": "See who",
        }
    ]
