"""How far the hubs are: registers taken of those due, live, and which terms each has signed off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from evaluation.figures.figure import Completeness
from evaluation.figures.period import SEASONS, Period
from evaluation.figures.tallies import SessionTally
from evaluation.models import SignOff
from evaluation.queries.national import added, programmes_of, tallies_by_programme
from programmes.models import Programme


@dataclass(frozen=True)
class Signed:
    """A hub's latest word that a term is complete, as one cell of a table."""

    term: str
    on: date | None = None
    registers: Completeness | None = None
    is_revised: bool = False


@dataclass(frozen=True)
class Readiness:
    """One hub: its registers of the period, and its word on each term of the year."""

    programme: Programme
    registers: Completeness
    signed: tuple[Signed, ...]


@dataclass(frozen=True)
class Ready:
    """All hubs of a period, and their registers together."""

    hubs: tuple[Readiness, ...]
    registers: Completeness


def unsigned(term: Period) -> list[str]:
    """Returns the names of the hubs that have not signed a term yet; one statement."""
    signed = SignOff.objects.filter(academic_year=term.year, term=term.term).values("programme")
    return list(programmes_of(term).exclude(pk__in=signed).values_list("short_name", flat=True))


def readiness(period: Period, today: date) -> Ready:
    """Returns how far the hubs of a period are; three statements."""
    programmes = list(programmes_of(period))
    tallies = tallies_by_programme(period, today)
    signed = _signed(period)
    terms = [period.term] if period.term else list(SEASONS)
    hubs = tuple(
        Readiness(
            one,
            tallies.get(one.pk, SessionTally()).completeness,
            tuple(signed.get((one.pk, term), Signed(term)) for term in terms),
        )
        for one in programmes
    )
    return Ready(hubs, added(tallies.values()).completeness)


def _signed(period: Period) -> Mapping[tuple[int, str], Signed]:
    rows = SignOff.objects.filter(academic_year=period.year).order_by("number")
    return {
        (row.programme_id, row.term): Signed(
            row.term,
            timezone.localdate(row.signed_at),
            Completeness(row.registers_taken, row.registers_due),
            row.number > 1,
        )
        for row in rows
    }
