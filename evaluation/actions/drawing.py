"""The charts of a release: drawn once, when it is cut, from its own protected numbers."""

from collections.abc import Iterable

from evaluation.charts.chart import Chart
from evaluation.charts.menu import charts
from evaluation.charts.svg import NARROW, WIDE, drawn, pixels
from evaluation.charts.trend import trend
from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES
from evaluation.models import Release, ReleaseChart
from evaluation.queries.release import published
from evaluation.queries.trends import latest_of_years, points, printed_by_figure, sources_of


def draw_charts(release: Release) -> list[ReleaseChart]:
    """
    Keeps and returns the charts of a release that has just been cut, each as SVG and as PNG.

    That of a whole year has, beside its own, the course of each figure through the years that are out by now.
    """
    source = published(release)
    made = [*charts(source), *(() if release.term else trends())]
    return ReleaseChart.objects.bulk_create(_drawn(release, chart) for chart in made)


def trends() -> Iterable[Chart]:
    """Returns a chart of each figure of the country through the years, from the latest release of each."""
    sources, printed = sources_of(latest_of_years()), printed_by_figure()
    for key in FIGURES:
        others = [one.point for one in printed.get(key, ())]
        found = points(key, sources)
        # one year is no course of things
        if len(found) + len(others) > 1:
            yield trend(definitions.ALL[key], found, others)


def _drawn(release: Release, chart: Chart) -> ReleaseChart:
    svg = drawn(chart, width=WIDE if chart.is_wide else NARROW)
    return ReleaseChart(release=release, key=chart.key, title=chart.title, words=chart.words, svg=svg, png=pixels(svg))
