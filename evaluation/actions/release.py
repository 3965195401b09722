"""Cutting a release: the one place that writes one. It is added to, never changed: a correction is the next number."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from evaluation.actions.drawing import draw_charts
from evaluation.disclosure.protection import Earlier, Protected, protected
from evaluation.disclosure.rules import Shown
from evaluation.disclosure.truth import Spot
from evaluation.figures.nation import Everybody
from evaluation.figures.period import Period
from evaluation.menu.tables import TABLES, Counts
from evaluation.models import Release, ReleaseCell
from evaluation.queries.calendar import period_of
from evaluation.queries.national import programmes_of
from evaluation.queries.operations import operations, weeks_of
from evaluation.queries.people import marked_everywhere
from inharmony.access.scope import figures, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from schools.models import AcademicYear, School


class ReleaseRefusedError(Exception):
    """A release that cannot be cut; the text says why and what to do."""


def cut_release(*, academic_year: AcademicYear, term: str = "", by: User | None, notes: str = "") -> Release:
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
        slugs = {programme.pk: programme.slug for programme in programmes_of(period)}
        number = _next_number(academic_year, term)
        children = _children(period, slugs)
        cells = _in_order({**children.shown, **_no_child(period, slugs)})
        release = Release.objects.create(
            academic_year_id=academic_year.year,
            term=term,
            number=number,
            cut_by=by,
            is_demonstration=settings.DEMO or School.objects.filter(is_demonstration=True).exists(),
            evidence=children.evidence,
            notes=notes,
        )
        ReleaseCell.objects.bulk_create(
            ReleaseCell(release=release, table=table, row=row, column=column, value=shown.value, symbol=shown.symbol)
            for (table, row, column), shown in cells.items()
        )
        draw_charts(release)
        hidden = sum(1 for shown in cells.values() if shown.symbol)
        audit(act="release.cut", by=by, subject=release, details={"cells": len(cells), "hidden": hidden})
        publish()
    return release


def _next_number(academic_year: AcademicYear, term: str) -> int:
    with connection.cursor() as cursor:
        # two releases cut at once are numbered one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('evaluation_release'))")
    last = Release.objects.filter(academic_year_id=academic_year.year, term=term).aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


def _children(period: Period, slugs: Mapping[int, str]) -> Protected:
    rows = [row for row in marked_everywhere(period) if row.programme_id in slugs]
    truth = Everybody(rows, slugs, weeks_of(period, slugs)).truth()
    return protected(truth, term=period.term, earlier=list(_earlier(period.year)))


def _earlier(year: int) -> Iterable[Earlier]:
    """What is out of the year already, of its terms and of the whole: a reader holds it beside the new numbers."""
    of_children = [key for key, spec in TABLES.items() if spec.counts is not Counts.NO_CHILD]
    for release in Release.objects.filter(academic_year=year).order_by("pk"):
        cells = release.cells.filter(table__in=of_children)
        shown = {
            (table, row, column): Shown(value, symbol)
            for table, row, column, value, symbol in cells.values_list("table", "row", "column", "value", "symbol")
        }
        yield Earlier(release.term, release.number, shown)


def _no_child(period: Period, slugs: Mapping[int, str]) -> dict[Spot, Shown]:
    """Counts without a child in them stay exact."""
    found = operations(period, slugs, timezone.localdate())
    return {
        (table, row, column): Shown(said.value, said.symbol)
        for table, cells in found.items()
        for (row, column), said in cells.items()
    }


def _in_order(cells: Mapping[Spot, Shown]) -> dict[Spot, Shown]:
    """In the menu's order, table by table."""
    place = {key: number for number, key in enumerate(TABLES)}
    return dict(sorted(cells.items(), key=lambda item: place[item[0][0]]))
