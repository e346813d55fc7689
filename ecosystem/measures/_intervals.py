"""Intervals of the location quotient, for many cells at once and without drawing.

Counts of one cell: x of n here, y of m elsewhere, t = x + y, N = n + m; LQ = (x/n)/(t/N).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NODES = 33
"""Quadrature nodes: a trapezium rule in normal scores, whose error falls exponentially for smooth functions."""
NODES_AT_EDGE = 513
"""Nodes where every member here (or elsewhere) is in the field: the distribution function then has an edge at 1."""
VALUES_AT_ONCE = 1_000_000
"""Cells times nodes held in memory together."""
LAST_STEP = 1e-6
"""Newton's next step would be about the square of this."""
STEPS = 100


def jeffreys(x: Floats, n: Floats, t: Floats, total: float, level: float) -> tuple[Floats, Floats]:
    """Equal-tailed limits of LQ under independent Jeffreys priors, here and elsewhere.

    a ~ Beta(x+½, n−x+½) here, b ~ Beta(y+½, m−y+½) elsewhere, LQ = aN/(na + mb). LQ grows with a/b alone, so
    the limits are those of a/b, carried over. NaN where n = 0, m = 0 or t = 0.

    Args:
        x: members of the field here, shape (cells,).
        n: all members here, shape (cells,).
        t: members of the field anywhere, shape (cells,).
        total: N, all members anywhere.
        level: probability inside, between 0 and 1.

    >>> low, high = jeffreys(*(np.array([value]) for value in (14.0, 25.0, 77.0)), 251.0, .95)
    >>> round(float(low[0]), 3), round(float(high[0]), 3)
    (1.232, 2.421)
    """
    low, high = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    cells = np.flatnonzero((n > 0) & (n < total) & (t > 0))
    if not cells.size:
        return low, high
    # Small whole numbers repeat: a large sparse table has far fewer different cells than cells.
    different, back = np.unique(np.stack([x[cells], n[cells], t[cells]]), axis=1, return_inverse=True)
    back = back.ravel()
    x, n, t = different
    edge = (x == n) | (t - x == total - n)
    limits = np.empty((2, different.shape[1]))
    for which, nodes in ((~edge, NODES), (edge, NODES_AT_EDGE)):
        chosen, size = np.flatnonzero(which), VALUES_AT_ONCE // nodes
        for start in range(0, len(chosen), size):
            part = chosen[start : start + size]
            limits[:, part] = _jeffreys_limits(different[:, part], total, (1.0 - level) / 2.0, nodes)
    low[cells], high[cells] = limits[:, back]
    return low, high


def log_delta(x: Floats, n: Floats, t: Floats, total: float, level: float) -> tuple[Floats, Floats]:
    """Limits LQ·exp(±z√v) of Moineddin, Beyene and Boyle (2003); NaN also where x = 0.

    v = (y/(xt))²·n·p(1−p) + (1/t)²·m·s(1−s), p = x/n, s = y/m. Arguments as ``jeffreys``.
    """
    low, high = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    cells = (n > 0) & (n < total) & (x > 0)
    x, n, t = x[cells], n[cells], t[cells]
    y, m = t - x, total - n
    p, s = x / n, y / m
    variance = (y / (x * t)) ** 2 * n * p * (1 - p) + (1 / t) ** 2 * m * s * (1 - s)
    factor = np.exp(special.ndtri((1.0 + level) / 2.0) * np.sqrt(variance))
    lq = x * total / (n * t)
    low[cells], high[cells] = lq / factor, lq * factor
    return low, high


