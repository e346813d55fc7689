"""Ties between actors and places, against networkx's bipartite projections and the toy region's README."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from ecosystem import projections, tables
from ecosystem.model import Relation
from ecosystem.regions import locate

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables

PROJECTED = {
    "newman": bipartite.collaboration_weighted_projected_graph,
    "full": bipartite.weighted_projected_graph,
}


def _two_mode(found: Tables) -> tuple[nx.Graph, list[str]]:
    actors = list(found.actors["actor_id"])
    graph = nx.Graph()
    graph.add_nodes_from(actors)
    graph.add_nodes_from(("project", key) for key in found.projects["project_id"])
    rows = found.participations
    graph.add_edges_from(
        (actor, ("project", key)) for actor, key in zip(rows["actor_id"], rows["project_id"], strict=True)
    )
    return graph, actors


@cache
def _toy() -> Tables:
    return tables.read(locate("toy"))


def _expected(found: Tables, weighting: str) -> np.ndarray:
    graph, actors = _two_mode(found)
    matrix: np.ndarray = nx.to_numpy_array(PROJECTED[weighting](graph, actors), nodelist=actors)
    return matrix


@pytest.mark.parametrize("weighting", ["newman", "full"])
@pytest.mark.parametrize("region", ["toy", "ruhr"])
def test_joint_projects(request: pytest.FixtureRequest, region: str, weighting: projections.Weighting) -> None:
    found: Tables = request.getfixturevalue(region).tables
    ours = projections.co_participation(found, weighting)
    assert (ours.weighting, ours.skipped) == (weighting, ())
    np.testing.assert_allclose(ours.matrix.csr.toarray(), _expected(found, weighting), rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 4)), max_size=40), st.sampled_from(["newman", "full"]))
def test_joint_projects_of_any_membership(pairs: set[tuple[int, int]], weighting: projections.Weighting) -> None:
    whole = _toy()
    rows = [(whole.projects["project_id"][p], whole.actors["actor_id"][a]) for a, p in sorted(pairs)]
    found = replace(whole, participations=pd.DataFrame(rows, columns=["project_id", "actor_id"], dtype="str"))
    ours = projections.co_participation(found, weighting).matrix.csr.toarray()
    np.testing.assert_allclose(ours, _expected(found, weighting), rtol=1e-12)
    assert np.array_equal(ours, ours.T)
    assert not ours.diagonal().any()


def test_newman_weights_by_hand(toy: Atlas) -> None:
    weights = projections.co_participation(toy.tables).matrix.frame()
    assert weights.at["a-grid", "a-works"] == pytest.approx(5 / 6)
    assert weights.at["a-college", "b-institute"] == 1.0
    assert weights.sum()[["a-works", "a-college", "c-motors", "c-citizens"]].tolist() == pytest.approx([2, 2, 1, 0])
    assert weights.to_numpy().sum() / 2 == pytest.approx(6)
    assert int((weights.to_numpy() > 0).sum()) == 2 * 12


def test_full_counts_by_hand(toy: Atlas) -> None:
    counts = projections.co_participation(toy.tables, "full").matrix.frame()
    assert counts.at["a-grid", "a-works"] == 2
    assert counts.to_numpy().sum() / 2 == 13


def test_projects_with_too_many_partners_are_named(toy: Atlas) -> None:
    found = projections.co_participation(toy.tables, "full", max_partners=2)
    assert found.skipped == ("P1", "P2", "P4")
    i, j = found.matrix.csr.nonzero()
    assert [(found.matrix.rows[a], found.matrix.rows[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True)] == [
        ("a-college", "b-institute"),
        ("b-institute", "a-college"),
    ]


def test_direct_ties_drop_direction_and_add_up(toy: Atlas) -> None:
    ties = projections.direct_ties(toy.tables)
    assert ties.csr.sum() == 2 * 8
    assert np.array_equal(ties.csr.toarray(), ties.csr.toarray().T)
    funds = projections.direct_ties(toy.tables, ["funds"]).frame()
    assert funds.to_numpy().sum() == 2 * 3
    assert funds.at["c-motors", "c-council"] == 1
    assert funds.at["c-council", "c-motors"] == 1


def test_relations_together_are_all_ties(ruhr: Atlas) -> None:
    layers = [projections.direct_ties(ruhr.tables, [relation]).csr.toarray() for relation in Relation]
    np.testing.assert_array_equal(np.sum(layers, axis=0), projections.direct_ties(ruhr.tables).csr.toarray())
    multigraph = nx.MultiGraph()
    ties = ruhr.tables.ties
    multigraph.add_nodes_from(ruhr.tables.actors["actor_id"])
    multigraph.add_edges_from(zip(ties["source_actor_id"], ties["target_actor_id"], strict=True))
    expected = nx.to_numpy_array(multigraph, nodelist=list(ruhr.tables.actors["actor_id"]), dtype=float)
    np.fill_diagonal(expected, 0)
    np.testing.assert_array_equal(projections.direct_ties(ruhr.tables).csr.toarray(), expected)


def test_layers_are_added_with_their_weights(toy: Atlas) -> None:
    both = projections.actor_ties(toy.tables, direct=2, projects=0.5).frame()
    assert both.at["a-works", "c-motors"] == pytest.approx(2 * 1 + 0.5 * 1 / 2)
    assert both.at["a-grid", "a-works"] == pytest.approx(0.5 * 5 / 6)
    pairs = projections.actor_ties(toy.tables)
    assert pairs.csr.nnz == 2 * 16
    assert projections.actor_ties(toy.tables, direct=0).csr.nnz == 2 * 12


def test_ties_between_places_by_hand(toy: Atlas) -> None:
    direct = projections.place_ties(toy.tables, projects=0)
    assert direct.to_numpy().tolist() == [[2, 0, 1], [0, 3, 1], [1, 1, 1]]
    joint = projections.place_ties(toy.tables, direct=0)
    assert joint.at["XX111", "XX112"] == pytest.approx(1)
    assert joint.at["XX111", "XX113"] == pytest.approx(1)
    assert joint.at["XX111", "XX111"] == pytest.approx(5 / 6 + 5 / 3)


def test_places_hold_every_tie_once(ruhr: Atlas) -> None:
    between = ruhr.place_ties
    assert np.triu(between.to_numpy()).sum() == pytest.approx(ruhr.ties.csr.sum() / 2)
    assert np.array_equal(between.to_numpy(), between.to_numpy().T)
