"""Betweenness on a sparse matrix: shortest paths of many sources at once (Brandes' algorithm, level by level).

Ties count as present or absent; paths have no direction. Exact up to ``EXACT_LIMIT`` nodes, beyond it from a sample
of sources with a standard error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.errors import MeasureError
from ecosystem.measures._inputs import whole_number
from ecosystem.measures._results import DrawnResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Progress = Callable[[int, int], None]

EXACT_LIMIT = 3000
BATCH = 128
"""Sources per sweep: wide enough for the sparse product, narrow enough for the cache (measured)."""
SAMPLED = 256


@dataclass(frozen=True, kw_only=True, eq=False)
class Betweenness(DrawnResult):
    """Betweenness of ``n`` nodes from ``draws`` sources (``variant`` ``exact``: all of them, standard errors 0)."""

    value: pd.Series[float]
    standard_error: pd.Series[float]


def betweenness(
    ties: sparse.csr_array,
    nodes: pd.Index,
    *,
    sources: int | None = None,
    seed: int = 0,
    normalised: bool = True,
    progress: Progress | None = None,
) -> Betweenness:
    """Share of shortest paths between other nodes that run through a node.

    b_v = Σ_{s<t} σ_st(v)/σ_st over pairs of other nodes, divided by (n−1)(n−2)/2 when normalised (0..1). From k of n
    sources drawn without replacement: b_v = (n/k) Σ_s δ_s(v)/2 with δ_s the dependency of source s, standard error
    (n/2)·sd(δ)/√k·√(1 − k/n), sd with k − 1 because the sources are a sample.

    Args:
        ties: n × n, symmetric; every positive entry is a tie, the diagonal is left out.
        nodes: the n labels.
        sources: k; None: all up to 3,000 nodes, else 256.
        seed: of the sources, which are drawn from the nodes sorted as strings.
        normalised: divide by the number of pairs of other nodes.
        progress: called with (sources done, sources).

    Undefined: normalised values are NaN with fewer than 3 nodes; the standard error NaN for a single source. A node
    that few sources pass has a skewed estimate: its standard error is too small with few sources.

    Raises:
        MeasureError: shapes that do not fit, a matrix that is not symmetric or has negative entries, sources below 1.

    >>> path = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]]))
    >>> betweenness(path, pd.Index(list("abc"))).value.tolist()
    [0.0, 1.0, 0.0]

    Sources: Freeman (1977), doi 10.2307/3033543; Brandes (2001), doi 10.1080/0022250X.2001.9990249; Brandes and
    Pich (2007) on samples of sources, doi 10.1142/S0218127407018403.
    """
    order, binary = _checked(ties, nodes)
    n = len(order)
    k = min(n, _asked(sources, n))
    exact = k == n
    chosen = np.arange(n) if exact else np.sort(np.random.default_rng(seed).choice(n, k, replace=False))
    total, squares = _sweep(binary, chosen, progress)
    scale = _scale(n, normalised=normalised)
    error = np.zeros(n) if exact else _error(total, squares, k, n)
    back = np.argsort(order)
    return Betweenness(
        variant="exact" if exact else "sampled",
        n=n,
        seed=seed,
        draws=k,
        value=pd.Series((total * (n / max(k, 1)) / 2 * scale)[back], index=nodes, name="betweenness"),
        standard_error=pd.Series((error * scale)[back], index=nodes, name="standard_error"),
    )


def _asked(sources: int | None, n: int) -> int:
    if sources is None:
        return n if n <= EXACT_LIMIT else SAMPLED
    return whole_number(sources, name="sources", at_least=1)


def _checked(ties: Any, nodes: pd.Index) -> tuple[NDArray[np.intp], sparse.csr_array]:
    """Order of the nodes as strings, and the 0/1 matrix in that order."""
    fits = bool(sparse.issparse(ties))
    if not fits or ties.shape != (len(nodes), len(nodes)):
        found = getattr(ties, "shape", type(ties).__name__)
        raise MeasureError(
            f"ties: expected a sparse matrix {len(nodes)} × {len(nodes)}, one row per node; got {found}."
        )
    if not nodes.is_unique:
        raise MeasureError("nodes: labels repeat; merge or rename them first.")
    matrix = sparse.csr_array(ties, dtype=np.float64, copy=True)
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    if not np.isfinite(matrix.data).all() or (matrix.data < 0).any():
        raise MeasureError("ties: entries must be finite and not negative.")
    matrix.data[:] = 1.0
    if abs(matrix - matrix.T).sum() > 0:
        raise MeasureError("ties: paths here have no direction, but the matrix is not symmetric; add its transpose.")
    order = np.argsort([str(node) for node in nodes], kind="stable")
    return order, sparse.csr_array(matrix[order][:, order])


def _scale(n: int, *, normalised: bool) -> float:
    if not normalised:
        return 1.0
    return 2 / ((n - 1) * (n - 2)) if n > 2 else float("nan")


def _error(total: Floats, squares: Floats, k: int, n: int) -> Floats:
    """Standard error of the estimated sum over half the ordered pairs."""
    if k < 2:
        return np.full(len(total), np.nan)
    variance = np.maximum(squares - total**2 / k, 0.0) / (k - 1)
    error: Floats = n / 2 * np.sqrt(variance / k * (1 - k / n))
    return error


def _sweep(binary: sparse.csr_array, chosen: NDArray[np.intp], progress: Progress | None) -> tuple[Floats, Floats]:
    """Sum and sum of squares of the dependencies of all chosen sources."""
    total, squares = np.zeros(binary.shape[0]), np.zeros(binary.shape[0])
    for start in range(0, len(chosen), BATCH):
        batch = chosen[start : start + BATCH]
        dependency = _dependencies(binary, batch)
        total += dependency.sum(axis=1)
        squares += (dependency**2).sum(axis=1)
        if progress is not None:
            progress(start + len(batch), len(chosen))
    return total, squares


def _dependencies(binary: sparse.csr_array, batch: NDArray[np.intp]) -> Floats:
    """δ_s(v) for the sources of one batch: nodes × sources."""
    n, width = binary.shape[0], len(batch)
    paths = np.zeros((n, width))
    paths[batch, np.arange(width)] = 1.0
    frontier, levels = paths.copy(), []
    while frontier.any():
        levels.append(frontier > 0)
        frontier = binary @ frontier
        frontier[paths > 0] = 0.0
        paths += frontier
    delta = np.zeros((n, width))
    for nearer, farther in zip(levels[-2::-1], levels[:0:-1], strict=True):
        share = np.divide(1.0 + delta, paths, out=np.zeros((n, width)), where=farther)
        delta += np.where(nearer, paths * (binary @ share), 0.0)
    delta[batch, np.arange(width)] = 0.0
    return delta
