"""What every page of a hub's figures has: whose they are, of which period, and the way to the others."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from evaluation.access import hub_for, hubs_of
from evaluation.charts.bar import bars
from evaluation.charts.chart import Chart
from evaluation.charts.over_years import line_over_years
from evaluation.exports.hub import NOT_FOR_PUBLICATION
from evaluation.figures.figure import Figure
from evaluation.figures.own import OVER_YEARS
from evaluation.figures.period import Period, whole_year
from evaluation.figures.table import Table
from evaluation.forms.period import PeriodForm
from evaluation.queries.calendar import taught_terms
from evaluation.queries.hub import HubNumbers
from evaluation.queries.sign_off import Signed, last_signed, signed_in
from evaluation.views.kept import NOW, as_at_now, kept_part
from inharmony.access.gates import AuthenticatedRequest
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Programme
from schools.models import AcademicYear

# the pages of a hub's figures: their names in addresses, and their words
PAGES = (
    ("hub", "Overview"),
    ("hub-children", "Who takes part"),
    ("hub-hours", "Hours"),
    ("hub-trends", "Trends"),
    ("hub-provision", "Provision"),
    ("hub-progression", "Progression"),
    ("hub-impact", "What changed"),
    ("hub-funding", "Funding"),
    ("hub-schools", "Schools"),
    ("hub-sign-off", "Sign-off"),
    ("hub-return", "Return"),
)
# what every address may ask
ASKED = ("year", "term")


@dataclass(frozen=True)
class Body:
    """A page without its masthead: what a browser calls it, and whether it has a chart to draw."""

    title: str
    html: str
    is_drawn: bool


@dataclass(frozen=True)
class Shown:
    """A table as a page shows it: with its files, by kind, and its chart where one is drawn."""

    table: Table
    files: dict[str, str]
    chart: Chart | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether it has so few numbers that they would stand far from their words on a wide page."""
        return len(self.table.columns) < 3


@dataclass(frozen=True)
class Asked:
    """The hub and the period that an address asks for, and who asks."""

    user: User
    programme: Programme
    hubs: list[Programme]
    form: PeriodForm
    period: Period
    # the terms of the academic year of today, in order, each with the day until which it is taught
    terms: tuple[tuple[Period, date], ...]

    @cached_property
    def numbers(self) -> HubNumbers:
        """The hub's own numbers of the period."""
        return HubNumbers(self.programme, self.period, self.user)

    @cached_property
    def signed_this_year(self) -> frozenset[str]:
        """The terms of the academic year of today that are signed."""
        return signed_in(self.programme, self.terms[0][0].year)

    def last_signed(self) -> Signed | None:
        """Returns what was signed of the period under its last number. Of a whole year nothing is signed."""
        is_of_today = self.period.year == self.terms[0][0].year
        if not self.period.term or (is_of_today and self.period.term not in self.signed_this_year):
            return None
        return last_signed(self.programme, self.period, self.user)

    def href(self, page: str, *args: str) -> str:
        """Returns the address of a page of this hub and period."""
        query = f"year={self.period.written_year}&term={self.period.term}"
        return f"{reverse(f'evaluation:{page}', args=[self.programme.slug, *args])}?{query}"

    def file(self, key: str) -> dict[str, str]:
        """Returns the addresses of a table as files, by kind; empty for who may take no list out."""
        if not self.user.reach.may(Permission.EXPORT_LISTS, programme_id=self.programme.pk):
            return {}
        return {kind: self.href("hub-table", key, kind) for kind in ("csv", "ods")}

    def shown(self, key: str, *, with_chart: bool = True) -> Shown:
        """Returns a table by its key, with a bar for each row unless told or where there is nothing to draw."""
        table, chart = self.numbers.table(key), None
        if with_chart and table.rows:
            chart = line_over_years(table) if key.startswith(OVER_YEARS) else bars(table)
        return Shown(table, self.file(key), chart)

    def saved(self, when: str) -> str:
        """Returns what a picture says that is taken from a page: whose it is, of when."""
        return f"{NOT_FOR_PUBLICATION}. {self.programme.short_name}, {when}, as at {NOW}"

    def opened(self, figure: Figure) -> tuple[Figure, str]:
        """Returns a figure and the address at which it opens."""
        return figure, self.href("hub-figure", figure.key)

    def body(
        self,
        page: str,
        template: str,
        name: str,
        *,
        is_drawn: bool = False,
        request: AuthenticatedRequest | None = None,
        **more: Any,
    ) -> Body:
        """Returns a page in its frame: its name, and what it shows itself; with the request where it has a form."""
        context = {
            "programme": self.programme,
            "hubs": self.hubs,
            "filters": self.form,
            "period": self.period,
            "asat": f"Exact figures of your own hub, as at {NOW}.",
            "completeness": self.numbers.source.completeness(),
            "saved": self.saved(self.period.title),
            "sign_off_href": self.href("hub-sign-off"),
            # what is evaluated is told on pages of its own
            "tabs": [
                *((words, self.href(tab), tab == page) for tab, words in PAGES),
                ("Outcomes", reverse("outcomes:framework"), False),
            ],
            **more,
        }
        html = render_to_string(f"evaluation/hub/{template}.html", context, request)
        return Body(f"{self.programme.short_name}, {self.period.title}: {name}", html, is_drawn)


def asked(request: AuthenticatedRequest, slug: str = "") -> Asked:
    """
    Returns what the address asks for: of no hub named the person's first, of no period named the term of today.

    Raises Http404, or PermissionDenied for a hub of which the person may not see the figures.
    """
    hubs = hubs_of(request.user)
    programme = hub_for(request.user, slug, hubs=hubs)
    today = timezone.localdate()
    terms = tuple(taught_terms(AcademicYear.year_of(today), programme).values())
    usual = next(each for each, _ in terms if each.starts_on <= today <= each.ends_on)
    form = PeriodForm(request.GET, usual=usual)
    if not form.is_valid():
        raise Http404
    named = (form.data["year"], form.data["term"])
    known = next((each for each, _ in terms if (each.written_year, each.term) == named), None)
    return Asked(request.user, programme, hubs, form, known or form.period(programme), terms)


def in_year(found: Asked) -> Asked:
    """Returns the same for the whole year: money is of no term."""
    return replace(found, period=whole_year(found.period.year))


def kept_page(request: AuthenticatedRequest, slug: str, make: Callable[[], Body], *more: str) -> HttpResponse:
    """
    Returns a page of a hub's figures, its body as it was last made for the person while no row of the hub changed.

    `more` is what its address may ask besides the period, each looked at before. Raises what `asked` raises: whose page
    it is, is asked each time.
    """
    user = request.user
    hubs = hubs_of(user)
    programme = hub_for(user, slug, hubs=hubs)
    address = [(name, request.GET[name]) for name in (*ASKED, *more) if name in request.GET]
    shown = [(hub.slug, hub.short_name, hub.colour) for hub in hubs]
    name = repr((request.path, address, shown, user.pk, user.reach.held))
    return in_the_masthead(request, kept_part(name, make, programme=programme))


def in_the_masthead(request: AuthenticatedRequest, body: Body, *, status: int = 200) -> HttpResponse:
    """Returns a body as a whole page, as at now."""
    made = {"title": body.title, "body": as_at_now(body.html), "is_drawn": body.is_drawn}
    return render(request, "evaluation/hub/page.html", made, status=status)
