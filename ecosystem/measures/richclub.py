"""Rich club: do well-tied actors tie to each other more than their degrees explain?

φ alone rises with degree in any network; only its ratio to a null model with the same degrees says something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures._graphs import adjacency
from ecosystem.measures._inputs import whole_number
from ecosystem.measures._pvalues import resampled_p
from ecosystem.measures._swaps import swap

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx
    from numpy.typing import NDArray

    from ecosystem.measures._swaps import Edges

    Floats = NDArray[np.float64]


def rich_club(
    graph: nx.Graph[Any],
    *,
    draws: int = 100,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Rich-club coefficient φ(k) against networks with the same degrees.

    φ(k) = 2E/(N(N−1)) among the N nodes of degree above k, 0..1. The null is a chain of edge swaps, ten tries per
    edge between two draws; p = (1 + #{φ* >= φ})/(1 + draws), one test per k.

    Args:
        graph: any networkx graph; directions and weights do not count.
        draws: random networks.
        seed: of the swaps.
        progress: called with (draws done, draws).

    Returns:
        One row per degree ``k`` with at least two nodes above it: ``nodes``, ``phi``, ``null_mean``, ``null_low``,
        ``null_high`` (5 and 95 %), ``ratio`` φ/null_mean, ``p``. ``attrs``: ``variant``, ``n``, ``draws``, ``seed``.

    Undefined: ratio NaN where the null mean is 0; no rows without two tied nodes.

    Raises:
        MeasureError: no networkx graph, or draws below 1.

    >>> import networkx as nx
    >>> rich_club(nx.complete_graph(4), draws=5)[["k", "nodes", "phi", "ratio", "p"]].values.tolist()
    [[0.0, 4.0, 1.0, 1.0, 1.0], [1.0, 4.0, 1.0, 1.0, 1.0], [2.0, 4.0, 1.0, 1.0, 1.0]]

    Source: Colizza et al. (2006), doi 10.1038/nphys209.
    """
    whole_number(draws, name="draws", at_least=1)
    whole_number(seed, name="seed")
    ties, nodes = adjacency(graph, directed=False)
    degree = np.diff(ties.indptr).astype(np.int64)
    i, j = sparse.triu(ties, k=1).tocoo().coords
    edges: Edges = list(zip(i.tolist(), j.tolist(), strict=True))
    above = _above(degree)
    phi = _phi(edges, degree, above)
    rng, null = np.random.default_rng(seed), np.empty((draws, len(above)))
    linked = set(edges)
    for drawn in range(draws):
        swap(edges, linked, rng)
        null[drawn] = _phi(edges, degree, above)
        if progress is not None:
            progress(drawn + 1, draws)
    mean = null.mean(axis=0)
    ratio = np.full(len(above), np.nan)
    np.divide(phi, mean, out=ratio, where=mean > 0)
    low, high = np.quantile(null, [0.05, 0.95], axis=0) if len(above) else (mean, mean)
    p = resampled_p((null >= phi - 1e-12).sum(axis=0), draws)
    table = pd.DataFrame({"k": np.arange(len(above)), "nodes": above, "phi": phi, "null_mean": mean})
    table = table.assign(null_low=low, null_high=high, ratio=ratio, p=p)
    table.attrs = {"variant": "edge swaps", "n": len(nodes), "draws": draws, "seed": seed, "warnings": ()}
    return table


def _above(degree: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of nodes above each degree k = 0, 1, ..., while there are two."""
    counts = np.array([(degree > k).sum() for k in range(int(degree.max(initial=0)))], dtype=np.int64)
    return counts[counts >= 2]


def _phi(edges: Edges, degree: NDArray[np.int64], above: NDArray[np.int64]) -> Floats:
    """Density among the nodes above each degree."""
    ends = np.array(edges, dtype=np.intp).reshape(-1, 2)
    weaker = degree[ends].min(axis=1) if len(ends) else np.empty(0, dtype=np.int64)
    inside = len(ends) - np.cumsum(np.bincount(weaker, minlength=len(above) + 1))[: len(above)]
    phi: Floats = 2 * inside / (above * (above - 1.0))
    return phi
