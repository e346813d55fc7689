"""Constraint and coreness of karate against igraph for R 1.3.5 (1e-9)."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from ecosystem.measures.brokerage import constraint_table


@pytest.fixture
def ours(reference):
    edges = reference.table("karate_edges").astype({"source": str, "target": str})
    return constraint_table(nx.from_pandas_edgelist(edges, edge_attr="weight"))


@pytest.fixture
def peer(reference):
    return reference.peer("karate", "backbone_igraphR")


def test_weighted_constraint_against_igraph(ours, peer):
    stored = peer["constraint_weighted_igraphR"]
    np.testing.assert_allclose(ours["constraint"][list(stored)], list(stored.values()), rtol=0, atol=1e-9)


def test_coreness_against_igraph(ours, peer):
    assert ours["core"].to_dict() == peer["coreness"]
