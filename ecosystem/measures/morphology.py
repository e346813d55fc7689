"""Morphological polycentricity: how evenly the sizes of a region's centres are spread.

Sizes are actors per municipality. A panel, never one score: published measures disagree about the same region.
Zero sizes never enter a logarithm and are no centres; the Gini coefficient alone counts every place. Centres are
ranked by size, equal sizes by their label as a string.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from ecosystem.measures._inputs import amounts_series, same_labels, ties_frame, whole_number
from ecosystem.measures._reasons import NetworkReason
from ecosystem.measures._results import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

MeasureOfSizes = Callable[["pd.Series[float]"], float]
MeasureOfTies = Callable[[pd.DataFrame], float]

FEWEST_FOR_ZIPF = 8
"""With fewer centres √(2/m) is above one half: the standard error exceeds half the exponent."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RankSize(Result):
    """Two readings of one rank-size distribution over its ``n`` largest centres.

    ``slope``, ``intercept``, ``r2``: least squares of ln size on ln rank; ``zipf``, ``zipf_se``: the exponent of
    Gabaix and Ibragimov and its standard error. ``reason`` says why numbers are NaN; empty where none is.
    """

    slope: float
    intercept: float
    r2: float
    zipf: float
    zipf_se: float
    reason: str


def rank_size(sizes: pd.Series[float], top: int | None = None) -> RankSize:
    """Rank-size slope of the ``top`` largest centres, and the Gabaix–Ibragimov exponent of the same centres.

    slope: ordinary least squares of ln x_(k) on ln k, k = 1..m; at most 0, nearer 0 = more polycentric, no unit.
    zipf: z = −slope of ln(k − ½) on ln x_(k), above 0; standard error z·√(2/m), m centres.

    Args:
        sizes: one amount >= 0 per place, in any unit; zeros are no centres.
        top: m; all positive sizes when None.

    Undefined: NaN where there are fewer than 2 positive sizes, or fewer than ``top``; r2 and zipf also where the
    sizes are all equal. With fewer than 8 centres a warning says that zipf is not to be shown.

    Raises:
        MeasureError: a size that is no finite number >= 0, repeated labels, or ``top`` below 2.

    >>> fit = rank_size(pd.Series({"A": 100, "B": 80, "C": 50, "D": 20}), top=3)
    >>> round(fit.slope, 4), fit.n
    (-0.5977, 3)

    Sources: Meijers and Burger (2010), doi 10.1068/a42151; Gabaix and Ibragimov (2011), doi
    10.1198/jbes.2009.06157.
    """
    found = np.asarray(_ranked(sizes), dtype=np.float64)
    wanted = len(found) if top is None else whole_number(top, name="top", at_least=2)
    variant = "all" if top is None else f"top {top}"
    if len(found) < max(wanted, 2):
        reason, nan = NetworkReason.FEW_CENTRES, float("nan")
        return RankSize(
            variant=variant, n=len(found), slope=nan, intercept=nan, r2=nan, zipf=nan, zipf_se=nan, reason=reason
        )
    return _fit(found[:wanted], variant)


