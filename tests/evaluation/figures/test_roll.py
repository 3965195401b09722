"""The share of children with what their schools publish too: of those of whom it is known, and never of what is hidden."""

from datetime import UTC, datetime

import pytest

from evaluation.figures.cells import Said, Source
from evaluation.figures.period import whole_year
from evaluation.figures.roll import having, known_of, share_of_known

HIDDEN = Said(None, "c")


def source(*, is_exact=False, **told):
    """A source of 100 children, told apart by pupil premium."""
    cells = {
        "children": {("all", ""): Said(100)},
        "children_by_programme": {("leeds", ""): Said(100)},
        "children_by_pupil_premium": {(category, ""): said for category, said in told.items()},
        "programmes_by_pupil_premium": {("leeds", category): said for category, said in told.items()},
    }
    return Source(whole_year(2025), "R", datetime(2026, 9, 1, tzinfo=UTC), is_exact, cells, {"leeds": "Leeds"})


@pytest.mark.parametrize("row", ["all", "leeds"])
@pytest.mark.parametrize(
    ("told", "share"),
    [
        # 30 of the 60 of whom it is known, not of all 100
        ({"yes": Said(30), "no": Said(30), "none": Said(40)}, "50 %"),
        ({"yes": Said(30), "no": Said(70)}, "30 %"),
        ({"no": Said(60), "none": Said(40)}, "0 %"),
        ({"yes": Said(30), "no": Said(70), "none": HIDDEN}, "c"),
        ({"yes": HIDDEN, "no": Said(60), "none": Said(40)}, "c"),
        # those without it would be told by what is left
        ({"yes": Said(55), "no": HIDDEN, "none": Said(40)}, "c"),
        # on a base of 25 no share is formed
        ({"yes": Said(10), "no": Said(15), "none": Said(75)}, "x"),
        # rounded on their own, 45 of 40
        ({"yes": Said(45), "none": Said(60)}, "100 %"),
    ],
)
def test_a_share_of_a_release_is_of_those_of_whom_it_is_known(told, share, row):
    assert share_of_known(source(**told), "pupil_premium", row).written == share


def test_a_hub_has_the_same_share_exact():
    hub = source(is_exact=True, yes=Said(7), no=Said(14), none=Said(79))
    assert share_of_known(hub, "pupil_premium").written == "33 %"
    assert (having(hub, "pupil_premium").value, known_of(hub, "pupil_premium").value) == (7, 21)


def test_what_a_release_leaves_out_has_no_share():
    of = source()
    for row in ("all", "leeds", "bradford"):
        cell = share_of_known(of, "pupil_premium", row)
        assert (cell.value, cell.symbol) == (None, ""), row
