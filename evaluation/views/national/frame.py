"""What every national page stands in: the period of its address, the release it shows, the other pages beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from evaluation.charts.svg import is_wide
from evaluation.exports.table import KINDS
from evaluation.figures.cells import Source
from evaluation.figures.compared import any_table, shown
from evaluation.figures.figure import Figure
from evaluation.figures.period import Period
from evaluation.figures.table import Table
from evaluation.forms.period import PeriodForm
from evaluation.models import Release, ReleaseChart
from evaluation.queries.pictures import charts_of
from evaluation.queries.release import WHOLE_YEAR, latest_release, newest_release, period_of_release
from evaluation.queries.release import kept as kept_release
from inharmony.access.gates import AuthenticatedRequest
from inharmony.pages.dates import day
from inharmony.pages.public import kept
from programmes.models import Programme

PAGES = (
    ("evaluation:national", "Overview"),
    ("evaluation:national-programmes", "Programmes"),
    ("evaluation:national-children", "Who takes part"),
    ("evaluation:national-hours", "Hours"),
    ("evaluation:national-sessions", "Sessions and ensembles"),
    ("evaluation:national-impact", "What changed"),
    ("evaluation:national-funding", "Funding"),
    ("evaluation:national-trends", "Through the years"),
    ("evaluation:national-map", "Map"),
    ("evaluation:national-completeness", "Completeness"),
)
# pages that are reached from one of those
PART_OF = {"evaluation:national-programme": "evaluation:national-programmes"}
# what the address of a national page may ask for
ASKED = ("year", "term", "by", "programme", "indicator")
PICTURES = {"svg": "SVG", "png": "PNG"}


@dataclass(frozen=True)
class Frame:
    """
    The period an address asks for, and the release shown: of it, or, while there is none, of the latest year before.

    `names` are those of all programmes by slug; `query` is what goes on to the next national page.
    """

    form: PeriodForm
    period: Period
    names: Mapping[str, str]
    release: Release | None
    source: Source | None
    query: str

    @property
    def title(self) -> str:
        """The period that the numbers of the page are of."""
        return self.source.period.title if self.source else self.period.title

    @property
    def is_of_another_period(self) -> bool:
        """Whether the release shown is of an earlier year than the address asks for."""
        return self.source is not None and self.source.period.year != self.period.year

    @property
    def missing(self) -> str:
        """What is missing where the period has no release, and when it comes."""
        return (
            f"No release of {self.period.title} has been cut yet. The portal cuts one by itself once the period is "
            "over, whether or not every register was taken; its operator may cut one before."
        )

    @property
    def empty(self) -> tuple[str, str]:
        """What a page says that has no number: first, and why."""
        if self.source is None:
            return "No release has been cut yet", self.missing
        return "Left out of this release", (
            f"{self.source.title} has none of these numbers. Either they count nobody, or they were left out: laid "
            "beside an earlier release they would give away a number of a few children."
        )

    @property
    def released_on(self) -> str:
        """When the release was cut, and what is done to its numbers."""
        if self.source is None:
            return ""
        cut_on = day(timezone.localdate(self.source.as_at))
        hidden = "Small counts of children are hidden, other counts of children rounded to the nearest 5."
        return f"Cut on {cut_on}. {hidden}"

    @property
    def before(self) -> Source | None:
        """The release of the same period of the year before; two statements, fewer once it is kept."""
        if self.source is None:
            return None
        period = self.source.period
        found = latest_release(Period(period.year - 1, period.starts_on, period.ends_on, period.term))
        return kept_release(found, self.names) if found and found.academic_year_id == period.year - 1 else None

    def address(self, name: str, *args: str, **also: str) -> str:
        """Returns the address of another national page, in the same period."""
        query = "&".join(filter(None, (self.query, urlencode(also))))
        return reverse(name, args=args) + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Link:
    """A link of a page: its words, where it leads, whether one is there already."""

    words: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Part:
    """A table of a release, its picture, and the files of both."""

    table: Table
    chart: ReleaseChart | None
    tables: tuple[Link, ...]
    pictures: tuple[Link, ...]

    @property
    def drawing(self) -> SafeString:
        """The picture as it stands in the page."""
        return drawing(self.chart)

    @property
    def label(self) -> str:
        """What the picture shows, for who does not see it."""
        return f"{self.chart.title}. {self.chart.words}" if self.chart else ""

    @property
    def is_wide(self) -> bool:
        """Whether the picture needs the whole width of the page."""
        return self.chart is not None and is_wide(self.chart.svg)


def drawing(chart: ReleaseChart | None) -> SafeString:
    """Returns a picture as it stands in a page: it was drawn in this portal, where its words were escaped."""
    return mark_safe(chart.svg) if chart else SafeString()  # noqa: S308 - drawn when the release was cut


def frame_of(request: AuthenticatedRequest) -> Frame:
    """Returns the frame of an address; raises Http404 for a year or term that is none. Four statements, or five."""
    is_bare = not {"year", "term"} & request.GET.keys()
    newest = newest_release() if is_bare else None
    form = PeriodForm(request.GET, usual=period_of_release(newest) if newest else None)
    if not form.is_valid():
        raise Http404
    period = form.period()
    release = newest or latest_release(period)
    names = dict(Programme.objects.values_list("slug", "short_name"))
    source = kept_release(release, names) if release else None
    return Frame(form, period, names, release, source, query_of(request, period))


def query_of(request: AuthenticatedRequest, period: Period) -> str:
    """Returns what goes on to the next national page: the period where the address names one, and nothing else."""
    if not {"year", "term"} & request.GET.keys():
        return ""
    return urlencode({"year": period.written_year, **({"term": period.term} if period.term else {})})


def parts_of(frame: Frame, keys: Iterable[str]) -> list[Part]:
    """Returns tables of the release with their pictures; one statement."""
    if frame.source is None or frame.release is None:
        return []
    keys = list(keys)
    pictures = charts_of(frame.release, keys)
    made = [(key, any_table(frame.source, key)) for key in keys]
    return [part_of(frame.release, key, shown(found), pictures.get(key)) for key, found in made if found and found.rows]


def part_of(release: Release, key: str, found: Table, chart: ReleaseChart | None) -> Part:
    """Returns a table with its picture, and where the files of both are."""
    return Part(
        found,
        chart,
        tuple(Link(words, file_address("table", release, key, kind)) for kind, words in KINDS.items()),
        tuple(Link(words, file_address("chart", release, key, kind)) for kind, words in PICTURES.items())
        if chart
        else (),
    )


def file_address(what: str, release: Release, key: str, kind: str) -> str:
    """Returns where a file of a release is for good: of a table or of a chart."""
    at = [str(release.academic_year), release.term or WHOLE_YEAR, str(release.number), key, kind]
    return reverse(f"evaluation:national-{what}", args=at)


def figure_link(frame: Frame, figure: Figure, **also: str) -> str:
    """Returns where a figure is opened."""
    return frame.address("evaluation:national-figure", figure.key, **also)


@dataclass(frozen=True)
class Body:
    """A national page of a period without its masthead: it is the same for everybody who may read it."""

    period: Period
    title: str
    html: str


def body_of(frame: Frame, template: str, title: str, at: str, **context: Any) -> Body:
    """Returns the body of a page in its frame; `at` is the page's own name."""
    links = [Link(words, frame.address(name), name == PART_OF.get(at, at)) for name, words in PAGES]
    # what is evaluated is told on pages of its own, of no period
    links.append(Link("Outcomes", reverse("outcomes:framework")))
    shared = {"frame": frame, "filters": frame.form, "links": links, "title": title}
    html = render_to_string(f"evaluation/national/{template}.html", {**shared, **context})
    return Body(frame.period, f"{title}, {frame.title}" if frame.title not in title else title, html)


def released_page(request: AuthenticatedRequest, make: Callable[[], Body]) -> HttpResponse:
    """
    Returns a page that shows nothing but releases and the record: its body from the cache of public pages, or made.

    They change with the same acts. What else stands in an address is not asked for and makes no other page.
    """
    return in_the_masthead(request, released_body(request, make))


def released_body(request: AuthenticatedRequest, make: Callable[[], Body]) -> Body:
    """Returns the body of such a page, made or kept."""
    asked = urlencode([(name, request.GET[name]) for name in ASKED if name in request.GET])
    body: Body = kept(f"{request.path}?{asked}", make)
    return body


def in_the_masthead(request: AuthenticatedRequest, body: Body, **context: Any) -> HttpResponse:
    """Returns a body as a whole page."""
    # what is the same for everybody was rendered, and escaped, in body_of
    made = {"title": body.title, "body": mark_safe(body.html)}  # noqa: S308 - rendered by a template
    return render(request, "evaluation/national/page.html", {**made, **context})
