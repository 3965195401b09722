"""Least squares with an interval by groups: certified coefficients, published formulas, the definition written out."""

from math import isclose, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import sqrtm

from outcomes.analysis.clusters import NoLineError, coefficient
from tests.open_data import LONGLEY, LONGLEY_CERTIFIED, NORRIS, NORRIS_CERTIFIED, SLEEP, house_prices


def close(found, wanted, digits=1e-9):
    assert isclose(found, wanted, rel_tol=digits), (found, wanted)


def test_norris_gives_the_certified_line():
    y, x = np.array(NORRIS).T
    columns = np.column_stack([np.ones(len(y)), x])
    for at, wanted in enumerate(NORRIS_CERTIFIED):
        close(coefficient(columns, y, range(len(y)), at=at).value, wanted)


def test_longley_gives_the_certified_coefficients():
    rows = np.array(LONGLEY, dtype=float)
    columns = np.column_stack([np.ones(len(rows)), rows[:, 1:]])
    for at, wanted in enumerate(LONGLEY_CERTIFIED):
        close(coefficient(columns, rows[:, 0], range(len(rows)), at=at).value, wanted, 1e-8)


def test_house_prices_near_the_incinerator_differ_as_the_textbook_prints():
    """Wooldridge, example 13.3: fell by 11,863.90 against the others."""
    price, late, near = (np.array(one, dtype=float) for one in house_prices())
    columns = np.column_stack([np.ones(len(price)), late, near, late * near])
    close(round(coefficient(columns, price, range(len(price)), at=3).value, 2), -11863.90)


def test_two_groups_of_single_rows_have_the_error_of_welch():
    """R documents `t.test(extra ~ group, data = sleep)`: t is -1.8608."""
    outcome = np.array([one for pair in SLEEP for one in pair])
    second = np.tile([0.0, 1.0], len(SLEEP))
    found = coefficient(np.column_stack([np.ones(20), second]), outcome, range(20), at=1)
    assert round(-found.value / found.error, 4) == -1.8608
    close(found.freedom, 18.0)


def test_the_degrees_of_freedom_of_three_against_twenty_seven_are_as_published():
    """Imbens and Kolesár (2016), table 1: 2.5 with 3 of 30 in one group, which a naive count takes for 28."""
    is_one = np.arange(30) < 3
    outcome = np.random.default_rng(1).normal(size=30)
    found = coefficient(np.column_stack([np.ones(30), is_one.astype(float)]), outcome, range(30), at=1)
    close(found.freedom, 30**2 * 2 * 26 / (3**2 * 2 + 27**2 * 26))
    assert round(found.freedom, 1) == 2.5


sizes = st.lists(st.integers(1, 30), min_size=2, max_size=8)


@settings(deadline=None)
@given(sizes=sizes, seed=st.integers(0, 10**6))
def test_a_mean_has_the_error_and_freedom_of_the_published_formulas(sizes, seed):
    """The closed forms for a mean by which the package clubSandwich (Pustejovsky) tests itself."""
    groups = np.repeat(np.arange(len(sizes)), sizes)
    y = np.random.default_rng(seed).normal(size=len(groups))
    found = coefficient(np.ones((len(y), 1)), y, list(groups))
    n, many = np.array(sizes, dtype=float), float(sum(sizes))
    means = np.bincount(groups, y) / n
    close(found.value, y.mean(), 1e-7)
    close(found.error, sqrt((n**2 * (means - y.mean()) ** 2 / (1 - n / many)).sum()) / many, 1e-7)
    rest = many - n
    wanted = many**2 / (many**2 * (n**2 / rest**2).sum() - 2 * many * (n**3 / rest**2).sum() + (n**2 / rest).sum() ** 2)
    close(found.freedom, wanted, 1e-7)


@settings(deadline=None, max_examples=50)
@given(sizes=st.lists(st.integers(3, 9), min_size=3, max_size=6), seed=st.integers(0, 10**6))
def test_a_slope_has_the_error_and_freedom_of_the_definition_written_out(sizes, seed):
    chance = np.random.default_rng(seed)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    x = np.column_stack([np.ones(len(groups)), chance.normal(size=len(groups)), chance.normal(size=len(groups))])
    y = chance.normal(size=len(groups))
    found = coefficient(x, y, list(groups), at=1)
    inverse = np.linalg.inv(x.T @ x)
    hat, left = x @ inverse @ x.T, y - x @ inverse @ (x.T @ y)
    rest = np.eye(len(y)) - hat
    variance, pulls = 0.0, []
    for group in range(len(sizes)):
        own = groups == group
        turned = np.real(np.linalg.inv(sqrtm(rest[np.ix_(own, own)])))
        weight = turned @ x[own] @ inverse[:, 1]
        variance += (weight @ left[own]) ** 2
        pulls.append(rest[:, own] @ weight)
    spread = np.array(pulls) @ np.array(pulls).T
    close(found.error, sqrt(variance), 1e-6)
    close(found.freedom, np.trace(spread) ** 2 / (spread**2).sum(), 1e-6)


def test_schools_of_one_size_have_as_many_degrees_of_freedom_as_schools_less_one():
    groups = np.repeat(np.arange(7), 12)
    found = coefficient(np.ones((84, 1)), np.random.default_rng(3).normal(size=84), list(groups))
    close(found.freedom, 6.0)


@pytest.mark.parametrize(
    ("columns", "outcome", "groups"),
    [
        (np.ones((4, 1)), np.arange(4.0), "aaaa"),
        (np.ones((4, 1)), np.full(4, 0.1) + 0.2, "aabb"),
        (np.column_stack([np.ones(4), np.full(4, 3.0)]), np.arange(4.0), "aabb"),
        (np.column_stack([np.ones(4), np.zeros(4)]), np.arange(4.0), "aabb"),
    ],
    ids=["one group", "no spread", "a mix of the others", "a column of nothing"],
)
def test_what_cannot_be_told_is_refused(columns, outcome, groups):
    with pytest.raises(NoLineError):
        coefficient(columns, outcome, groups, at=columns.shape[1] - 1)
