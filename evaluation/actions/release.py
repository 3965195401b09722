"""Cutting a release: the one place that writes one. It is added to, never changed: a correction is the next number."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from evaluation.figures.disclosure import Shown, protect
from evaluation.figures.once import by_programme, by_year_group, each_once
from evaluation.figures.period import Period
from evaluation.figures.released import ALL, BY_PROGRAMME, BY_YEAR_GROUP, CHILDREN, REGISTERS
from evaluation.models import Release, ReleaseCell
from evaluation.queries.calendar import period_of
from evaluation.queries.national import added, programmes_of, tallies_by_programme
from evaluation.queries.release import reached_everywhere, schools_behind
from inharmony.access.scope import figures, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from schools.models import AcademicYear, School


class ReleaseRefusedError(Exception):
    """A release that cannot be cut; the text says why and what to do."""


@dataclass(frozen=True)
class _Cell:
    table: str
    row: str
    shown: Shown
    column: str = ""


def cut_release(*, academic_year: AcademicYear, term: str = "", by: User | None) -> Release:
    """
    Returns a new release of the year, or of a term of it, numbered after those before it.

    Runs in the `figures` database role, the only one that may read every child and write a release; the login must
    have been granted it (worker and loader are). Raises ReleaseRefusedError before the period has begun.
    """
    with scoped(figures()):
        period = period_of(academic_year.year, term)
        if period.starts_on > timezone.localdate():
            raise ReleaseRefusedError(
                f"{period.title} begins on {period.starts_on:%-d %B %Y}: there is nothing to release yet. "
                "Choose a period that has begun."
            )
        cells = [*_children(period), *_registers(period)]
        release = Release.objects.create(
            academic_year_id=academic_year.year,
            term=term,
            number=_next_number(academic_year, term),
            cut_by=by,
            is_demonstration=settings.DEMO or School.objects.filter(is_demonstration=True).exists(),
        )
        ReleaseCell.objects.bulk_create(
            ReleaseCell(
                release=release,
                table=cell.table,
                row=cell.row,
                column=cell.column,
                value=cell.shown.value,
                symbol=cell.shown.symbol,
            )
            for cell in cells
        )
        hidden = sum(1 for cell in cells if cell.shown.symbol)
        audit(act="release.cut", by=by, subject=release, details={"cells": len(cells), "hidden": hidden})
        publish()
    return release


def _next_number(academic_year: AcademicYear, term: str) -> int:
    with connection.cursor() as cursor:
        # two releases cut at once are numbered one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('evaluation_release'))")
    last = Release.objects.filter(academic_year_id=academic_year.year, term=term).aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


def _children(period: Period) -> Iterable[_Cell]:
    people = each_once(reached_everywhere(period))
    slugs = {programme.pk: programme.slug for programme in programmes_of(period)}
    hubs, total = protect(by_programme(people, schools_behind(period), slugs))
    groups, _ = protect(by_year_group(people))
    yield _Cell(CHILDREN, ALL, total)
    yield from (_Cell(BY_PROGRAMME, slug, shown) for slug, shown in hubs.items())
    yield from (_Cell(BY_YEAR_GROUP, group, shown) for group, shown in groups.items())


def _registers(period: Period) -> Iterable[_Cell]:
    """What the children's figures rest on, as it was at the cut. Counts of sessions hold no child and stay exact."""
    tallies = tallies_by_programme(period, timezone.localdate())
    slugs = {programme.pk: programme.slug for programme in programmes_of(period)}
    for slug, tally in [
        (ALL, added(tallies.values())),
        *((slug, tallies[pk]) for pk, slug in slugs.items() if pk in tallies),
    ]:
        yield _Cell(REGISTERS, slug, Shown(tally.held), "taken")
        yield _Cell(REGISTERS, slug, Shown(tally.due), "due")
