"""Bipartite configuration model on plain arrays, and the exact tail of a sum of unequal coins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from ecosystem.errors import MeasureError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MARGIN_TOLERANCE = 1e-10
MOST_STEPS = 200


def probabilities(table: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """p_ij = x_i y_j/(1 + x_i y_j) with the table's margins expected, and the rows whose cells are all forced.

    Rows and columns that the margins force to be full or empty are set aside first: there p is exactly 1 or 0,
    and no finite x, y exist.
    """
    p, rows, cols = _peel(table)
    if rows.any() and cols.any():
        inner = table[np.ix_(rows, cols)]
        k, of_row, n_k = np.unique(inner.sum(axis=1), return_inverse=True, return_counts=True)
        d, of_col, n_d = np.unique(inner.sum(axis=0), return_inverse=True, return_counts=True)
        classes = _solve(k.astype(float), n_k.astype(float), d.astype(float), n_d.astype(float))
        p[np.ix_(rows, cols)] = classes[np.ix_(of_row, of_col)]
    return p, ~rows


def tails(chances: Floats, most: int) -> Floats:
    """P(X >= v) for v = 0..most, X the number of heads among coins with these chances; one row per set of coins.

    ``chances`` is sets × coins; the result sets × (most + 1). Convolution coin by coin, everything above ``most``
    collected in the last place, so small tails keep their relative precision.

    >>> tails(np.array([[0.5, 0.5]]), 2).tolist()
    [[1.0, 0.75, 0.25]]
    """
    mass = np.zeros((len(chances), most + 1))
    mass[:, 0] = 1.0
    for head in chances.T[:, :, None]:
        rise = mass * head
        mass -= rise
        mass[:, 1:] += rise[:, :-1]
        mass[:, -1] += rise[:, -1]
    reached: Floats = np.minimum(np.cumsum(mass[:, ::-1], axis=1)[:, ::-1], 1.0)
    # no rounding where nothing is asked
    reached[:, 0] = 1.0
    return reached


def _peel(table: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Cells known from the margins alone, and the rows and columns that are still open."""
    p = table.astype(np.float64)
    rows, cols = np.ones(len(table), dtype=bool), np.ones(table.shape[1], dtype=bool)
    while True:
        k, d = table[:, cols].sum(axis=1), table[rows].sum(axis=0)
        settled_rows = rows & ((k == 0) | (k == cols.sum()))
        settled_cols = cols & ((d == 0) | (d == rows.sum()))
        if not settled_rows.any() and not settled_cols.any():
            return p, rows, cols
        rows &= ~settled_rows
        cols &= ~settled_cols


def _solve(k: Floats, n_k: Floats, d: Floats, n_d: Floats) -> Floats:
    """Cell probabilities of classes of equal degree: Newton's method on the convex minus log-likelihood.

    Rows of degree k_u occur n_k times, columns of degree d_v n_d times; the logarithms of x and y are the unknowns.
    """
    edges = float(k @ n_k)
    unknown = np.concatenate((np.log(k), np.log(d))) - np.log(edges) / 2
    for _ in range(MOST_STEPS):
        p = _cells(unknown, len(k))
        missed = np.concatenate((p @ n_d - k, n_k @ p - d))
        if np.abs(missed).max() < MARGIN_TOLERANCE:
            return p
        slope = missed * np.concatenate((n_k, n_d))
        step: Floats = -np.linalg.lstsq(_curvature(p, n_k, n_d), slope, rcond=None)[0].astype(np.float64)
        unknown = _search(unknown, step, float(slope @ step), (k, n_k, d, n_d))
    raise MeasureError(
        f"bicm: margins were missed by {np.abs(missed).max():.1e} after {MOST_STEPS} steps; report this."
    )


def _cells(unknown: Floats, rows: int) -> Floats:
    cells: Floats = expit(unknown[:rows, None] + unknown[None, rows:])
    return cells


def _curvature(p: Floats, n_k: Floats, n_d: Floats) -> Floats:
    """Second derivatives of minus the log-likelihood."""
    w = p * (1 - p) * n_k[:, None] * n_d
    return np.block([[np.diag(w.sum(axis=1)), w], [w.T, np.diag(w.sum(axis=0))]])


def _search(at: Floats, step: Floats, fall: float, margins: tuple[Floats, Floats, Floats, Floats]) -> Floats:
    """The longest of the steps 1, ½, ¼, ... that lowers minus the log-likelihood enough."""
    k, n_k, d, n_d = margins

    def height(unknown: Floats) -> float:
        a, b = unknown[: len(k)], unknown[len(k) :]
        return float(n_k @ np.logaddexp(0, a[:, None] + b) @ n_d - (n_k * k) @ a - (n_d * d) @ b)

    here, length = height(at), 1.0
    while height(at + length * step) > here + 1e-4 * length * fall + 1e-12 * abs(here) and length > 1e-6:
        length /= 2
    return at + length * step
