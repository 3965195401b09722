"""The targets of a hub: seen by who works in it and by national staff, set by its manager."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from outcomes.actions import target as acts
from outcomes.forms.target import TargetsForm, YearForm, written
from outcomes.indicators import INDICATORS, described
from outcomes.models import Target
from outcomes.queries import target as reads
from programmes.models import Programme
from schools.models import AcademicYear


@dataclass(frozen=True)
class Line:
    """What is wanted on one indicator, as it reads: its words, its number with the unit, and since when."""

    title: str
    words: str = ""
    number: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Change:
    """What somebody set on an indicator, and when; without words it was taken off."""

    line: Line
    by: str


@needs(Permission.SEE_OUTCOMES)
def targets(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?year=`: the targets of a hub's year beside those of the year before; POST: sets them."""
    user, today = request.user, timezone.localdate()
    hub = get_object_or_404(reads.hubs_of(user, today), slug=slug)
    this_year = AcademicYear(year=AcademicYear.year_of(today))
    years = YearForm(request.GET, years=reads.years_of_targets(user, hub, today), usual=this_year)
    if not years.is_valid():
        raise Http404
    year, keeps = years.chosen, user.reach.may(Permission.KEEP_TARGETS, programme_id=hub.pk)
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    found = reads.targets_by_indicator(user, hub, year)
    last = {indicator: rows[0] for indicator, rows in found.items() if rows}
    standing = {indicator: one for indicator, one in last.items() if one.words}
    form = TargetsForm(request.POST if request.method == "POST" else None, standing=acts.aims_of(standing))
    status = 200
    if request.method == "POST":
        if form.is_valid() and _set(request, form, hub, year):
            return redirect(f"{reverse('outcomes:targets', args=[slug])}?year={year}")
        status = 422
    context = {
        "programme": hub,
        "years": years,
        "year": year,
        "form": form,
        "sets": keeps and acts.may_be_set(year, today),
        "rows": form.rows(),
        "lines": [_line(one.title, standing.get(one.key)) for one in INDICATORS],
        "changes": _changes(found) if keeps else [],
    }
    return render(request, "outcomes/target/show.html", context, status=status)


def _set(request: AuthenticatedRequest, form: TargetsForm, hub: Programme, year: AcademicYear) -> bool:
    """Sets what was entered, and says so; where it is refused, says why with the form."""
    try:
        changed = acts.set_targets(
            programme=hub,
            year=year,
            aims=form.aims,
            seen=form.cleaned_data["seen"],
            today=timezone.localdate(),
            by=request.user,
        )
    except acts.TargetsRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    said = f"The targets of {year} are set." if changed else "Nothing is different from what stood already."
    messages.success(request, said)
    return True


def _line(title: str, one: Target | None) -> Line:
    if one is None:
        return Line(title)
    number = "" if one.value is None else " ".join(filter(None, (written(one.value), one.unit)))
    return Line(title, one.words, number, one.set_at)


def _changes(found: dict[str, list[Target]]) -> list[Change]:
    """Who set what, the last first."""
    rows = sorted((row for rows in found.values() for row in rows), key=lambda row: -row.pk)
    return [
        Change(_line(described(row.indicator).title, row), row.set_by.name if row.set_by else "Somebody")
        for row in rows
    ]