def morphological_panel(sizes: pd.Series[float]) -> pd.Series[float]:
    """Every morphological index of one region, side by side.

    With x_(1) >= x_(2) >= ... the positive sizes and p = x/Σx:

    - ``places``, ``centres``: how many sizes, how many of them positive;
    - ``slope_top2``, ``slope_top3``, ``slope_top4``, ``slope_mean`` (of these three), ``slope_all``: ``rank_size``;
    - ``zipf``, ``zipf_se``: as there, NaN below 8 centres;
    - ``primacy_share`` x_(1)/Σx, 0..1; ``primacy_ratio`` x_(1)/x_(2), >= 1;
      ``primacy_four`` x_(1)/(x_(2) + x_(3) + x_(4)), > 0;
    - ``gini`` Σ(2k − m − 1)x_(k)/(m Σx), x ascending over all m places, zeros included, 0..(m−1)/m;
    - ``effective_centres`` 1/Σp², 1..centres.

    Args:
        sizes: one amount >= 0 per place, in any unit.

    Undefined: NaN below 2 centres (all), 3 (``slope_top3``), 4 (``slope_top4``, ``slope_mean``,
    ``primacy_four``) or 8 (``zipf``); ``attrs["reasons"]`` maps each NaN to its reason.

    Raises:
        MeasureError: a size that is no finite number >= 0, or repeated labels.

    >>> panel = morphological_panel(pd.Series({"A": 100, "B": 80, "C": 50, "D": 20}))
    >>> panel[["slope_mean", "primacy_share", "effective_centres"]].round(4).tolist()
    [-0.6572, 0.4, 3.2383]
    >>> str(panel.attrs["reasons"]["zipf"])
    'not estimated: fewer than 8 centres'

    Sources: Burger and Meijers (2012), doi 10.1177/0042098011407095; Bartosiewicz and Marcińczak (2020) on why
    one score will not do, doi 10.1016/j.cities.2020.102855.
    """
    every = np.asarray(amounts_series(sizes), dtype=np.float64)
    found = np.asarray(_ranked(sizes), dtype=np.float64)
    values = {"places": float(len(every)), "centres": float(len(found))}
    values |= _slopes(sizes, found) | _primacy(found)
    values["gini"] = gini(every) if len(found) >= 2 else float("nan")
    values["effective_centres"] = float(found.sum() ** 2 / (found**2).sum()) if len(found) >= 2 else float("nan")
    panel = pd.Series(values, name=sizes.name)
    missing = [str(measure) for measure in panel.index[panel.isna().to_numpy()]]
    panel.attrs["reasons"] = {measure: _why(measure, found) for measure in missing}
    return panel


def stepwise(
    measure: MeasureOfSizes | MeasureOfTies, sizes: pd.Series[float], ties: pd.DataFrame | None = None
) -> pd.DataFrame:
    """A measure against the number of centres: of the 2, 3, ..., n largest.

    A statement about polycentricity that changes along this curve is not a finding.

    Args:
        measure: takes the m largest sizes (or, when ``ties`` are given, the ties among these centres) and returns
            a number; ``lambda sizes: rank_size(sizes).slope``, ``lambda ties: green_polycentricity(ties).p``.
        sizes: one amount >= 0 per place; decides the order of the centres. Zeros are no centres.
        ties: cities × cities, symmetric, same labels as ``sizes``; the diagonal is kept.

    Returns:
        One row per m = 2..n: ``m``, ``place`` (the centre that joins at this step), ``value``, ``reason``.

    Undefined: no rows with fewer than 2 centres; NaN with a reason where the measure itself is undefined.

    Raises:
        MeasureError: wrong sizes or ties, or labels that differ.

    >>> sizes = pd.Series({"A": 100, "B": 80, "C": 50, "D": 20})
    >>> stepwise(lambda top: rank_size(top).slope, sizes)["value"].round(4).tolist()
    [-0.3219, -0.5977, -1.052]

    Source: Zhang and Derudder (2019), doi 10.1177/0042098019843061.
    """
    order = _ranked(sizes)
    steps = range(2, len(order) + 1)
    if ties is None:
        of_sizes = cast("MeasureOfSizes", measure)
        values = [float(of_sizes(order.iloc[:m])) for m in steps]
    else:
        square, of_ties = ties_frame(ties, keep_diagonal=True), cast("MeasureOfTies", measure)
        same_labels(sizes.index, square.index, "sizes", "ties")
        values = [float(of_ties(square.loc[order.index[:m], order.index[:m]])) for m in steps]
    curve = pd.DataFrame({"m": steps, "place": order.index[1:], "value": np.array(values)})
    curve["reason"] = np.where(curve["value"].isna(), NetworkReason.FOR_THESE_CENTRES, "")
    return curve


def gini(amounts: NDArray[np.float64]) -> float:
    """Gini coefficient Σ(2k − m − 1)x_(k)/(m Σx) of amounts >= 0, 0..(m−1)/m; NaN where all are 0.

    >>> gini(np.array([0.0, 0.0, 9.0]))
    0.6666666666666666

    Source: Gini (1912).
    """
    m, total = len(amounts), float(amounts.sum())
    if total == 0:
        return float("nan")
    weights = 2 * np.arange(1, m + 1) - m - 1
    return float(weights @ np.sort(amounts)) / (m * total)


