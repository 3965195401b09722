"""The targets of a hub's year, as its manager sets them: all indicators in one act."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from outcomes.models import Target
from programmes.models import Indicator, Programme
from schools.models import AcademicYear


class TargetsRefusedError(Exception):
    """Targets that cannot be set so; the text says why and what to do."""


class TargetsChangedError(TargetsRefusedError):
    """Somebody else set other targets of the year after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else set targets of this year after you opened the page. Nothing of yours has been kept: look at "
            "what stands now."
        )


class YearIsOverError(TargetsRefusedError):
    """The year is over: what was wanted of it stands."""

    def __init__(self, year: AcademicYear) -> None:
        super().__init__(f"{year} is over, and its targets stand as they were. Choose this year or the next.")


@dataclass(frozen=True)
class Aim:
    """What is wanted on one indicator: words, and a number with its unit where one says it; no words: nothing."""

    words: str = ""
    value: Decimal | None = None
    unit: str = ""


NOTHING = Aim()


def may_be_set(year: AcademicYear, today: date) -> bool:
    """Returns whether targets of a year can be set on a day: of the year the day is in, and of the next."""
    return year.pk - AcademicYear.year_of(today) in (0, 1)


def standing_targets(programme: Programme, year: AcademicYear) -> dict[str, Target]:
    """Returns the target that stands on each indicator that has one; one statement."""
    rows = Target.objects.filter(programme=programme, academic_year_id=year.pk).order_by("indicator", "-pk")
    return {row.indicator: row for row in rows.distinct("indicator") if row.words}


def aims_of(targets: Mapping[str, Target]) -> dict[str, Aim]:
    """Returns what targets want, by indicator."""
    return {indicator: Aim(one.words, one.value, one.unit) for indicator, one in targets.items()}


def version_of(aims: Mapping[str, Aim]) -> str:
    """Returns what a page was made from: targets that were changed since are looked at again before they are set."""
    said = sorted(
        (indicator, aim.words, "" if aim.value is None else f"{aim.value:.2f}", aim.unit)
        for indicator, aim in aims.items()
        if aim.words
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@transaction.atomic
def set_targets(
    *, programme: Programme, year: AcademicYear, aims: Mapping[str, Aim], seen: str, today: date, by: User
) -> list[str]:
    """
    Sets the targets of a year, indicator by indicator, and returns the indicators that changed.

    An indicator without words has its target taken off. What stood before stays as history. `seen` is the version of
    what the person saw; raises TargetsRefusedError where it is not what stands, or the year is over. In a hub that is
    closed the database refuses.
    """
    if not may_be_set(year, today):
        raise YearIsOverError(year)
    with connection.cursor() as cursor:
        # of two who set the same year one comes after the other, also where nothing stands yet
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outcomes_target'), %s::integer)", [programme.pk])
    before = aims_of(standing_targets(programme, year))
    if version_of(before) != seen:
        raise TargetsChangedError
    changed = [one for one in Indicator.values if before.get(one, NOTHING) != aims.get(one, NOTHING)]
    if not changed:
        return []
    AcademicYear.objects.get_or_create(year=year.pk)
    Target.objects.bulk_create(_row(programme, year, one, aims.get(one, NOTHING), by) for one in changed)
    audit(
        act="targets.set",
        by=by,
        programme_id=programme.pk,
        subject=programme,
        details={"year": str(year), "fields": [f"target_{one}" for one in changed]},
    )
    return changed


def _row(programme: Programme, year: AcademicYear, indicator: str, aim: Aim, by: User) -> Target:
    return Target(
        programme=programme,
        academic_year_id=year.pk,
        indicator=indicator,
        words=aim.words,
        value=aim.value,
        unit=aim.unit,
        set_by=by,
    )
