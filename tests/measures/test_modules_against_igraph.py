"""One-mode modularity and mixing of karate against igraph 1.0.0 (1e-9; the exact optimum is never exceeded)."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.measures._graphs import adjacency
from ecosystem.measures.communities import communities, modularity
from ecosystem.measures.modules import ei_index


@pytest.fixture
def karate(reference):
    edges = reference.table("karate_edges")
    graph = nx.from_pandas_edgelist(edges.astype({"source": str, "target": str}), edge_attr="weight")
    clubs = reference.table("karate_nodes").astype(str).set_index("node")["club"]
    return graph, clubs


@pytest.mark.parametrize("weight", [None, "weight"], ids=["unweighted", "weighted"])
def test_modularity_of_the_clubs_against_igraph(karate, reference, weight):
    graph, clubs = karate
    ties, nodes = adjacency(graph, weight=weight)
    key = "modularity_of_given_groups_" + ("weighted" if weight else "unweighted")
    q = modularity(ties, pd.factorize(clubs.reindex(nodes))[0])
    assert q == pytest.approx(reference.expected("karate_network")[key], rel=0, abs=1e-9)


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_exact_modularity_is_never_exceeded(karate, reference, method):
    ties, nodes = adjacency(karate[0])
    found = communities(ties, nodes, method=method, runs=30)
    exact = reference.expected("karate_network")["max_modularity_unweighted_igraph"]["Q"]
    assert max(found.modularity_runs) <= exact + 1e-12
    assert found.modularity >= 0.415


def test_ei_index_against_independent_numpy(karate, reference):
    graph, clubs = karate
    ties, nodes = adjacency(graph)
    frame = pd.DataFrame(ties.toarray(), index=nodes, columns=nodes)
    stored = reference.expected("karate_network")["EI_index"]
    assert ei_index(frame, clubs.reindex(nodes)) == pytest.approx(stored, rel=0, abs=1e-9)
    assert np.isclose(stored, (11 - 67) / 78)
