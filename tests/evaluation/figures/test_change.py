"""A number beside that of the year before, and how a total comes about."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Said, Source
from evaluation.figures.change import changed, sum_explained
from evaluation.figures.period import whole_year

HIDDEN = Said(None, "c")


def source(year=2025, **cells):
    return Source(whole_year(year), "R", datetime(2026, 9, 1, tzinfo=UTC), False, cells, {"leeds": "Leeds"})


def of(said, key="children", column=""):
    return {key: {("all", column): said}}


@pytest.mark.parametrize(
    ("figure", "table", "column", "now", "was", "words"),
    [
        ("children_reached", "children", "", Said(1485), Said(1220), "265 more than in 2024-25."),
        ("children_reached", "children", "", Said(40), Said(45), "5 fewer than in 2024-25."),
        ("children_reached", "children", "", Said(45), Said(45), "As in 2024-25."),
        ("attendance", "attendance", "", Said(91), Said(90), "1 point more than in 2024-25."),
        ("attendance", "attendance", "", Said(88), Said(90), "2 points less than in 2024-25."),
        ("income", "income", "all", Said(1200), Said(200), "£1,000 more than in 2024-25."),
        ("income", "income", "all", Said(200), Said(1200), "£1,000 less than in 2024-25."),
        (
            "hours_received", "intensity", "received",
            Said(Decimal("1.2")), Said(Decimal("1.5")), "0.3 less than in 2024-25.",
        ),
        (
            "hours_received", "intensity", "received",
            Said(Decimal("1.5")), Said(Decimal("1.2")), "0.3 more than in 2024-25.",
        ),
        (
            "children_reached", "children", "", HIDDEN, Said(45),
            "Not comparable with 2024-25: a number is not shown.",
        ),
        ("attendance", "attendance", "", Said(), Said(90), ""),
    ],
)  # fmt: skip
def test_the_change_to_the_year_before_is_said_in_the_figures_unit(figure, table, column, now, was, words):
    before = source(2024, **of(was, table, column))
    make = FIGURES[figure]
    assert changed(make(source(**of(now, table, column)), "all"), make(before, "all"), before) == words


def children(total, twice, **own):
    return source(
        children={("all", ""): total, ("twice", ""): twice},
        children_by_programme={(slug, ""): said for slug, said in own.items()},
    )


def test_the_sum_of_programmes_is_explained_by_what_is_shown():
    exact = children(Said(120), Said(15), leeds=Said(80), lambeth=Said(55))
    assert sum_explained(exact) == "The programmes add up to 135, less 15 in two programmes: 120."
    rounded = children(Said(120), Said(10), leeds=Said(80), lambeth=Said(55))
    assert sum_explained(rounded).endswith("less 10 in two programmes: 120, each rounded on its own.")
    hidden = children(Said(120), HIDDEN, leeds=Said(80), lambeth=HIDDEN)
    assert sum_explained(hidden) == ("The programmes add up to 80 and 1 that is hidden; each child counted once, 120.")
    assert sum_explained(children(HIDDEN, HIDDEN, leeds=Said(80))) == ""
