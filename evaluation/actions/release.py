"""Cutting a release: the one place that writes one. It is added to, never changed: a correction is the next number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from evaluation.actions.drawing import draw_charts
from evaluation.disclosure.protection import Earlier, protected
from evaluation.disclosure.rules import Shown
from evaluation.disclosure.truth import Mean, Spot, Truth
from evaluation.figures.answers import answers
from evaluation.figures.figure import Number
from evaluation.figures.nation import Everybody
from evaluation.figures.period import Period
from evaluation.menu.tables import TABLES, Counts
from evaluation.models import Release, ReleaseCell
from evaluation.queries.calendar import period_of
from evaluation.queries.kept import steadily
from evaluation.queries.national import programmes_of
from evaluation.queries.operations import operations, weeks_of
from evaluation.queries.people import marked_everywhere
from inharmony.access.scope import figures, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from outcomes.measures.shipped import NEWEST
from outcomes.queries.sheets import answers_of, asked_of_results
from schools.models import AcademicYear, School


class ReleaseRefusedError(Exception):
    """A release that cannot be cut; the text says why and what to do."""


class ReleasedAlreadyError(ReleaseRefusedError):
    """A release of the period is there already, and only the first was wanted."""


class NothingNewError(ReleaseRefusedError):
    """The release would say exactly what the last one of the period says."""


def cut_release(
    *,
    academic_year: AcademicYear,
    term: str = "",
    by: User | None,
    notes: str = "",
    only_first: bool = False,
    only_new: bool = False,
) -> Release:
    """
    Returns a new release of the year, or of a term of it, numbered after those before it.

    Runs in the `figures` database role, the only one that may read every child and write a release; the login must
    have been granted it (worker and loader are). Raises ReleaseRefusedError before the period has begun; with
    `only_first` where a release of the period is out, with `only_new` where the last one says just the same.
    """
    with scoped(figures()):
        _one_after_another()
        if only_first and Release.objects.filter(academic_year_id=academic_year.year, term=term).exists():
            raise ReleasedAlreadyError("A release of this period is out already.")
        period = period_of(academic_year.year, term)
        if period.starts_on > timezone.localdate():
            raise ReleaseRefusedError(
                f"{period.title} begins on {period.starts_on:%-d %B %Y}: there is nothing to release yet. "
                "Choose a period that has begun."
            )
        slugs = {programme.pk: programme.slug for programme in programmes_of(period)}
        number = _next_number(academic_year, term)
        # all of it before the gate, which takes its time: children and sessions are of one moment
        (truth, no_child), _ = steadily(lambda: (_truth(period, slugs), _no_child(period, slugs)))
        children = protected(truth, term=period.term, earlier=list(_earlier(period.year)))
        cells = _in_order({**children.shown, **no_child})
        if only_new:
            _require_new(academic_year, term, cells)
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


def _one_after_another() -> None:
    """Of two that are cut at once, the second begins to count when the first is out: it is checked against it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('evaluation_release'))")


def _require_new(academic_year: AcademicYear, term: str, cells: Mapping[Spot, Shown]) -> None:
    last = Release.objects.filter(academic_year_id=academic_year.year, term=term).order_by("-number").first()
    if last is None:
        return
    said = {
        (table, row, column): (value, symbol)
        for table, row, column, value, symbol in last.cells.values_list("table", "row", "column", "value", "symbol")
    }
    if said == {spot: (_as_kept(shown.value), shown.symbol) for spot, shown in cells.items()}:
        raise NothingNewError(
            f"Nothing was cut: it would say exactly what {last} says. Give notes (--notes) to cut the next number all"
            " the same."
        )


def _as_kept(value: Number | None) -> Decimal | None:
    return None if value is None else round(Decimal(str(value)), 1)


def _next_number(academic_year: AcademicYear, term: str) -> int:
    last = Release.objects.filter(academic_year_id=academic_year.year, term=term).aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


def _truth(period: Period, slugs: Mapping[int, str]) -> Truth:
    rows = [row for row in marked_everywhere(period) if row.programme_id in slugs]
    truth = Everybody(rows, slugs, weeks_of(period, slugs)).truth()
    return replace(truth, answers=dict(_answers(period, slugs)))


def _answers(period: Period, slugs: Mapping[int, str]) -> Iterator[tuple[Spot, Mean]]:
    """What was answered in the year: of a term nothing, since two times of asking lie further apart."""
    if period.term:
        return
    for measure in NEWEST.values():
        # a change is told within a version; of the country, the newest that was asked
        asked = {
            pk: one
            for pk, one in asked_of_results(period.year, measure.key).items()
            if pk in slugs and one.measure.version == measure.version
        }
        if asked:
            yield from answers(measure, answers_of(asked.values()), slugs)


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
