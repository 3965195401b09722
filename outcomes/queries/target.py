"""The targets of hubs, for who works in the hub or for the country."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, QuerySet

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from outcomes.models import Target
from programmes.models import Indicator, Programme
from schools.models import AcademicYear


@dataclass(frozen=True)
class HubLine:
    """A hub in the list: on how many of the indicators it has set a target of a year."""

    programme: Programme
    many: int


def hubs_of(user: User, today: date) -> QuerySet[Programme]:
    """Returns the hubs whose targets the person sees: those they work in; for national staff all that run."""
    if user.reach.may(Permission.SEE_NATIONAL_FIGURES):
        return Programme.objects.running_on(today)
    return Programme.objects.visible_to(user)


def hub_lines(user: User, year: AcademicYear, today: date) -> list[HubLine]:
    """Returns the hubs whose targets the person sees, by name; two statements."""
    rows = Target.objects.visible_to(user).filter(academic_year_id=year.pk)
    # in the order they were set: the last of an indicator stands
    told = rows.order_by("pk").values_list("programme_id", "indicator", "words")
    standing = {(programme, indicator): words for programme, indicator, words in told}
    many = Counter(programme for (programme, _), words in standing.items() if words)
    return [HubLine(one, many[one.pk]) for one in hubs_of(user, today)]


def years_of_targets(user: User, programme: Programme, today: date) -> list[AcademicYear]:
    """Returns the next year, that of today, and those before it back to the first with a target; one statement."""
    now = AcademicYear.year_of(today)
    rows = Target.objects.visible_to(user).filter(programme=programme)
    first = rows.aggregate(first=Min("academic_year_id"))["first"]
    return [AcademicYear(year=year) for year in range(now + 1, min(first or now, now) - 1, -1)]


def targets_by_indicator(user: User, programme: Programme, year: AcademicYear) -> dict[str, list[Target]]:
    """
    Returns what was set on each indicator in a year, the last first: the first of each list stands; one statement.

    Who set them is read for who works in the hub: the role of national staff reads no account.
    """
    rows = Target.objects.visible_to(user).filter(programme=programme, academic_year_id=year.pk).order_by("-pk")
    if not user.reach.is_national:
        rows = rows.select_related("set_by")
    found: dict[str, list[Target]] = {indicator: [] for indicator in Indicator.values}
    for row in rows:
        found[row.indicator].append(row)
    return found
