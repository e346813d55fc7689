"""Brokerage: who stands between others, and how tied down each node is by its neighbours.

Nodes are sorted as strings, self-loops are left out. Roles, betweenness, removal curves, the rich club and two-mode
centralities have modules of their own and are re-exported here.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures._graphs import adjacency
from ecosystem.measures._reasons import NetworkReason
from ecosystem.measures.betweenness import Betweenness, betweenness
from ecosystem.measures.resilience import RemovalCurve, removal_curve
from ecosystem.measures.richclub import rich_club
from ecosystem.measures.roles import ROLES, brokerage_roles
from ecosystem.measures.twomode import bipartite_table, robins_alexander

__all__ = [
    "ROLES",
    "Betweenness",
    "RemovalCurve",
    "betweenness",
    "bipartite_table",
    "brokerage_roles",
    "constraint_table",
    "removal_curve",
    "rich_club",
    "robins_alexander",
]


def constraint_table(graph: nx.Graph[Any], weight: str | None = "weight") -> pd.DataFrame:
    """Burt's constraint and other readings of how a node is placed among its neighbours.

    - ``degree``, ``strength``: neighbours; summed weights;
    - ``constraint`` c_i = Σ_j (p_ij + Σ_q p_iq p_qj)² over neighbours j, p_ij = (a_ij + a_ji)/Σ_k(a_ik + a_ki): above
      0, may exceed 1 (each node of a triangle: 1.125);
    - ``effective_size`` k − 2t/k, t ties among the k neighbours, weights aside: 1..k;
    - ``core``: largest k such that the node is in the k-core; ``articulation``: its removal splits a component.

    Args:
        graph: ties; a directed graph counts both directions.
        weight: edge attribute, above 0 (1 where it is missing); None counts every tie as 1.

    Returns:
        One row per node, sorted as strings, with ``reason``.

    Undefined: constraint and effective size of a node without ties.

    Raises:
        MeasureError: no networkx graph, or a weight that is no finite number above 0.

    >>> constraint_table(nx.complete_graph(3))["constraint"].tolist()
    [1.125, 1.125, 1.125]

    Sources: Burt (1992), Structural Holes; Borgatti (1997) on effective size; Seidman (1983) on cores, doi
    10.1016/0378-8733(83)90028-X.
    """
    w, nodes = adjacency(graph, weight=weight, directed=False)
    tied = sparse.csr_array((w > 0).astype(np.float64))
    degree, strength = np.asarray(tied.sum(axis=1)), np.asarray(w.sum(axis=1))
    alone = degree == 0
    p = sparse.csr_array(w.multiply(1 / np.where(alone, 1.0, strength)[:, None]))
    reach = sparse.csr_array((p + p @ p).multiply(tied))
    among = np.asarray(sparse.csr_array((tied @ tied).multiply(tied)).sum(axis=1))
    simple = nx.from_scipy_sparse_array(tied)
    core, cuts = nx.core_number(simple), set(nx.articulation_points(simple))
    places = range(len(nodes))
    return pd.DataFrame(
        {
            "degree": degree.astype(np.int64),
            "strength": strength,
            "constraint": np.where(alone, np.nan, np.asarray(reach.multiply(reach).sum(axis=1))),
            "effective_size": np.where(alone, np.nan, degree - among / np.where(alone, 1.0, degree)),
            "core": np.array([core[place] for place in places], dtype=np.int64),
            "articulation": np.array([place in cuts for place in places], dtype=bool),
            "reason": np.where(alone, NetworkReason.NO_TIES, ""),
        },
        index=nodes,
    )
