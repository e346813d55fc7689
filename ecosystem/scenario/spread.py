"""How much a measure would vary if as many ties, but others of the same kind, had been recorded.

A yardstick beside a difference, not a test: every tie (or actor) counts Poisson(1) times in each of :data:`DRAWS`
seeded draws, and the standard deviation over the draws is the spread. It is a lower bound: ties of one source or
project come together in truth. NaN where the measure is undefined in all draws, and where nothing was counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

DRAWS, SEED = 200, 0
INDICES = ("p", "p_sf", "freeman")


def of_ties(ties: pd.DataFrame) -> dict[str, float]:
    """The spread of Green's P, P_SF (binary density) and of Freeman's centralisation of symmetric ties.

    >>> import pandas as pd
    >>> of_ties(pd.DataFrame([[0.0, 0.0], [0.0, 0.0]]))["p"]
    nan
    """
    known = ties.to_numpy(dtype=float)
    upper = np.triu_indices(len(known), k=1)
    drawn = np.random.default_rng(SEED).poisson(known[upper], (DRAWS, len(upper[0])))
    stack = np.zeros((DRAWS, *known.shape))
    stack[:, upper[0], upper[1]] = stack[:, upper[1], upper[0]] = drawn
    return {name: _sd(values) for name, values in indices(stack).items()}


def of_sizes(sizes: NDArray[np.floating[Any]]) -> float:
    """The spread of the effective number exp(H) of places with these sizes.

    >>> of_sizes(np.zeros(3))
    nan
    """
    drawn = np.random.default_rng(SEED).poisson(sizes, (DRAWS, len(sizes)))
    total = drawn.sum(axis=1, keepdims=True)
    share = np.divide(drawn, total, out=np.zeros(drawn.shape), where=total > 0)
    logs = np.log(share, out=np.zeros(share.shape), where=share > 0)
    found = np.exp(-(share * logs).sum(axis=1))
    return _sd(np.where(total.ravel() > 0, found, np.nan))


def of_share(share: float, n: float) -> float:
    """The standard error √(p(1−p)/n) of a share of n.

    >>> of_share(0.5, 100)
    0.05
    """
    return float(np.sqrt(share * (1 - share) / n)) if n > 0 else float("nan")


def indices(stack: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """P, P_SF and Freeman of many networks at once (draws × n × n, diagonals 0), NaN where undefined."""
    n, strength = stack.shape[1], stack.sum(axis=2)
    if n == 0:
        return {name: np.full(len(stack), np.nan) for name in INDICES}
    largest, degree = strength.max(axis=1, initial=0.0), (stack > 0).sum(axis=2)
    nan = np.full(len(stack), np.nan)
    scaled = np.divide(2 * strength.std(axis=1), largest, out=nan.copy(), where=largest > 0)
    p = np.maximum(0.0, 1 - scaled)
    density = degree.sum(axis=1) / (n * (n - 1)) if n > 1 else nan
    star = (degree.max(axis=1, keepdims=True) - degree).sum(axis=1) / ((n - 1) * (n - 2)) if n > 2 else nan
    return {"p": p, "p_sf": p * density, "freeman": np.asarray(star, dtype=float)}


def _sd(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(known.std()) if len(known) > 1 else float("nan")
