"""
Least squares with an interval that holds where rows come in groups, as children do in schools.

Answers of one school are alike, so that 200 children in 4 schools say less than 200 children each from elsewhere. The
variance is the bias-reduced one (CR2), and its degrees of freedom are Satterthwaite's, so that few schools, or schools
of very different size, widen the interval instead of spoiling it. With schools of one size they are schools less one.

Bell and McCaffrey (2002), Survey Methodology 28; Imbens and Kolesár (2016), Review of Economics and Statistics 98;
Pustejovsky and Tipton (2018), Journal of Business & Economic Statistics 36, by whose theorem 2 groups that each have a
level of their own may be taken off first.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

Array = NDArray[np.float64]
LEVEL = 0.95
# leverage so near to one that the group alone decides the coefficient
WHOLLY = 1e-8
# below this share of the size of the numbers, a spread is rounding
ROUNDING = 1e-10


class NoLineError(Exception):
    """The columns do not tell the coefficient apart from the others, or nothing is left to judge it by."""


@dataclass(frozen=True)
class Coefficient:
    """An estimate with its standard error, degrees of freedom, limits of the 95 % interval, and number of groups."""

    value: float
    error: float
    freedom: float
    low: float
    high: float
    groups: int


def coefficient(columns: Array, outcome: Array, groups: Sequence[Hashable], *, at: int = 0) -> Coefficient:
    """
    Returns the coefficient of column `at` in the least squares of `outcome` on `columns` (rows by columns).

    Raises NoLineError where the column is a mix of the others, where there is one group, or where the groups do not
    differ at all, so that no interval can be given.
    """
    names = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    if len(names) < 2:
        raise NoLineError("one group alone")
    orthogonal, turned = _turned(columns, at)
    residuals = outcome - orthogonal @ (orthogonal.T @ outcome)
    value = float(turned @ (orthogonal.T @ outcome))
    of = np.array([names[group] for group in groups])
    weights, scores, pulls = [], [], []
    for number in range(len(names)):
        block = orthogonal[of == number]
        weight = _adjusted(block, turned)
        weights.append(weight @ weight)
        scores.append(weight @ residuals[of == number])
        pulls.append(block.T @ weight)
    variance = float(np.square(scores).sum())
    size = float(np.max(np.abs(outcome)) * np.linalg.norm(turned))
    if not variance > np.square(ROUNDING * size):
        raise NoLineError("no spread between groups")
    spread = np.diag(weights) - np.array(pulls) @ np.array(pulls).T
    freedom = float(np.trace(spread) ** 2 / np.square(spread).sum())
    error = float(np.sqrt(variance))
    reach = float(t.ppf(0.5 + LEVEL / 2, freedom)) * error
    return Coefficient(value, error, freedom, value - reach, value + reach, len(names))


def _turned(columns: Array, at: int) -> tuple[Array, Array]:
    """Returns columns at right angles to each other that span the same, and the weights of the coefficient in them."""
    lengths = np.linalg.norm(columns, axis=0)
    if not lengths.all():
        raise NoLineError("a column of nothing")
    # of one length, so that hours in minutes and hours in years are judged alike
    orthogonal, triangle = np.linalg.qr(columns / lengths)
    if np.min(np.abs(np.diag(triangle))) <= ROUNDING:
        raise NoLineError("columns that are mixes of each other")
    turned: Array = np.linalg.solve(triangle.T, np.eye(len(lengths))[at]) / lengths[at]
    return orthogonal, turned


def _adjusted(block: Array, turned: Array) -> Array:
    """Returns (I - H)^(-1/2) of the group's rows, applied to their weights in the coefficient."""
    left, singular, right = np.linalg.svd(block, full_matrices=False)
    rest = 1 - np.square(singular)
    # what the group decides alone leaves no residual, and counts for nothing
    scale = np.where(rest > WHOLLY, 1 / np.sqrt(np.maximum(rest, WHOLLY)), 0.0)
    adjusted: Array = left @ (scale * singular * (right @ turned))
    return adjusted
