"""Backbones: which observed ties stand out from what the strengths of their ends explain.

For ties and flows observed as such (contracts, shareholdings, trips). Ties that come from a projection are tested
by ``validated_projection`` instead. Thresholds belong on a slider beside the number of ties kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.errors import MeasureError
from ecosystem.measures._inputs import flows_frame, proportion, ties_frame
from ecosystem.measures._reasons import NetworkReason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def disparity_backbone(ties: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """Disparity filter: is a tie an unusually large part of what one of its ends has?

    α_ij = (1 − w_ij/s_i)^(k_i − 1), s_i strength and k_i number of ties of i; α = 1 at k = 1. A tie is kept if
    either end passes (smaller α below ``alpha``).

    Args:
        ties: n × n, symmetric, >= 0; the diagonal is left out.
        alpha: level, between 0 and 1.

    Returns:
        One row per tie: ``i``, ``j``, ``weight``, ``alpha_i``, ``alpha_j`` (from either end), ``alpha`` (the
        smaller), ``keep``. α in 0..1.

    Undefined: never; no rows without ties.

    Raises:
        MeasureError: ties that are not symmetric or not finite numbers >= 0, alpha not in (0, 1).

    >>> ties = pd.DataFrame([[0, 7, 2, 1], [7, 0, 0, 0], [2, 0, 0, 0], [1, 0, 0, 0]])
    >>> disparity_backbone(ties, alpha=0.1)[["i", "j", "alpha", "keep"]].round(2).values.tolist()
    [[0, 1, 0.09, True], [0, 2, 0.64, False], [0, 3, 0.81, False]]

    Source: Serrano, Boguñá and Vespignani (2009), doi 10.1073/pnas.0808904106.
    """
    proportion(alpha, name="alpha")
    checked = ties_frame(ties)
    w = checked.to_numpy()
    i, j = np.nonzero(np.triu(w))
    strength, degree = w.sum(axis=1), (w > 0).sum(axis=1)
    here = (1 - w[i, j] / strength[i]) ** (degree[i] - 1)
    there = (1 - w[i, j] / strength[j]) ** (degree[j] - 1)
    least = np.minimum(here, there)
    return pd.DataFrame(
        {
            "i": checked.index[i],
            "j": checked.index[j],
            "weight": w[i, j],
            "alpha_i": here,
            "alpha_j": there,
            "alpha": least,
            "keep": least < alpha,
        }
    )


def noise_corrected(flows: pd.DataFrame, *, directed: bool, delta: float = 1.64) -> pd.DataFrame:
    """Noise-corrected backbone: is a flow above what its ends exchange anyway, given how uncertain that is?

    κ = N/(s_i s_j), s_i outgoing and s_j incoming strength, N all flow; score (κw − 1)/(κw + 1). Its standard
    deviation comes from a Beta posterior of the chance of a unit of flow: μ = s_i s_j/N²,
    σ² = s_i s_j(N−s_i)(N−s_j)/(N⁴(N−1)), a = μ²(1−μ)/σ² − μ, b = μ(1−μ²)/σ² − (1−μ), p = (a+w)/(a+b+N),
    v = p(1−p)N, d = 1/(s_i s_j) − N(s_i+s_j)/(s_i s_j)², sd = √v·2·abs(κ+wd)/(κw+1)². Kept if score > delta·sd. (The
    moment-matched b would be μ(1−μ)²/σ² − (1−μ); this is the form of the authors' widely copied code.)

    Args:
        flows: origin × destination counts >= 0, symmetric when undirected; the diagonal is left out.
        directed: undirected ties are listed once, with N twice their sum.
        delta: how many standard deviations; 1.64 is about one in twenty by chance.

    Returns:
        One row per flow above 0: ``i``, ``j``, ``weight``, ``score`` (−1..1), ``sd``, ``keep``, ``reason``.

    Undefined: sd NaN, and not kept, where one end holds all the flow, or where there is too little flow in all (a
    handful of units) for the prior to have a variance.

    Raises:
        MeasureError: differing labels, numbers not finite and >= 0, undirected flows not symmetric, delta below 0.

    >>> ties = pd.DataFrame([[0, 9, 1], [9, 0, 1], [1, 1, 0]], index=list("abc"), columns=list("abc"))
    >>> noise_corrected(ties, directed=False)[["i", "j", "score", "keep"]].round(3).values.tolist()
    [['a', 'b', 0.329, True], ['a', 'c', 0.048, False], ['b', 'c', 0.048, False]]

    Source: Coscia and Neffke (2017), doi 10.1109/ICDE.2017.100.
    """
    if not np.isfinite(delta) or delta < 0:
        raise MeasureError(f"delta: expected a finite number of at least 0, got {delta!r}.")
    checked = flows_frame(flows) if directed else ties_frame(flows, name="flows")
    w = checked.to_numpy() * (1 - np.eye(len(checked)))
    i, j = np.nonzero(w if directed else np.triu(w))
    out, into, total = w.sum(axis=1)[i], w.sum(axis=0)[j], float(w.sum())
    score, sd = _score(w[i, j], out, into, total)
    why = np.where(np.maximum(out, into) == total, NetworkReason.WHOLE_STRENGTH, NetworkReason.LITTLE_FLOW)
    return pd.DataFrame(
        {
            "i": checked.index[i],
            "j": checked.index[j],
            "weight": w[i, j],
            "score": score,
            "sd": sd,
            "keep": score > delta * sd,
            "reason": np.where(np.isnan(sd), why, ""),
        }
    )


def _score(w: Floats, out: Floats, into: Floats, total: float) -> tuple[Floats, Floats]:
    """Score and standard deviation of each flow."""
    both = out * into
    kappa = total / both
    score = (kappa * w - 1) / (kappa * w + 1)
    sd = np.full(len(w), np.nan)
    known = (out < total) & (into < total) & (total > 1)
    sd[known] = _deviation(w[known], out[known], into[known], total)
    return score, sd


def _deviation(w: Floats, out: Floats, into: Floats, total: float) -> Floats:
    """Standard deviation of the score where the prior has a variance."""
    both = out * into
    kappa, mu = total / both, both / total**2
    variance = both * (total - out) * (total - into) / (total**4 * (total - 1))
    a = mu**2 * (1 - mu) / variance - mu
    b = mu * (1 - mu**2) / variance - (1 - mu)
    p = (a + w) / (a + b + total)
    slope = 1 / both - total * (out + into) / both**2
    spread = np.where((p > 0) & (p < 1), p * (1 - p) * total, np.nan)
    # the slope of the score turns negative for ties that hold most of both ends
    sd: Floats = np.sqrt(spread) * 2 * np.abs(kappa + w * slope) / (kappa * w + 1) ** 2
    return sd
