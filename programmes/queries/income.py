"""The income of a hub, year by year, for who sees its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from inharmony.accounts.models import User
from inharmony.audit.models import AuditEvent
from programmes.models import Income, Programme
from schools.models import AcademicYear

FIRST_YEAR = 2008  # the first of In Harmony


@dataclass(frozen=True)
class Change:
    """Who wrote down what of a year, and when: each source with what stood before and what stands since."""

    at: datetime
    by: str
    amounts: list[tuple[str, Decimal | None, Decimal | None]]


def years_of_income(today: date) -> list[AcademicYear]:
    """Returns the years of which income can be written down, the newest first."""
    return [AcademicYear(year=year) for year in range(AcademicYear.year_of(today), FIRST_YEAR - 1, -1)]


def income_by_year(user: User, programme: Programme, years: Iterable[int]) -> dict[int, dict[str, Income]]:
    """Returns the income of each of the years by its source, as far as the person sees it; one statement."""
    years = list(years)
    found: dict[int, dict[str, Income]] = {year: {} for year in years}
    rows = Income.objects.visible_to(user).filter(programme=programme, academic_year__in=years).order_by("pk")
    for row in rows.select_related("academic_year"):
        found[row.academic_year_id][row.source] = row
    return found


def all_income(user: User, programme: Programme) -> list[Income]:
    """Returns all income of a hub that the person sees, the newest year first, in the order of the sources."""
    rows = Income.objects.visible_to(user).filter(programme=programme).select_related("academic_year", "programme")
    place = {source: number for number, source in enumerate(Income.Source.values)}
    return sorted(rows, key=lambda row: (-row.academic_year_id, place[row.source]))


def total_of(rows: Iterable[Income]) -> Decimal | None:
    """Returns the sum of rows, None where there are none."""
    amounts = [row.amount for row in rows]
    return sum(amounts, Decimal(0)) if amounts else None


def changes_of(programme: Programme, year: AcademicYear) -> list[Change]:
    """Returns who wrote down income of a year, the last first and no more than the last fifty; two statements."""
    told = AuditEvent.objects.filter(
        act="income.kept",
        subject=Programme._meta.label_lower,
        subject_id=programme.pk,
        programme_id=programme.pk,
        details__year=str(year),
    )
    entries = list(told.order_by("-at")[:50])
    names = dict(User.objects.filter(pk__in={entry.actor_id for entry in entries}).values_list("pk", "name"))
    return [
        Change(entry.at, names.get(entry.actor_id or 0, "Somebody"), _amounts(entry.details.get("amounts", {})))
        for entry in entries
    ]


def _amounts(said: dict[str, list[str | None]]) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """In the order of the sources: the trail keeps none."""
    return [
        (str(label), _amount(said[source][0]), _amount(said[source][1]))
        for source, label in Income.Source.choices
        if source in said
    ]


def _amount(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)
