"""Centralities, constraint and removal of karate and Davis against networkx 3.6.1, stored and installed (1e-9)."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from ecosystem.errors import MeasureError
from ecosystem.measures._graphs import adjacency
from ecosystem.measures.brokerage import (
    betweenness,
    bipartite_table,
    constraint_table,
    removal_curve,
    rich_club,
    robins_alexander,
)

TIGHT = {"rtol": 0, "atol": 1e-9}


@pytest.fixture
def karate(reference):
    edges = reference.table("karate_edges").astype({"source": str, "target": str})
    return nx.from_pandas_edgelist(edges, edge_attr="weight")


@pytest.fixture
def stored(reference):
    return reference.expected("karate_network")


@pytest.mark.parametrize(("weight", "key"), [(None, "constraint_unweighted"), ("weight", "constraint_weighted")])
def test_constraint_against_networkx(karate, stored, weight, key):
    ours = constraint_table(karate, weight)["constraint"]
    np.testing.assert_allclose(ours[list(stored[key])], list(stored[key].values()), **TIGHT)


def test_constraint_of_a_directed_graph_against_networkx():
    graph = nx.gnp_random_graph(14, 0.2, seed=4, directed=True)
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = 1 + number % 5
    ours, theirs = constraint_table(graph)["constraint"], nx.constraint(graph, weight="weight")
    np.testing.assert_allclose(ours, [theirs[node] for node in ours.index], **TIGHT)


def test_constraint_of_a_triangle_may_exceed_one(reference):
    c = reference.expected("worked_examples")["burt_constraint_triangle"]["c"]
    assert constraint_table(nx.complete_graph(3))["constraint"].tolist() == [c, c, c]


def test_effective_size_core_and_articulation_against_networkx(karate, stored):
    ours = constraint_table(karate)
    sizes = stored["effective_size_unweighted"]
    np.testing.assert_allclose(ours["effective_size"][list(sizes)], list(sizes.values()), **TIGHT)
    assert ours["core"].to_dict() == stored["core_number"]
    assert ours.index[ours["articulation"]].tolist() == stored["articulation_points"]
    assert ours["strength"].to_dict() == stored["strength"]
    assert ours["degree"].to_dict() == stored["degree"]


def test_betweenness_against_networkx(karate, stored):
    ours, values = betweenness(*adjacency(karate)), stored["betweenness_normalized"]
    np.testing.assert_allclose(ours.value[list(values)], list(values.values()), **TIGHT)
    assert (ours.variant, ours.draws) == ("exact", 34)
    assert (ours.standard_error == 0).all()


@pytest.mark.parametrize("normalised", [True, False])
def test_betweenness_of_a_network_in_pieces_against_networkx(normalised):
    graph = nx.disjoint_union(nx.gnp_random_graph(150, 0.015, seed=1), nx.path_graph(40))
    ours = betweenness(*adjacency(graph), normalised=normalised).value
    theirs = nx.betweenness_centrality(graph, normalized=normalised)
    np.testing.assert_allclose(ours, [theirs[node] for node in ours.index], **TIGHT)


def test_sampled_betweenness_is_unbiased_with_an_honest_error():
    graph = nx.barabasi_albert_graph(120, 3, seed=2)
    ties, nodes = adjacency(graph)
    exact = betweenness(ties, nodes).value
    runs = [betweenness(ties, nodes, sources=40, seed=seed) for seed in range(200)]
    estimates = np.array([run.value for run in runs])
    errors = np.array([run.standard_error for run in runs])
    hub = int(np.argmax(exact))
    spread = estimates.std(axis=0, ddof=1)
    assert (np.abs(estimates.mean(axis=0) - exact) <= 5 * spread / np.sqrt(200)).all()
    assert np.sqrt((errors[:, hub] ** 2).mean()) == pytest.approx(spread[hub], rel=0.25)
    assert runs[0].variant == "sampled"
    assert runs[0].value.equals(betweenness(ties, nodes, sources=40, seed=0).value)


def test_betweenness_reports_progress_and_refuses_directions():
    seen = []
    betweenness(*adjacency(nx.path_graph(300)), progress=lambda *at: seen.append(at))
    assert seen == [(128, 300), (256, 300), (300, 300)]
    with pytest.raises(MeasureError, match="symmetric"):
        betweenness(sparse.csr_array(np.array([[0, 1], [0, 0]])), pd.Index(["a", "b"]))
    with pytest.raises(MeasureError, match="2 × 2"):
        betweenness(sparse.csr_array((3, 3)), pd.Index(["a", "b"]))


def test_two_mode_centralities_against_networkx(reference):
    davis, values = reference.input("davis_18x14"), reference.expected("davis_18x14_bipartite")
    ours = bipartite_table(davis).droplevel("side")
    for column, key in {
        "degree_centrality": "degree_centrality",
        "betweenness": "betweenness_centrality",
        "redundancy": "node_redundancy",
    }.items():
        np.testing.assert_allclose(ours[column][list(values[key])], list(values[key].values()), **TIGHT)
    assert robins_alexander(davis) == pytest.approx(values["robins_alexander_clustering"], rel=0, abs=1e-9)


@pytest.mark.parametrize("shape", [(3, 11), (11, 3), (2, 7), (5, 5)])
def test_two_mode_betweenness_of_any_shape_against_networkx(shape):
    table = pd.DataFrame((np.random.default_rng(sum(shape)).random(shape) < 0.4).astype(int))
    sides = [("row", r) for r in table.index], [("col", c) for c in table.columns]
    graph = nx.Graph()
    graph.add_nodes_from([*sides[0], *sides[1]])
    graph.add_edges_from((("row", r), ("col", c)) for r in table.index for c in table.columns if table.loc[r, c])
    theirs, ours = nx.bipartite.betweenness_centrality(graph, sides[0]), bipartite_table(table)["betweenness"]
    np.testing.assert_allclose(ours, [theirs[node] for node in ours.index], **TIGHT)


def test_leaves_of_a_star_have_no_pair_to_lie_between():
    ours = bipartite_table(pd.DataFrame([[1, 1, 1]]))
    assert ours["betweenness"].tolist()[0] == 1
    assert ours["betweenness"].iloc[1:].isna().all()
    assert ours["reason"].tolist() == ["", *["fewer than two ties; no pair to lie between"] * 3]


def test_removal_curve_against_stored_order(karate, stored):
    ours, values = removal_curve(karate, random_orders=1000), stored["robustness_adaptive_degree"]
    assert list(ours.order[:-1]) == values["removal_order"]
    np.testing.assert_allclose(ours.share[:-1], values["lcc_share"], **TIGHT)
    assert ours.share.iloc[-1] == 0
    assert ours.r == pytest.approx(values["R_schneider_mean_S(q)_q1_to_N"], rel=0, abs=1e-9)
    assert (ours.r_random_mean, ours.r_random_low, ours.r_random_high) == pytest.approx((0.41, 0.32, 0.47), abs=0.02)


def test_removal_by_initial_degree_and_largest_component_against_networkx():
    graph = nx.gnp_random_graph(60, 0.04, seed=8)
    ours = removal_curve(graph, "initial_degree", random_orders=1)
    assert list(ours.order) == sorted(sorted(graph, key=str), key=graph.degree, reverse=True)
    for step in range(60):
        left = graph.subgraph(ours.order[step:])
        assert ours.share[step] == max(map(len, nx.connected_components(left))) / 60


def test_random_band_holds_the_mean_and_starts_whole(karate):
    ours = removal_curve(karate, random_orders=200, seed=3)
    # not low <= mean: one removal in 34 that halves the network pulls the mean below the 5 % quantile
    assert (ours.random_low <= ours.random_high).all()
    assert (ours.random_mean <= ours.random_high).all()
    assert (ours.random_low[5:] <= ours.random_mean[5:] + 1e-12).all()
    assert ours.random_mean.iloc[0] == 1
    assert ours.random_mean.equals(removal_curve(karate, random_orders=200, seed=3).random_mean)


def test_rich_club_against_networkx(karate, stored):
    ours, values = rich_club(karate, draws=20), stored["rich_club_phi_unnormalized"]
    assert ours["k"].tolist() == [int(k) for k in values]
    np.testing.assert_allclose(ours["phi"], list(values.values()), **TIGHT)
    assert ours["ratio"].iloc[0] == pytest.approx(1, abs=1e-9)
    assert ours["p"].between(1 / 21, 1).all()


def test_edge_swaps_keep_degrees_and_make_no_second_edges():
    from ecosystem.measures._swaps import swap

    graph = nx.barabasi_albert_graph(40, 3, seed=1)
    edges = [tuple(sorted(edge)) for edge in graph.edges]
    linked = set(edges)
    swap(edges, linked, np.random.default_rng(0))
    other = nx.Graph(edges)
    assert set(edges) == linked != {tuple(sorted(edge)) for edge in graph.edges}
    assert len(linked) == graph.number_of_edges()
    assert dict(other.degree) == dict(graph.degree)
    assert all(a < b for a, b in edges)


def test_a_planted_rich_club_is_found():
    graph = nx.complete_graph(6)
    nx.add_cycle(graph, [f"leaf {number}" for number in range(36)])
    graph.add_edges_from((number // 6, f"leaf {number}") for number in range(36))
    ours = rich_club(graph, draws=99).iloc[-1]
    assert ours["phi"] == 1
    assert ours["ratio"] > 1.5
    assert ours["p"] == 0.01


def test_parallel_edges_add_up_and_bad_weights_are_named():
    graph = nx.MultiGraph([("a", "b", {"weight": 2}), ("a", "b", {"weight": 3}), ("a", "a", {"weight": 9}), ("b", "c")])
    ours = constraint_table(graph)
    assert ours["strength"].to_dict() == {"a": 5, "b": 6, "c": 1}
    assert ours["degree"].to_dict() == {"a": 1, "b": 2, "c": 1}
    graph.add_edge("b", "d", weight=-1)
    with pytest.raises(MeasureError, match="'b'–'d' has weight -1"):
        constraint_table(graph)