def mean_slope(sizes: pd.Series[float]) -> float:
    """Mean of the rank-size slopes of the 2, 3 and 4 largest, at most 0; NaN with fewer than 4 positive sizes.

    >>> round(mean_slope(pd.Series([100, 80, 50, 20])), 4)
    -0.6572

    Source: Burger and Meijers (2012), doi 10.1177/0042098011407095.
    """
    found = np.asarray(_ranked(sizes), dtype=np.float64)
    return float(np.mean([_slope(found, top) for top in (2, 3, 4)]))


def _ranked(sizes: pd.Series[float]) -> pd.Series[float]:
    """Positive sizes, largest first, equal ones by label."""
    checked = amounts_series(sizes)
    by_label = checked.iloc[np.argsort([str(label) for label in checked.index], kind="stable")]
    ordered = by_label.iloc[np.argsort(-by_label.to_numpy(), kind="stable")]
    return ordered[ordered > 0]


def _line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and intercept of the least-squares line of y on x."""
    away = x - x.mean()
    slope = float(away @ (y - y.mean()) / (away @ away))
    return slope, float(y.mean() - slope * x.mean())


def _slope(found: NDArray[np.float64], top: int) -> float:
    """The rank-size slope of the ``top`` largest of sizes in descending order; NaN with fewer."""
    if len(found) < top or found[0] == found[top - 1]:
        return float("nan") if len(found) < top else 0.0
    return _line(np.log(np.arange(1, top + 1, dtype=np.float64)), np.log(found[:top]))[0]


def _fit(found: NDArray[np.float64], variant: str) -> RankSize:
    """Both readings of at least two positive sizes in descending order."""
    m = len(found)
    rank, size = np.arange(1, m + 1, dtype=np.float64), np.log(found)
    slope, intercept = _line(np.log(rank), size)
    if found[0] == found[-1]:
        flat, nan = NetworkReason.EQUAL_SIZES, float("nan")
        return RankSize(
            variant=variant, n=m, slope=0.0, intercept=intercept, r2=nan, zipf=nan, zipf_se=nan, reason=flat
        )
    missed = size - intercept - slope * np.log(rank)
    spread = size - size.mean()
    zipf = -_line(size, np.log(rank - 0.5))[0]
    warnings = () if m >= FEWEST_FOR_ZIPF else (f"zipf: not estimated, {m} centres are fewer than {FEWEST_FOR_ZIPF}",)
    return RankSize(
        variant=variant,
        n=m,
        warnings=warnings,
        slope=slope,
        intercept=intercept,
        r2=float(1 - missed @ missed / (spread @ spread)),
        zipf=zipf,
        zipf_se=zipf * float(np.sqrt(2 / m)),
        reason="",
    )


def _slopes(sizes: pd.Series[float], found: NDArray[np.float64]) -> dict[str, float]:
    """The rank-size part of the panel."""
    slopes = {f"slope_top{m}": _slope(found, m) for m in (2, 3, 4)}
    slopes["slope_mean"] = float(np.mean(list(slopes.values())))
    fit = rank_size(sizes)
    estimated = fit.n >= FEWEST_FOR_ZIPF
    slopes |= {"slope_all": fit.slope, "zipf": fit.zipf if estimated else float("nan")}
    return slopes | {"zipf_se": fit.zipf_se if estimated else float("nan")}


def _primacy(found: NDArray[np.float64]) -> dict[str, float]:
    """The primacy part of the panel."""
    nan, m = float("nan"), len(found)
    return {
        "primacy_share": float(found[0] / found.sum()) if m >= 2 else nan,
        "primacy_ratio": float(found[0] / found[1]) if m >= 2 else nan,
        "primacy_four": float(found[0] / found[1:4].sum()) if m >= 4 else nan,
    }


def _why(measure: str, found: NDArray[np.float64]) -> str:
    """The reason for a NaN in the panel."""
    if not measure.startswith("zipf") or len(found) < 2:
        return NetworkReason.FEW_CENTRES
    return NetworkReason.EQUAL_SIZES if found[0] == found[-1] else NetworkReason.NOT_ESTIMATED