def _jeffreys_limits(cells: Floats, total: float, tail: float, nodes: int) -> Floats:
    """Both limits (2 × cells) of LQ of cells (x, n, t)."""
    x, n, t = cells
    y, m = t - x, total - n
    here, elsewhere = (x + 0.5, n - x + 0.5), (y + 0.5, m - y + 0.5)
    # Integrate over the narrower of the two: the other's distribution function is smooth on its scale.
    swap = _log_variance(*here) < _log_variance(*elsewhere)
    top = (np.where(swap, elsewhere[0], here[0]), np.where(swap, elsewhere[1], here[1]))
    bottom = (np.where(swap, here[0], elsewhere[0]), np.where(swap, here[1], elsewhere[1]))
    first, second = _log_ratio_quantiles(top, bottom, (tail, 1.0 - tail), nodes)
    ratio = np.exp(np.where(swap, [-second, -first], [first, second]))
    limits: Floats = ratio * total / (n * ratio + m)
    return limits


def _log_variance(alpha: Floats, beta: Floats) -> Floats:
    """Variance of log Beta(α, β)."""
    return special.polygamma(1, alpha) - special.polygamma(1, alpha + beta)


def _log_mean(alpha: Floats, beta: Floats) -> Floats:
    """Mean of log Beta(α, β)."""
    return special.digamma(alpha) - special.digamma(alpha + beta)


def _log_ratio_quantiles(
    top: tuple[Floats, Floats], bottom: tuple[Floats, Floats], levels: tuple[float, float], nodes: int
) -> list[Floats]:
    """Two quantiles of log(top/bottom) of independent Beta variables."""
    log_bottom, weights = _log_nodes(*bottom, nodes)
    middle = _log_mean(*top) - _log_mean(*bottom)
    spread = np.sqrt(_log_variance(*top) + _log_variance(*bottom))
    return [_solve(middle + special.ndtri(level) * spread, level, top, log_bottom, weights) for level in levels]


def _solve(start: Floats, level: float, top: tuple[Floats, Floats], log_bottom: Floats, weights: Floats) -> Floats:
    """Where the distribution function of log(top/bottom) reaches ``level``: Newton's method on its logit.

    Both tails of the logit are nearly straight, so a handful of steps suffice; a step that leaves the bracket
    is replaced by halving it.
    """
    point, goal = start.copy(), special.logit(level)
    left, right = np.full(point.shape, -100.0), np.full(point.shape, 100.0)
    active = np.arange(point.size)
    for _ in range(STEPS):
        here = point[active]
        reached, slope = _distribution(here[:, None] + log_bottom[active], top[0][active], top[1][active], weights)
        right[active] = np.where(reached >= level, here, right[active])
        left[active] = np.where(reached <= level, here, left[active])
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            proposed = here + (goal - special.logit(reached)) * reached * (1.0 - reached) / slope
        inside = (proposed >= left[active]) & (proposed <= right[active])
        point[active] = np.where(inside, proposed, (left[active] + right[active]) / 2.0)
        active = active[np.abs(point[active] - here) > LAST_STEP]
        if not active.size:
            break
    return point


def _log_nodes(alpha: Floats, beta: Floats, nodes: int) -> tuple[Floats, Floats]:
    """Logarithms of Beta quantiles (cells × nodes) and their weights: a trapezium rule in normal scores."""
    scores = np.linspace(-6.0, 6.0, nodes)
    weights = np.exp(-(scores**2) / 2.0)
    quantiles = special.betaincinv(alpha[:, None], beta[:, None], special.ndtr(scores))
    return np.log(np.maximum(quantiles, np.finfo(float).tiny)), weights / weights.sum()


def _distribution(logs: Floats, alpha: Floats, beta: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Distribution function of Beta(α, β) at exp(logs), and its slope in logs, averaged over the nodes."""
    alpha, beta = alpha[:, None], beta[:, None]
    logs = np.minimum(logs, 0.0)
    inside = logs < 0.0
    value = special.betainc(alpha, beta, np.exp(logs))
    complement = np.log(np.where(inside, -np.expm1(logs), 1.0))
    density = np.exp(alpha * logs + (beta - 1.0) * complement - special.betaln(alpha, beta))
    return value @ weights, np.where(inside, density, 0.0) @ weights
