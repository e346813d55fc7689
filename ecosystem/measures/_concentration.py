"""How much a place concentrates on few fields, and a field on few places.

Counts are memberships: places × fields, whole numbers. Every index stands under its own name, unrounded and without
normalisation unless the name says so; logarithms are in bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import entr, gammaln

from ecosystem.measures import _inputs
from ecosystem.measures._results import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

KRUGMAN = ("rest", "total", "others_mean")


def concentration(counts: pd.DataFrame, *, krugman: str = "rest", rarefy_to: int | None = None) -> pd.DataFrame:
    """Indices of how one-sided the profile of each place is.

    With P_ri = x_ri/n_r, q_i = x_i/N, k fields in the table (empty ones included):

    - ``hhi`` = Σ P² (1/k .. 1); ``hhi_unbiased`` = (n·hhi − 1)/(n − 1), 0 .. 1, may fall below 1/k: for comparing
      places, because ``hhi`` of few memberships is too high;
    - ``entropy_bits`` = −Σ P log2 P (0 .. log2 k); ``entropy_miller_madow_bits`` adds (present − 1)/(2n ln 2);
    - ``hill_q0``, ``hill_q1``, ``hill_q2`` = fields present, 2^entropy, 1/hhi: effective fields (1 .. k);
    - ``evenness`` (Pielou) = entropy/log2 k (0 .. 1);
    - ``krugman_rest`` = Σ |P_ri − (x_i − x_ri)/(N − n_r)|, ``krugman_total`` = Σ |P_ri − q_i|,
      ``krugman_others_mean`` = Σ |P_ri − mean of P over the other non-empty places| (all 0 .. 2);
    - ``hoover`` = krugman_total/2 (0 .. 1); ``hachman`` = 1/Σ P²/q over fields with q > 0 (0 .. 1, 1 = as the region);
    - ``rarefied_richness`` = Σ [1 − C(n − x_i, s)/C(n, s)]: fields expected among s memberships drawn (1 .. k).

    Args:
        counts: places × fields, whole numbers >= 0.
        krugman: ``"rest"`` (a large city is not compared with itself), ``"total"`` or ``"others_mean"``; the
            column's name carries it.
        rarefy_to: s, the common sample; without it the two columns of rarefaction are left out.

    Returns:
        One row per place: ``n`` (memberships) and the columns above, ``rarefied_to`` with ``rarefied_richness``,
        and ``reason``: why a number of the row is NaN. All are NaN in an empty place; ``hhi_unbiased`` below two
        memberships; ``krugman_rest`` and ``krugman_others_mean`` without another non-empty place; ``evenness``
        with one field in the table; ``rarefied_richness`` where n < s.

    Raises:
        MeasureError: counts that are no whole numbers >= 0, an unknown ``krugman``, ``rarefy_to`` below 1.

    Sources: Krugman 1991; Hill 1973; Miller 1955 (bias of entropy); Hurlbert 1971 (rarefaction).

    >>> counts = pd.DataFrame([[14, 3, 0, 5, 2, 1], [65, 39, 29, 37, 26, 30]], index=["C1", "others"])
    >>> concentration(counts).loc["C1", ["hhi", "hhi_unbiased", "hill_q0"]].round(3).tolist()
    [0.376, 0.35, 5.0]
    """
    frame = _inputs.counts_frame(counts, whole=True)
    variant = _inputs.choice(krugman, KRUGMAN, name="krugman")
    x = frame.to_numpy()
    n, present = x.sum(1), (x > 0).sum(1)
    shares = _ratio(x, n[:, None])
    hhi = _sum(shares**2)
    entropy = _sum(entr(shares)) / np.log(2.0)
    total = _sum(np.abs(shares - _ratio(x.sum(0), x.sum())))
    columns: dict[str, object] = {
        "n": n.astype(np.int64),
        "hhi": hhi,
        "hhi_unbiased": _ratio(n * hhi - 1.0, np.maximum(n - 1.0, 0.0)),
        "entropy_bits": entropy,
        "entropy_miller_madow_bits": entropy + _ratio(present - 1.0, 2.0 * n * np.log(2.0)),
        "hill_q0": np.where(n > 0, present, np.nan),
        "hill_q1": 2.0**entropy,
        "hill_q2": _ratio(1.0, hhi),
        "evenness": _ratio(entropy, np.log2(max(x.shape[1], 1))),
        f"krugman_{variant}": total if variant == "total" else _krugman(x, shares, variant),
        "hoover": total / 2.0,
        "hachman": _hachman(x, shares),
    }
    if rarefy_to is not None:
        sample = _inputs.whole_number(rarefy_to, name="rarefy_to", at_least=1)
        columns |= {"rarefied_to": np.full(n.shape, sample), "rarefied_richness": _rarefied(x, n, sample)}
    return pd.DataFrame(columns | {"reason": _place_reasons(x, n, variant, rarefy_to)}, index=frame.index)


def field_concentration(counts: pd.DataFrame) -> pd.DataFrame:
    """How unevenly each field is spread over the places.

    ``gini`` = Σ(2k − R − 1)x_(k)/(R Σx) over all R places, empty ones included (0 .. (R−1)/R): uneven numbers,
    also because places differ in size. ``locational_gini`` = ½ − area under the Lorenz curve of x_ri/x_i on
    n_r/N, places sorted by their ratio (0 .. ½): uneven against the size of the places. ``ubiquity``: places with
    LQ >= 1.

    Args:
        counts: places × fields, numbers >= 0.

    Returns:
        One row per field: ``n`` (the field's total), ``ubiquity`` (0 .. R), ``gini``, ``locational_gini`` and
        ``reason``. Both Ginis are NaN in an empty field (reason ``empty field``).

    Raises:
        MeasureError: a cell that is no finite number >= 0, or repeated labels.

    Source: Krugman 1991 (locational Gini).

    >>> counts = pd.DataFrame({"F1": [3, 1, 0], "F2": [1, 3, 0]}, index=["C1", "C2", "C3"])
    >>> field_concentration(counts).loc["F1", ["ubiquity", "gini", "locational_gini"]].astype(float).round(4).tolist()
    [1.0, 0.5, 0.125]
    """
    frame = _inputs.counts_frame(counts)
    x = frame.to_numpy()
    n, t = x.sum(1), x.sum(0)
    defined = t > 0
    rank = np.arange(1.0, len(x) + 1.0)[:, None]
    weighted = ((2.0 * rank - len(x) - 1.0) * np.sort(x, axis=0)).sum(0)
    columns: dict[str, object] = {
        "n": t,
        "ubiquity": _ubiquity(x, n, t),
        "gini": _ratio(weighted, len(x) * t),
        "locational_gini": np.where(defined, _locational_gini(x, n, t), np.nan),
        "reason": np.where(defined, "", Reason.EMPTY_FIELD),
    }
    return pd.DataFrame(columns, index=frame.columns)


def _ratio(above: Floats | float, below: Floats | float) -> Floats:
    """Quotient with NaN where the denominator is 0 or missing."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64))
    quotient = np.full(above.shape, np.nan)
    np.divide(above, below, out=quotient, where=below > 0)
    return quotient


def _sum(terms: Floats) -> Floats:
    """Sum over fields; NaN in an empty place also where the table has no field."""
    return terms.sum(1) if terms.shape[1] else np.full(terms.shape[0], np.nan)


def _krugman(x: Floats, shares: Floats, variant: str) -> Floats:
    """Krugman's index against all others pooled, or against the mean of their profiles."""
    n = x.sum(1, keepdims=True)
    if variant == "rest":
        others = _ratio(x.sum(0) - x, x.sum() - n)
    else:
        filled = np.nan_to_num(shares)
        others = _ratio(filled.sum(0) - filled, (n > 0).sum() - (n > 0))
    return _sum(np.abs(shares - others))


def _hachman(x: Floats, shares: Floats) -> Floats:
    """1/Σ P²/q over the fields that occur."""
    occurring = x.sum(0) > 0
    expected = _ratio(x.sum(0)[occurring], x.sum())
    return _ratio(1.0, _sum(shares[:, occurring] ** 2 / expected))


def _rarefied(x: Floats, n: Floats, sample: int) -> Floats:
    """Expected number of fields among ``sample`` memberships drawn without replacement."""
    enough = n >= sample
    left = n[enough, None] - x[enough]
    log_missing = _log_choose(np.maximum(left, sample), sample) - _log_choose(n[enough, None], sample)
    missing = np.where(left >= sample, np.exp(log_missing), 0.0)
    richness = np.full(n.shape, np.nan)
    richness[enough] = (1.0 - missing).sum(1)
    return richness


def _log_choose(n: Floats, k: int) -> Floats:
    """Logarithm of the binomial coefficient."""
    logs: Floats = gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0)
    return logs


