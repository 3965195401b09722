"""The pages of a hub's figures, one a subject: who takes part, how much, over the years, with what, of what money."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.own import BESIDE_ROLL, OVER_YEARS, with_parts, years_of_table
from evaluation.figures.roll import ON_ROLL
from evaluation.forms.hub import ByForm, IndicatorForm
from evaluation.menu import tables
from evaluation.menu.tables import ALL, by
from evaluation.views.hub.frame import Asked, Body, Shown, asked, in_year, kept_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_children(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?by=`: who takes part, by one characteristic: how many, what share, how often they came and how much."""
    form = ByForm(request.GET)
    if not form.is_valid():
        raise Http404
    return kept_page(request, slug, lambda: _children(asked(request, slug), form), "by")


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_hours(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: hours offered and received, for each child in each week, in school time and outside it."""
    return kept_page(request, slug, lambda: _hours(asked(request, slug)))


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_trends(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?indicator=`: one number over all years of the hub, the year of today as far as it has come."""
    form = IndicatorForm(request.GET)
    if not form.is_valid():
        raise Http404
    return kept_page(request, slug, lambda: _trends(asked(request, slug), form), "indicator")


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_provision(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: ensembles, instruments, schools and tutors; sessions, and why some were cancelled."""
    return kept_page(request, slug, lambda: _provision(asked(request, slug)))


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_funding(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: income of the year by kind of source, and for each child. Money is of the whole year, never of a term."""
    return kept_page(request, slug, lambda: _funding(in_year(asked(request, slug))))


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_schools(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: the hub school by school and ensemble by ensemble, and the whole roll of its schools."""
    return kept_page(request, slug, lambda: _schools(asked(request, slug)))


def _children(found: Asked, form: ByForm) -> Body:
    dimension = form.cleaned_data["by"]
    shown = [found.shown(by(dimension))]
    if dimension in ON_ROLL:
        shown.append(found.shown(BESIDE_ROLL, with_chart=False))
    figures = _figures(found, "children_reached", "children_new", "children_returning", "children_leaving")
    return found.body(
        "hub-children",
        "children",
        "who takes part",
        is_drawn=True,
        form=form,
        shown=shown,
        figures=figures,
        enrolled=_enrolled(found),
    )


def _hours(found: Asked) -> Body:
    shown = [found.shown(key) for key in (tables.INTENSITY, tables.hours_by("year_group"))]
    figures = _figures(found, "hours_received", "hours_offered", "attendance", "hours_held")
    return _subject(found, "hub-hours", "Hours", shown, figures)


def _trends(found: Asked, form: IndicatorForm) -> Body:
    shown = found.shown(f"{OVER_YEARS}{form.cleaned_data['indicator']}")
    saved = found.saved(years_of_table(shown.table) or found.period.title)
    return found.body("hub-trends", "trends", "trends", is_drawn=True, form=form, shown=[shown], saved=saved)


def _provision(found: Asked) -> Body:
    keys = (tables.KINDS, by("instrument"), tables.PROVISION, tables.SESSIONS, tables.CANCELLED)
    shown = [found.shown(key, with_chart=key in (by("instrument"), tables.CANCELLED)) for key in keys]
    figures = _figures(found, "ensembles", "tutors", "schools", "sessions_held", "sessions_cancelled")
    return _subject(found, "hub-provision", "Provision", shown, figures)


def _funding(found: Asked) -> Body:
    kept = f"{reverse('programmes:income', args=[found.programme.slug])}?year={found.period.written_year}"
    return _subject(
        found,
        "hub-funding",
        "Funding",
        [found.shown(tables.INCOME)],
        _figures(found, "income", "income_per_child", "children_reached"),
        of_year=True,
        act_href=kept,
        act=f"Income of {found.period.written_year} as it was written down",
    )


def _schools(found: Asked) -> Body:
    keys = ("by_school", "attendance_by_ensemble", BESIDE_ROLL, tables.ROLL)
    shown = [found.shown(key, with_chart=False) for key in keys]
    return _subject(found, "hub-schools", "Schools", shown, _figures(found, "schools", "ensembles", "tutors"))


def _enrolled(found: Asked) -> int:
    """The children on the class lists of the period, whether or not they came."""
    return next(int(each.value or 0) for each in found.numbers.registers.figures if each.key == "children_enrolled")


def _figures(found: Asked, *keys: str) -> list[tuple[object, str]]:
    source = found.numbers.source
    return [found.opened(with_parts(source, FIGURES[key](source, ALL))) for key in keys]


def _subject(
    found: Asked, page: str, title: str, shown: list[Shown], figures: list[tuple[object, str]], **more: Any
) -> Body:
    return found.body(page, "subject", title, is_drawn=True, title=title, shown=shown, figures=figures, **more)
