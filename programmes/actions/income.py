"""The income of a hub's year, as its office writes it down: all sources in one act."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from programmes.models import Income, Programme
from schools.models import AcademicYear


class IncomeRefusedError(Exception):
    """Income that cannot be written down so; the text says why and what to do."""


class IncomeChangedError(IncomeRefusedError):
    """Somebody else wrote down other income of the year after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else wrote down income of this year after you opened the page. Nothing of yours has been written:"
            " look at what stands now."
        )


@dataclass(frozen=True)
class Line:
    """What came from one kind of source: pounds, None where nothing is written down, and a note."""

    amount: Decimal | None = None
    note: str = ""


NOTHING = Line()


def standing_income(programme: Programme, year: AcademicYear) -> dict[str, Line]:
    """Returns what stands of a year, by source; one statement."""
    rows = Income.objects.filter(programme=programme, academic_year_id=year.pk)
    return {row.source: Line(row.amount, row.note) for row in rows}


def version_of(lines: Mapping[str, Line]) -> str:
    """Returns what a page was made from: income that was changed since is looked at again before it is written."""
    said = sorted(
        (source, f"{line.amount:.2f}", line.note) for source, line in lines.items() if line.amount is not None
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


@transaction.atomic
def keep_income(
    *, programme: Programme, year: AcademicYear, lines: Mapping[str, Line], seen: str, by: User
) -> list[str]:
    """
    Writes down the income of a year, source by source, and returns the sources that changed.

    A source without an amount is taken off. `seen` is the version of what the person saw; raises IncomeChangedError
    where it is not what stands. In a hub that is closed the database refuses.
    """
    with connection.cursor() as cursor:
        # of two who keep the same year one comes after the other, also where no row stands yet
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('programmes_income'), %s::integer)", [programme.pk])
    before = standing_income(programme, year)
    if version_of(before) != seen:
        raise IncomeChangedError
    changed = [source for source in Income.Source.values if before.get(source, NOTHING) != lines.get(source, NOTHING)]
    if not changed:
        return []
    AcademicYear.objects.get_or_create(year=year.pk)
    of_year = Income.objects.filter(programme=programme, academic_year_id=year.pk)
    of_year.filter(source__in=[source for source in changed if lines.get(source, NOTHING).amount is None]).delete()
    for source in changed:
        line = lines.get(source, NOTHING)
        if line.amount is not None:
            values = {"amount": line.amount, "note": line.note, "kept_by": by}
            of_year.update_or_create(programme=programme, academic_year_id=year.pk, source=source, defaults=values)
    audit(
        act="income.kept",
        by=by,
        programme_id=programme.pk,
        subject=programme,
        details=_details(year, before, lines, changed),
    )
    return changed


def _details(
    year: AcademicYear, before: Mapping[str, Line], after: Mapping[str, Line], changed: Iterable[str]
) -> dict[str, Any]:
    """What each amount was and became: the history of a sum is asked for at every audit."""
    return {
        "year": str(year),
        "fields": [f"income_{source}" for source in changed],
        "amounts": {
            source: [_said(before.get(source, NOTHING)), _said(after.get(source, NOTHING))] for source in changed
        },
    }


def _said(line: Line) -> str | None:
    return None if line.amount is None else f"{line.amount:.2f}"
