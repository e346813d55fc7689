"""Gould–Fernandez roles against sna 2.7-1: raw counts equal, expected counts 1e-9. Not its z: the variance differs."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.errors import MeasureError
from ecosystem.measures.brokerage import ROLES, brokerage_roles

NAMES = {
    "w_I": "coordinator",
    "w_O": "consultant",
    "b_IO": "representative",
    "b_OI": "gatekeeper",
    "b_O": "liaison",
    "t": "total",
}


@pytest.fixture
def twelve(reference):
    graph = nx.from_pandas_adjacency(reference.input("brokerage_12"), create_using=nx.DiGraph)
    return graph, reference.input("brokerage_12_groups")["group"].to_dict()


@pytest.fixture
def karate(reference):
    edges = reference.table("karate_edges").astype({"source": str, "target": str})
    clubs = reference.table("karate_nodes").astype(str).set_index("node")["club"].to_dict()
    return nx.from_pandas_edgelist(edges), clubs


def test_directed_counts_against_sna(twelve, reference):
    peer, ours = reference.peer("brokerage_12", "sna_brokerage"), brokerage_roles(*twelve, draws=1)
    for node, counts in peer["raw"].items():
        assert {key: ours.loc[node, NAMES[key]] for key in counts} == counts
    for node, counts in peer["expected"].items():
        for key, value in counts.items():
            assert ours.loc[node, f"{NAMES[key]}_expected"] == pytest.approx(value, rel=0, abs=1e-9)


def test_directed_counts_against_independent_numpy(twelve, reference):
    stored = reference.expected("brokerage_12_gould_fernandez")
    ours = brokerage_roles(*twelve, draws=1).loc[stored["nodes"], list(ROLES)]
    assert ours.to_numpy().astype(int).tolist() == stored["counts"]


def test_both_directions_of_karate_against_sna(karate, reference):
    graph, clubs = karate
    peer, ours = reference.peer("karate", "sna_brokerage"), brokerage_roles(graph.to_directed(), clubs, draws=1)
    for node, counts in peer["raw"].items():
        assert {key: ours.loc[node, NAMES[key]] for key in counts} == counts


def test_undirected_counts_are_halved_and_the_gatekeeper_reported_once(karate, reference):
    stored, ours = reference.expected("karate_gould_fernandez")["counts_unordered"], brokerage_roles(*karate, draws=1)
    nodes = sorted(range(34))
    for role, key in {
        "coordinator": "coordinator",
        "consultant": "consultant",
        "gatekeeper": "gatekeeper_or_representative",
        "liaison": "liaison",
    }.items():
        assert ours.loc[[str(node) for node in nodes], role].tolist() == stored[key]
    assert "representative" not in ours.columns
    assert ours.loc["2", ["coordinator", "consultant", "gatekeeper", "liaison"]].tolist() == [5, 6, 23, 0]


def test_undirected_expectation_is_that_of_the_directed_twin(karate):
    graph, clubs = karate
    once, twice = brokerage_roles(graph, clubs, draws=1), brokerage_roles(graph.to_directed(), clubs, draws=1)
    for role, times in {"coordinator": 2, "consultant": 2, "liaison": 2, "gatekeeper": 1, "total": 2}.items():
        np.testing.assert_allclose(once[f"{role}_expected"] * times, twice[f"{role}_expected"], rtol=0, atol=1e-9)


def test_permuted_groups_against_all_arrangements_by_hand():
    """Five nodes, every arrangement of the labels listed: mean, standard deviation and p of the draws follow it."""
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("d", "b"), ("b", "e"), ("e", "a")])
    groups = dict(zip("abcde", "XXYYY", strict=True))

    def coordinators(labels):
        paths = [(i, k) for i in "ad" for k in "ce" if not graph.has_edge(i, k)]
        return sum(labels[i] == labels["b"] == labels[k] for i, k in paths)

    every = np.array([coordinators(dict(zip("abcde", one, strict=True))) for one in permutations("XXYYY")])
    observed = coordinators(groups)
    ours = brokerage_roles(graph, groups, draws=4000, seed=3).loc["b"]
    assert ours["coordinator"] == observed
    assert ours["coordinator_null"] == pytest.approx(every.mean(), abs=4 * every.std() / np.sqrt(4000))
    assert ours["coordinator_z"] == pytest.approx((observed - every.mean()) / every.std(), abs=0.1)
    p = (every >= observed).mean()
    assert ours["coordinator_p"] == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 4000) + 1 / 4000)


def test_brokers_do_not_depend_on_the_order_of_nodes_and_edges(karate):
    graph, clubs = karate
    other = nx.Graph()
    other.add_nodes_from(reversed(list(graph)))
    other.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    pd.testing.assert_frame_equal(brokerage_roles(graph, clubs, draws=20), brokerage_roles(other, clubs, draws=20))


def test_total_says_how_many_triads_there_are(karate):
    graph, clubs = karate
    ours = brokerage_roles(graph, clubs, draws=1)
    triads = sum(graph.degree(n) * (graph.degree(n) - 1) / 2 for n in graph) - sum(nx.triangles(graph).values())
    assert ours["total"].sum() == triads


def test_nodes_without_a_group_take_no_part():
    graph = nx.Graph([("a", "b"), ("b", "c"), ("b", "x")])
    ours = brokerage_roles(graph, {"a": 1, "b": 1, "c": 2, "x": None}, draws=5)
    assert ours["reason"].tolist() == ["", "", "", "no group"]
    assert ours.loc["x"].drop("reason").isna().all()
    assert ours.loc["b", "total"] == 1


def test_progress_and_errors():
    seen = []
    brokerage_roles(nx.path_graph(3), dict.fromkeys(range(3), 0), draws=5, progress=lambda *at: seen.append(at))
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    with pytest.raises(MeasureError, match="networkx"):
        brokerage_roles({"a": "b"}, {}, draws=1)
