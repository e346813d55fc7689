"""Communities of a weighted one-mode network: Leiden, with Louvain as the second opinion.

Conventions: nodes are sorted by label (as strings) before anything is seeded; a node without ties belongs to no
community (label −1); communities are numbered from the largest, ties in size broken by their smallest label.
A seed shuffles the order in which nodes are visited, which is all that chance decides: scikit-network's Leiden runs
with a refinement of our own, as its own draws from the C library, and on large networks with one more round of single
moves (see ``_leiden``). A community that comes out in several pieces is split into them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from ecosystem.errors import MeasureError

if TYPE_CHECKING:
    from collections.abc import Callable

Method = Literal["leiden", "louvain"]
POLISHED_ABOVE = 500_000
"""Ties above which Leiden ends with one more round of single moves: too many for the best of twenty runs."""


@dataclass(frozen=True)
class Partition:
    """Communities of a network.

    ``labels`` (node → community, −1 without ties), ``modularity`` of that partition, ``seed`` of the run that
    found it, and the modularity of every run in the order of their seeds.
    """

    labels: pd.Series
    modularity: float
    method: Method
    seed: int
    resolution: float
    modularity_runs: tuple[float, ...]

    @property
    def count(self) -> int:
        """Number of communities."""
        return int(self.labels.max()) + 1 if len(self.labels) else 0


def modularity(weights: sparse.csr_array, labels: np.ndarray, resolution: float = 1.0) -> float:
    """Newman–Girvan modularity Q = Σ_c [W_c/2m − γ (K_c/2m)²] of a symmetric weight matrix.

    W_c is the weight inside community c counted from both ends, K_c the summed strength of its nodes, 2m the
    total strength, γ the resolution. Range −½ … 1; NaN without any tie. Nodes labelled −1 must have no ties.
    Source: Newman and Girvan (2004), doi 10.1103/PhysRevE.69.026113.

    >>> two = sparse.csr_array(np.kron(np.eye(2), np.ones((2, 2)) - np.eye(2)))  # two separate pairs
    >>> modularity(two, np.array([0, 0, 1, 1]))
    0.5
    """
    total = float(weights.sum())
    if total == 0:
        return float("nan")
    tied = labels >= 0
    coo = weights.tocoo()
    i, j = coo.coords
    inside = float(coo.data[labels[i] == labels[j]].sum())
    strength = np.bincount(labels[tied], weights=np.asarray(weights.sum(axis=1)).ravel()[tied])
    return inside / total - resolution * float(((strength / total) ** 2).sum())


def communities(
    weights: sparse.csr_array,
    nodes: pd.Index,
    *,
    method: Method = "leiden",
    runs: int = 20,
    seed: int = 0,
    resolution: float = 1.0,
    progress: Callable[[int, int], None] | None = None,
) -> Partition:
    """The partition of highest modularity among ``runs`` seeded searches.

    ``weights`` is symmetric, n × n, non-negative; ``nodes`` its n unique labels. The result does not depend on
    the order of the nodes. Runs use the seeds ``seed`` … ``seed + runs − 1``; equal modularity keeps the first.
    Sources: Traag, Waltman and van Eck (2019), doi 10.1038/s41598-019-41695-z; Blondel et al. (2008).

    Raises:
        MeasureError: shapes do not fit, labels repeat (as strings), a weight is negative or not finite, the matrix
            is not symmetric or has a diagonal, the method is unknown, ``runs`` below 1, the resolution not above 0.

    >>> ring = np.zeros((6, 6)); ring[[0, 1, 2, 3, 4, 5, 2], [1, 2, 0, 4, 5, 3, 3]] = 1
    >>> found = communities(sparse.csr_array(ring + ring.T), pd.Index(list("abcdef")), runs=3)
    >>> found.labels.tolist(), round(found.modularity, 4)
    ([0, 0, 0, 1, 1, 1], 0.3571)
    """
    _check(weights, nodes)
    _check_options(method, runs, resolution)
    order = np.argsort(np.asarray([str(node) for node in nodes.tolist()]), kind="stable")
    ordered = _taken(sparse.csr_matrix(weights, dtype=np.float64), order)
    # a stored zero would hold two pieces of a community together
    ordered.eliminate_zeros()
    ordered.sort_indices()
    tied = np.flatnonzero(np.asarray(ordered.sum(axis=1)).ravel() > 0)
    network = _taken(ordered, tied) if len(tied) < len(nodes) else ordered
    best, best_q, best_seed, history = np.empty(0, dtype=int), -np.inf, seed, []
    for run in range(runs) if len(tied) else ():
        labels = _canonical(_connected(network, _search(network, method, seed + run, resolution)))
        q = modularity(sparse.csr_array(network), labels, resolution)
        history.append(q)
        if q > best_q + 1e-12:
            best, best_q, best_seed = labels, q, seed + run
        if progress:
            progress(run + 1, runs)
    full = np.full(len(nodes), -1)
    full[order[tied]] = best
    value = best_q if len(tied) else float("nan")
    return Partition(pd.Series(full, index=nodes), value, method, best_seed, resolution, tuple(history))


def _check(weights: sparse.csr_array, nodes: pd.Index) -> None:
    if weights.shape != (len(nodes), len(nodes)):
        raise MeasureError(f"communities: weights are {weights.shape}, but there are {len(nodes)} nodes; give n × n.")
    if len({str(node) for node in nodes.tolist()}) < len(nodes):
        raise MeasureError("communities: node labels repeat; merge or rename them first.")
    if weights.nnz and (not np.isfinite(weights.data).all() or weights.data.min() < 0):
        raise MeasureError("communities: weights must be finite and not negative.")
    if _asymmetry(weights) > 1e-9 * max(1.0, float(weights.sum())):
        raise MeasureError("communities: weights are not symmetric; add the transpose to drop directions.")
    loops = nodes[np.flatnonzero(weights.diagonal())]
    if len(loops):
        raise MeasureError(f"communities: {loops[0]!r} is tied to itself; clear the diagonal.")


def _asymmetry(weights: sparse.csr_array) -> float:
    """Σ |w_ij − w_ji|."""
    turned = sparse.csr_array(weights.T)
    # the transpose has its rows sorted: where all of it is the same, no difference has to be built
    parts = ((weights.indptr, turned.indptr), (weights.indices, turned.indices), (weights.data, turned.data))
    return 0.0 if all(np.array_equal(one, other) for one, other in parts) else float(abs(weights - turned).sum())


def _taken(matrix: sparse.csr_matrix, chosen: np.ndarray) -> sparse.csr_matrix:
    """Rows and columns in the order of ``chosen``, a copy; every row keeps the order of its entries."""
    rows = sparse.csr_matrix(matrix[chosen])
    place = np.full(matrix.shape[1], -1, dtype=rows.indices.dtype)
    place[chosen] = np.arange(len(chosen))
    if len(chosen) < matrix.shape[1]:
        rows = _kept(rows, place[rows.indices] >= 0)
    return sparse.csr_matrix((rows.data, place[rows.indices], rows.indptr), shape=(len(chosen), len(chosen)))


def _kept(matrix: sparse.csr_matrix, kept: np.ndarray) -> sparse.csr_matrix:
    """The entries that are marked."""
    before = np.concatenate([[0], np.cumsum(kept)]).astype(matrix.indptr.dtype)
    return sparse.csr_matrix((matrix.data[kept], matrix.indices[kept], before[matrix.indptr]), shape=matrix.shape)


def _check_options(method: str, runs: int, resolution: float) -> None:
    if method not in get_args(Method):
        raise MeasureError(f"communities: unknown method {method!r}; give one of {', '.join(get_args(Method))}.")
    if runs < 1:
        raise MeasureError(f"communities: runs is {runs}; give at least 1.")
    if not (np.isfinite(resolution) and resolution > 0):
        raise MeasureError(f"communities: resolution is {resolution}; give a finite number above 0.")


def _search(network: sparse.csr_matrix, method: Method, seed: int, resolution: float) -> np.ndarray:
    # here, not at the top: an atlas read from the cache needs no search and no second's import
    from sknetwork.clustering import Louvain  # noqa: PLC0415

    from ecosystem.measures._leiden import GreedyLeiden, PolishedLeiden  # noqa: PLC0415

    shuffle = np.random.default_rng(seed).permutation(network.shape[0])
    leiden = PolishedLeiden if network.nnz > 2 * POLISHED_ABOVE else GreedyLeiden
    algorithm = (leiden if method == "leiden" else Louvain)(
        resolution=resolution, return_probs=False, return_aggregate=False
    )
    found = algorithm.fit_predict(_taken(network, shuffle))
    labels = np.empty(len(shuffle), dtype=int)
    labels[shuffle] = found
    return labels


def _connected(network: sparse.csr_matrix, labels: np.ndarray) -> np.ndarray:
    """Split every community that hangs together only through others."""
    return np.asarray(connected_components(ties_inside(network, labels), directed=False)[1])


def ties_inside(network: sparse.csr_matrix, labels: np.ndarray) -> sparse.csr_matrix:
    """The ties within communities, without those of a node to itself; rows sorted."""
    node = np.repeat(np.arange(network.shape[0], dtype=network.indices.dtype), np.diff(network.indptr))
    inside = _kept(network, (labels[node] == labels[network.indices]) & (node != network.indices))
    inside.sort_indices()
    return inside


def _canonical(labels: np.ndarray) -> np.ndarray:
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=int)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[inverse]
