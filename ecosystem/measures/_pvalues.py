"""p-values as all measures write them: resampled ones are never 0, several at once are corrected together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def resampled_p(hits: ArrayLike, draws: int) -> NDArray[np.float64]:
    """(1 + b)/(1 + B) with b draws at least as extreme out of B (Phipson and Smyth 2010).

    >>> float(resampled_p(0, 999))
    0.001
    """
    return (1.0 + np.asarray(hits, dtype=np.float64)) / (1.0 + draws)


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """q-values of Benjamini and Hochberg (1995), any shape; NaN is not tested and stays NaN.

    >>> benjamini_hochberg([.01, .04, np.nan, .03]).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    from scipy.stats import false_discovery_control  # noqa: PLC0415  # scipy.stats would add half to the app's start

    values = np.asarray(p, dtype=np.float64)
    tested = ~np.isnan(values)
    q = np.full(values.shape, np.nan)
    if tested.any():
        q[tested] = false_discovery_control(values[tested])
    return q
