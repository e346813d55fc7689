"""Resilience: how fast a network falls apart when nodes are taken away one by one.

Ties count as present or absent, without direction. Equal degrees go to the smaller label, compared as strings. A
removal curve means something only beside random removal, so both come together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import minimum_spanning_tree

from ecosystem.measures._graphs import adjacency
from ecosystem.measures._inputs import choice, whole_number
from ecosystem.measures._results import DrawnResult

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import networkx as nx
    from numpy.typing import NDArray

    Codes = NDArray[np.intp]
    Floats = NDArray[np.float64]

ORDERS = ("adaptive_degree", "initial_degree")


@dataclass(frozen=True, kw_only=True, eq=False)
class RemovalCurve(DrawnResult):
    """Share of ``n`` nodes in the largest component after 0, 1, ..., n removals, beside ``draws`` random orders.

    ``share``, ``random_mean``, ``random_low``, ``random_high`` (5 and 95 % of the orders): number removed → share,
    0..1; ``order`` the nodes as removed; ``r`` = (1/n) Σ_{q=1..n} S(q), 0..½, and the same for random orders.
    """

    share: pd.Series[float]
    order: tuple[Hashable, ...]
    r: float
    random_mean: pd.Series[float]
    random_low: pd.Series[float]
    random_high: pd.Series[float]
    r_random_mean: float
    r_random_low: float
    r_random_high: float


def removal_curve(
    graph: nx.Graph[Any],
    order: str = "adaptive_degree",
    *,
    random_orders: int = 200,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> RemovalCurve:
    """Largest component while nodes are removed by degree, and while they are removed at random.

    Args:
        graph: any networkx graph; directions and weights do not count.
        order: ``adaptive_degree`` (most ties left first) or ``initial_degree`` (most ties at the start first).
        random_orders: orders behind mean and band, 200 or more to be shown.
        seed: of the random orders.
        progress: called with (orders done, orders).

    Undefined: r is NaN and the curves have the single point 0 for a graph without nodes.

    Raises:
        MeasureError: no networkx graph, an unknown order, random_orders below 1.

    >>> import networkx as nx
    >>> curve = removal_curve(nx.star_graph(3), random_orders=1)
    >>> curve.share.tolist(), curve.order, curve.r
    ([1.0, 0.25, 0.25, 0.25, 0.0], (0, 1, 2, 3), 0.1875)

    Source: Schneider et al. (2011), doi 10.1073/pnas.1009440108.
    """
    choice(order, ORDERS, name="order")
    whole_number(random_orders, name="random_orders", at_least=1)
    whole_number(seed, name="seed")
    ties, nodes = adjacency(graph, directed=False)
    n = len(nodes)
    chosen = _by_degree(ties, adaptive=order == "adaptive_degree")
    rng, random = np.random.default_rng(seed), np.empty((random_orders, n + 1))
    for drawn in range(random_orders):
        random[drawn] = _largest(ties, rng.permutation(n))
        if progress is not None:
            progress(drawn + 1, random_orders)
    share, low, high = _largest(ties, chosen), *np.quantile(random, [0.05, 0.95], axis=0)
    r_random = random[:, 1:].mean(axis=1) if n else np.full(random_orders, np.nan)
    return RemovalCurve(
        variant=order,
        n=n,
        seed=seed,
        draws=random_orders,
        share=_curve(share),
        order=tuple(nodes[chosen]),
        r=float(share[1:].mean()) if n else float("nan"),
        random_mean=_curve(random.mean(axis=0)),
        random_low=_curve(low),
        random_high=_curve(high),
        r_random_mean=float(r_random.mean()),
        r_random_low=float(np.quantile(r_random, 0.05)),
        r_random_high=float(np.quantile(r_random, 0.95)),
    )


def _curve(values: Floats) -> pd.Series[float]:
    return pd.Series(values, index=pd.RangeIndex(len(values), name="removed"), name="share")


def _by_degree(ties: sparse.csr_array, *, adaptive: bool) -> Codes:
    """Positions by falling degree, recounted after every removal when adaptive."""
    left = np.diff(ties.indptr).astype(np.int64)
    if not adaptive:
        return np.argsort(-left, kind="stable")
    order = np.empty(len(left), dtype=np.intp)
    gone = -1 - int(left.max(initial=0))
    for step in range(len(order)):
        first = int(np.argmax(left))
        order[step] = first
        left[ties.indices[ties.indptr[first] : ties.indptr[first + 1]]] -= 1
        left[first] = 2 * gone
    return order


def _largest(ties: sparse.csr_array, order: Codes) -> Floats:
    """Share of nodes in the largest component after each removal, by adding the nodes back from the last to the first.

    Of all ties only a spanning forest is needed: the one whose ties come back earliest.
    """
    n = len(order)
    sizes = np.zeros(n + 1)
    sizes[:n] = 1.0
    removed_at = np.empty(n, dtype=np.int64)
    removed_at[order] = np.arange(n)
    table = ties.tocoo()
    i, j = table.coords
    until = np.minimum(removed_at[i], removed_at[j])
    forest = minimum_spanning_tree(sparse.csr_array((n - until.astype(np.float64), (i, j)), shape=(n, n))).tocoo()
    last_first = np.argsort(forest.data, kind="stable")
    kept = (n - forest.data[last_first]).astype(np.int64)
    _unite(sizes, kept, forest.row[last_first], forest.col[last_first])
    largest: Floats = np.maximum.accumulate(sizes[::-1])[::-1] / max(n, 1)
    return largest


def _unite(sizes: Floats, kept: NDArray[np.int64], i: NDArray[np.int32], j: NDArray[np.int32]) -> None:
    """Write the size of each component at the moment it forms."""
    root, size = list(range(len(sizes) - 1)), [1] * (len(sizes) - 1)
    for moment, left, right in zip(kept.tolist(), i.tolist(), j.tolist(), strict=True):
        a, b = _root(root, left), _root(root, right)
        if size[a] < size[b]:
            a, b = b, a
        root[b] = a
        size[a] += size[b]
        sizes[moment] = max(sizes[moment], size[a])


def _root(root: list[int], node: int) -> int:
    """The component of a node; the path to it is halved on the way."""
    while root[node] != node:
        root[node] = root[root[node]]
        node = root[node]
    return node