def _place_reasons(x: Floats, n: Floats, variant: str, sample: int | None) -> list[str]:
    """Why a number of the place is missing; an empty place needs no further reason."""
    alone = (n == x.sum()) & (variant != "total")
    short = np.full(n.shape, False) if sample is None else n < sample
    reasons = []
    for place in range(len(n)):
        found = [
            (n[place] < 2, Reason.ONE_MEMBERSHIP),
            (alone[place], Reason.ONLY_PLACE),
            (x.shape[1] < 2, Reason.ONE_FIELD),
            (short[place], Reason.BELOW_SAMPLE),
        ]
        reasons.append(Reason.EMPTY_PLACE if n[place] == 0 else "; ".join(why for holds, why in found if holds))
    return [str(reason) for reason in reasons]


def _ubiquity(x: Floats, n: Floats, t: Floats) -> NDArray[np.int64]:
    """Number of places with LQ >= 1."""
    expected = np.outer(n, t)
    above: NDArray[np.bool_] = (expected > 0) & (x * x.sum() >= expected * (1.0 - 1e-12))
    places: NDArray[np.int64] = above.sum(0, dtype=np.int64)
    return places


def _locational_gini(x: Floats, n: Floats, t: Floats) -> Floats:
    """½ − area under the Lorenz curve; empty places are points of no width."""
    x, n = x[n > 0], n[n > 0]
    order = np.argsort(x / n[:, None], axis=0, kind="stable")
    parts = _ratio(np.take_along_axis(x, order, axis=0), t)
    widths = _ratio(n, n.sum())[order]
    heights = parts.cumsum(0)
    area: Floats = (widths * (heights - parts / 2.0)).sum(0)
    return 0.5 - area
