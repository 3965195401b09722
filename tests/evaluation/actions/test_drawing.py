"""Charts are drawn when a release is cut: from its protected numbers, and never again."""

from xml.etree import ElementTree as ET

import pytest

from evaluation.actions.release import cut_release
from evaluation.charts.menu import charts
from evaluation.models import ReleaseChart
from evaluation.queries.release import published
from programmes.models import PublishedFigure
from tests.databases import connected_as
from tests.factories import evaluation
from tests.factories.schools import this_year


@pytest.fixture
def cut(committed_cast, fresh_database):
    """Cuts a release, as a worker does, of three hubs of known sizes."""
    evaluation.country(committed_cast)

    def cut(term=""):
        with connected_as("worker", fresh_database):
            return cut_release(academic_year=this_year(), term=term, by=None)

    return cut


def texts(svg):
    return {"".join(node.itertext()) for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")}


def test_each_table_and_figure_is_drawn_as_svg_and_png(cut):
    release = cut()
    kept = {one.key: one for one in ReleaseChart.objects.filter(release=release)}
    assert set(kept) == {chart.key for chart in charts(published(release))}
    one = kept["children_by_programme"]
    assert {"Lambeth", "Leeds", "Liverpool", "55", "40"} <= texts(one.svg)
    assert (one.title, one.words) == ("Children taking part, by programme", "Between 40 and 55.")
    assert bytes(one.png).startswith(b"\x89PNG")


def test_the_release_of_a_term_has_no_course_through_the_years(cut):
    release = cut("autumn")
    assert not ReleaseChart.objects.filter(release=release, key__startswith="trend_").exists()
    assert ReleaseChart.objects.filter(release=release, key="dots_attendance").exists()


def test_what_others_printed_stands_in_the_course_as_a_ring_without_a_line(cut):
    PublishedFigure.objects.create(
        measure="children", label="weekly", value=2500, unit="children", when="2016", as_at="2016-03-01", source="A"
    )
    one = ReleaseChart.objects.get(release=cut(), key="trend_children_reached")
    assert one.words == "120 in 2026-27. Rings: printed by others, counted in other ways."
    marks = [
        mark.get("fill")
        for group in ET.fromstring(one.svg).iter("{http://www.w3.org/2000/svg}g")
        if group.get("class", "").startswith("mark-symbol")
        for mark in group
    ]
    # of two marks, the one of the release is filled
    assert marks == ["#181c36", None]
