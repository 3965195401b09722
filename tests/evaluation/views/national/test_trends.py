"""The years side by side say what each release says."""

from evaluation.figures.catalogue import FIGURES
from evaluation.queries.release import published
from evaluation.queries.trends import latest_of_years, sources_of


def test_a_figure_through_the_years_is_that_of_the_release_itself(released):
    (release,) = latest_of_years()
    whole = published(release)
    for row in ("all", *whole.rows):
        (read,) = sources_of([release], row)
        for key, make in FIGURES.items():
            assert make(read, row).written == make(whole, row).written, (key, row)
