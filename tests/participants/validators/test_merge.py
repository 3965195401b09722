"""What becomes of dated rows of two records, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.validators.merge import FOREVER, better_mark, join, part

FIRST = date(2026, 1, 1)


def written(day):
    return None if day is None else f"{FIRST + timedelta(days=day)}"


def row(number, starts, ends):
    return {"id": number, "starts_on": written(starts), "ends_on": written(ends)}


@pytest.mark.parametrize(
    ("standing", "yielding", "shortened", "dissolved"),
    [
        ([row(1, 0, 9)], [row(2, 10, 20)], {}, {}),
        ([row(1, 5, None)], [row(2, 0, 7)], {2: written(4)}, {}),
        ([row(1, 5, None)], [row(2, 0, None)], {2: written(4)}, {}),
        ([row(1, 5, None)], [row(2, 5, None)], {}, {2: 1}),
        ([row(1, 0, None)], [row(2, 3, 4), row(3, 6, 8)], {}, {2: 1, 3: 1}),
        ([row(1, 5, 6), row(4, 9, None)], [row(2, 0, 20)], {2: written(4)}, {}),
        ([row(1, 5, 6)], [row(2, 6, 20)], {}, {2: 1}),
    ],
)
def test_rows_that_yield_end_before_the_others_or_go_into_them(standing, yielding, shortened, dissolved):
    parted = part(standing, yielding)
    assert (parted.shortened, parted.dissolved) == (shortened, dissolved)


def days(span):
    starts, ends = span
    return set(range(starts, (ends if ends is not None else 300) + 1))


@st.composite
def spans(draw):
    found, at = [], 0
    for _ in range(draw(st.integers(0, 4))):
        at += draw(st.integers(1, 20))
        ends = at + draw(st.integers(0, 30))
        found.append((at, ends))
        at = ends + 1
    if found and draw(st.booleans()):
        found[-1] = (found[-1][0], None)
    return found


def rows(found, first):
    return [row(first + at, *span) for at, span in enumerate(found)]


@given(spans(), spans())
def test_joined_rows_cover_the_days_of_both_and_no_other_and_do_not_meet(mine, theirs):
    kept, gone = rows(mine, 1), rows(theirs, 11)
    joined = join(kept, gone)
    left = {}
    for each in (*kept, *gone):
        if each["id"] not in joined.absorbed:
            starts, ends = joined.lasting.get(each["id"], (each["starts_on"], each["ends_on"]))
            left[each["id"]] = (
                (date.fromisoformat(starts) - FIRST).days,
                (date.fromisoformat(ends) - FIRST).days if ends else None,
            )
    covered = [days(span) for span in left.values()]
    assert set().union(*covered) == set().union(*map(days, (*mine, *theirs)))
    assert sum(map(len, covered)) == len(set().union(*covered))
    assert set(joined.absorbed.values()) <= set(left)


@given(spans(), spans())
def test_what_yields_meets_nothing_that_stands(mine, theirs):
    standing, yielding = rows(mine, 1), rows(theirs, 11)
    parted = part(standing, yielding)
    for each in yielding:
        if each["id"] not in parted.dissolved:
            ends = parted.shortened.get(each["id"], each["ends_on"] or FOREVER)
            assert each["starts_on"] <= ends
            assert not any(o["starts_on"] <= ends and each["starts_on"] <= (o["ends_on"] or FOREVER) for o in standing)


@pytest.mark.parametrize(
    ("one", "other", "stands"), [("p", "a", "p"), ("a", "l", "l"), ("r", "e", "e"), ("a", "r", "r")]
)
def test_the_mark_that_says_more(one, other, stands):
    assert better_mark(one, other) == better_mark(other, one) == stands
