"""A figure through the years since 2009: releases, and what others printed, marked as theirs."""

from django.http import HttpResponse
from django.urls import reverse

from evaluation.charts.trend import TREND
from evaluation.figures import definitions
from evaluation.figures.compared import cell_of
from evaluation.figures.table import Row, Table
from evaluation.forms.national import TrendForm
from evaluation.menu.tables import ALL
from evaluation.queries.pictures import newest_trend
from evaluation.queries.trends import latest_of_years, points, printed_of, sources_of
from evaluation.views.national.frame import (
    PICTURES,
    Body,
    Link,
    body_of,
    drawing,
    file_address,
    frame_of,
    released_page,
)
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def trends(request: AuthenticatedRequest) -> HttpResponse:
    """GET `?indicator=&programme=`: whole years, each from its latest release, and what others printed of them."""
    return released_page(request, lambda: _body(request))


def _body(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    asked = TrendForm.of(request, frame.names)
    key, slug = asked.cleaned_data["indicator"], asked.cleaned_data["programme"]
    of = definitions.ALL[key]
    sources = sources_of(latest_of_years(), slug or ALL)
    found = points(key, sources, slug or ALL)
    releases = {source.period.year: source for source in sources}
    chart = None if slug else newest_trend(TREND + key)
    table = Table(
        f"trend_{key}",
        f"{of.name}, {frame.names[slug] if slug else 'all programmes'}",
        "Year",
        (of.name,),
        tuple(
            Row(
                str(point.year),
                f"{releases[point.year].period.title}: {releases[point.year].title}",
                (cell_of(point.figure),),
                reverse("evaluation:national-figure", args=[key])
                + f"?year={releases[point.year].period.title}"
                + (f"&programme={slug}" if slug else ""),
            )
            for point in found
            if point.figure
        ),
        note="Whole years, each from its latest release.",
        empty="No release of a whole year says anything of it yet.",
    )
    context = {
        "asked": asked,
        "of": of,
        "table": table,
        "chart": chart,
        "drawing": drawing(chart),
        "pictures": [
            Link(words, file_address("chart", chart.release, TREND + key, kind)) for kind, words in PICTURES.items()
        ]
        if chart
        else [],
        "printed": printed_of(key, slug),
    }
    return body_of(frame, "trends", f"Through the years: {of.name.lower()}", "evaluation:national-trends", **context)
