"""From networkx to arrays: nodes sorted as strings, self-loops and parallel edges out of the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.errors import MeasureError

if TYPE_CHECKING:
    from collections.abc import Hashable


def adjacency(
    graph: Any, *, weight: str | None = None, directed: bool | None = None
) -> tuple[sparse.csr_array, pd.Index]:
    """Weights (1 per pair of tied nodes when ``weight`` is None) and the nodes they belong to, sorted as strings.

    Several edges between two nodes add up their weights; an edge without the attribute weighs 1. ``directed`` False
    adds both directions of a directed graph.

    Raises:
        MeasureError: no networkx graph, or a weight that is no finite number above 0.
    """
    if not isinstance(graph, nx.Graph):
        raise MeasureError(f"graph: expected a networkx graph, got {type(graph).__name__}.")
    nodes = sorted(graph, key=str)
    place = {node: position for position, node in enumerate(nodes)}
    edges = [(place[a], place[b], _weight(a, b, data, weight)) for a, b, data in graph.edges(data=True) if a != b]
    i, j, w = (np.array(column) for column in zip(*edges, strict=True)) if edges else (np.empty(0, dtype=int),) * 3
    matrix = sparse.csr_array((w.astype(np.float64), (i, j)), shape=(len(nodes), len(nodes)))
    if not (graph.is_directed() and directed is not False):
        matrix = sparse.csr_array(matrix + matrix.T)
    matrix.sum_duplicates()
    if weight is None:
        matrix.data[:] = 1.0
    return matrix, _index(nodes)


def _weight(a: Hashable, b: Hashable, data: dict[str, Any], weight: str | None) -> float:
    """One edge's weight."""
    value = 1.0 if weight is None else data.get(weight, 1.0)
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not np.isfinite(number) or number <= 0:
        raise MeasureError(f"graph: edge {a!r}–{b!r} has {weight} {value!r}; give a finite number above 0.")
    return number


def _index(nodes: list[Hashable]) -> pd.Index:
    """Nodes as an index, tuples kept whole."""
    return pd.Index(nodes, tupleize_cols=False, name="node")
