"""The years side by side say what each release says."""

from decimal import Decimal

import time_machine

from evaluation.figures.catalogue import FIGURES
from evaluation.queries.release import published
from evaluation.queries.trends import latest_of_years, points, sources_of
from inharmony.access.scope import scoped
from programmes.models import Income
from tests.factories import evaluation
from tests.factories.schools import this_year


def test_a_figure_through_the_years_is_that_of_the_release_itself(released):
    (release,) = latest_of_years()
    whole = published(release)
    for row in ("all", *whole.rows):
        (read,) = sources_of([release], row)
        for key, make in FIGURES.items():
            assert make(read, row).written == make(whole, row).written, (key, row)


def test_years_and_terms_without_income_have_no_point_of_it(committed_cast, cut):
    evaluation.country(committed_cast)
    sources = sources_of([cut(), cut("autumn")])
    assert points("income_per_child", sources) == points("income", sources) == []
    assert len(points("children_reached", sources)) == 2


def test_where_a_programme_wrote_no_income_down_the_years_say_what_the_release_says(committed_cast, cut, open_as):
    evaluation.country(committed_cast)
    with scoped(committed_cast.both):
        Income.objects.create(
            programme=committed_cast.leeds,
            academic_year=this_year(),
            source=Income.Source.SCHOOLS,
            amount=Decimal(4000),
        )
    # at a moment of its own: what is kept of a release is kept under the moment it was cut
    with time_machine.travel("2026-11-17 11:20:00+00:00", tick=False):
        release = cut()
    # the 40 of Leeds, not the 120 of all
    (point,) = points("income_per_child", sources_of([release]))
    assert point.figure.written == FIGURES["income_per_child"](published(release), "all").written == "£100"
    nia = committed_cast.nia
    assert evaluation.values_on(open_as(nia, "/national/"))["Income for each child"] == "£100"
    assert "£100" in open_as(nia, "/national/figures/income_per_child/").content.decode()
    table = evaluation.rows_on(open_as(nia, "/national/trends/?indicator=income_per_child"), "Income for each child")
    assert list(table.values()) == [("£100",)]


def test_every_figure_is_followed_through_the_years_and_that_of_the_country_without_a_programme(released, open_as):
    for key in FIGURES:
        assert (
            f'"/national/trends/?indicator={key}"'
            in open_as(released.nia, f"/national/figures/{key}/").content.decode()
        )
        assert open_as(released.nia, "/national/trends/", indicator=key).status_code == 200, key
    page = open_as(released.nia, "/national/trends/", indicator="children_twice", programme="leeds").content.decode()
    assert "Children in two programmes, all programmes" in page
    assert '<option value="leeds" selected>' not in page
    assert (
        '<option value="leeds" selected>'
        in open_as(released.nia, "/national/trends/", indicator="attendance", programme="leeds").content.decode()
    )
