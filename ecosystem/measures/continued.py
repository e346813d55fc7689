"""Communities of a network that changed a little, continued from those that are known.

A new search would also find other communities that are as good as the known ones: chance, and not the change. So only
nodes whose ties changed are asked anew, and whoever neighbours one that moved (the frontier of Zarayeneh and
Kalyanaraman, 2021, doi 10.1109/IPDPSW52791.2021.00051). Everybody else stays, even where a move would gain a little.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from ecosystem.measures.communities import Partition, modularity, ties_inside

if TYPE_CHECKING:
    from collections.abc import Collection

LEAST_GAIN = 1e-12


def continued(weights: sparse.csr_array, nodes: pd.Index, known: Partition, changed: Collection[str]) -> Partition:
    """The partition of a changed network that follows from a known one.

    Args:
        weights: n × n, symmetric, non-negative, zero diagonal: the network now.
        nodes: its n unique labels; those the known partition lacks start alone.
        known: the partition before.
        changed: labels of nodes whose ties differ from before; others are only asked if a neighbour moves.

    Returns:
        Communities numbered from the largest, −1 without ties; ``modularity_runs`` has the one value, ``method``,
        ``seed`` and resolution are those of the known partition. Nodes are asked in the order of their labels and move
        where modularity gains most, the first community of equals; every move gains, so that it ends.

    >>> from ecosystem.measures.communities import communities
    >>> two = sparse.csr_array(np.kron(np.eye(2), np.ones((3, 3)) - np.eye(3)))
    >>> before = communities(two, pd.Index(list("abcdef")), runs=1)
    >>> continued(two, pd.Index(list("abcdef")), before, changed=["a"]).labels.equals(before.labels)
    True
    """
    names = np.asarray([str(node) for node in nodes.tolist()])
    order = np.argsort(names, kind="stable")
    ordered = sparse.csr_array(weights)[order][:, order]
    ordered.eliminate_zeros()
    ordered.sort_indices()
    tied = np.diff(ordered.indptr) > 0
    start = known.labels.reindex(nodes[order]).fillna(-1).astype(int).to_numpy().copy()
    alone = (start < 0) & tied
    start[alone] = start.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    start[~tied] = -1
    wanted = set(map(str, changed))
    asked = [row for row in range(len(order)) if tied[row] and (names[order[row]] in wanted or alone[row])]
    labels = _settled(ordered, start, asked, known.resolution)
    labels = _numbered(ordered, labels)
    full = np.full(len(nodes), -1)
    full[order] = labels
    value = modularity(ordered, labels, known.resolution)
    runs = () if np.isnan(value) else (value,)
    return Partition(pd.Series(full, index=nodes), value, known.method, known.seed, known.resolution, runs)


def _settled(weights: sparse.csr_array, start: np.ndarray, asked: list[int], resolution: float) -> np.ndarray:
    labels, strength = start.tolist(), np.asarray(weights.sum(axis=1)).ravel()
    total = float(strength.sum())
    if total == 0:
        return start
    held = np.bincount(np.maximum(start, 0), weights=np.where(start >= 0, strength, 0.0)).tolist()
    pointers, columns, values = weights.indptr.tolist(), weights.indices.tolist(), weights.data.tolist()
    queue, waiting = deque(asked), set(asked)
    while queue:
        node = queue.popleft()
        waiting.discard(node)
        own, share = labels[node], resolution * float(strength[node]) / total
        towards: dict[int, float] = {own: 0.0}
        for place in range(pointers[node], pointers[node + 1]):
            community = labels[columns[place]]
            towards[community] = towards.get(community, 0.0) + values[place]
        held[own] -= float(strength[node])
        gains = {community: weight - share * held[community] for community, weight in towards.items()}
        best = min(gains, key=lambda community: (-gains[community], community))
        target = best if gains[best] > gains[own] + LEAST_GAIN else own
        held[target] += float(strength[node])
        if target == own:
            continue
        labels[node] = target
        for place in range(pointers[node], pointers[node + 1]):
            other = columns[place]
            if labels[other] != target and other not in waiting:
                queue.append(other)
                waiting.add(other)
    return np.asarray(labels)


def _numbered(weights: sparse.csr_array, labels: np.ndarray) -> np.ndarray:
    """Communities that hang together, from the largest on, equal ones by their first node."""
    tied = np.flatnonzero(labels >= 0)
    found = np.full(len(labels), -1)
    if len(tied) == 0:
        return found
    inside = ties_inside(sparse.csr_matrix(weights[tied][:, tied]), labels[tied])
    pieces = connected_components(inside, directed=False)[1]
    _, first, inverse, sizes = np.unique(pieces, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(sizes), dtype=int)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    found[tied] = rank[inverse]
    return found
